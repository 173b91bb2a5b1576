using System.Globalization;
using System.Text;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>Characters beyond ASCII in expressions: what some of them are read as, and what is said of the rest.</summary>
internal static class ForeignCharacters
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private const string Dashes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFE58\uFE63\uFF0D\u207B\u208B";
    private const string LookAlike = "асеорхуіјѕԁһАВЕКМНОРСТХοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
    private const string Latin = "aceopxyijsdhABEKMHOPCTXoABEZHIKMNOPTYX";

    private static readonly Dictionary<char, string> Greek = new()
    {
        ['α'] = "alpha", ['β'] = "beta", ['γ'] = "gamma", ['δ'] = "delta", ['ε'] = "epsilon", ['ϵ'] = "epsilon", ['ζ'] = "zeta", ['η'] = "eta", ['θ'] = "theta", ['ϑ'] = "theta",
        ['ι'] = "iota", ['κ'] = "kappa", ['λ'] = "lambda", ['μ'] = "mu", ['\u00B5'] = "mu", ['ν'] = "nu", ['ξ'] = "xi", ['π'] = "pi", ['ρ'] = "rho", ['σ'] = "sigma", ['ς'] = "sigma",
        ['τ'] = "tau", ['υ'] = "upsilon", ['φ'] = "phi", ['ϕ'] = "phi", ['χ'] = "chi", ['ψ'] = "psi", ['ω'] = "omega", ['Γ'] = "Gamma", ['Θ'] = "Theta", ['Λ'] = "Lambda", ['Ξ'] = "Xi",
        ['Π'] = "Pi", ['Σ'] = "Sigma", ['Φ'] = "Phi", ['Ψ'] = "Psi", ['Ω'] = "Omega",
    };

    /// <summary>Whether a character is one of a name: a Latin letter, a digit, '_' or a Greek letter that has a word.</summary>
    public static bool IsOfName(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_' || Greek.ContainsKey(letter);

    /// <summary>A name with words for Greek letters: nu for ν.</summary>
    public static string Spelled(string name) => string.Concat(name.Select(letter => Greek.TryGetValue(letter, out var word) ? word : letter.ToString()));

    /// <summary>Whether a character is read as a product sign.</summary>
    public static bool IsTimes(char symbol) => symbol is '·' or '×' or '⋅' or '∗';

    /// <summary>The digit of a superscript, or the minus sign; null of anything else.</summary>
    public static char? Superscript(char symbol) =>
        symbol == '⁻' ? '-' : Superscripts.IndexOf(symbol, StringComparison.Ordinal) is >= 0 and var digit ? (char)('0' + digit) : null;

    /// <summary>What is said of a character that stands where it cannot be read.</summary>
    public static string Why(string text, int at)
    {
        var rune = Rune.TryGetRuneAt(text, at, out var found) ? found : Rune.ReplacementChar;
        var point = string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
        var symbol = text[at];
        return symbol switch
        {
            _ when Dashes.Contains(symbol, StringComparison.Ordinal) => $"{point} is not the minus sign '-'; type it anew",
            _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control => $"{point} is invisible and has no meaning; delete it and what stands beside it, and type that anew",
            '\u2018' or '\u2019' or '\u2032' or '\u02B9' => $"{point} is no apostrophe, and derivatives are written u_x",
            '∂' => $"{point} '∂' is not known; a derivative is written u_x, u_xx or d(expression, x)",
            '∇' or 'Δ' or '∆' => $"{point} '{symbol}' is not known; write grad(u), div(a, b) or laplacian(u)",
            '√' => $"{point} '√' is not known; write sqrt(…)",
            '∫' => $"{point} '∫': {ForeignNames.Integral("x")}",
            '∞' => $"{point} '∞' is not known; the domain and all numbers are finite",
            _ when LookAlike.IndexOf(symbol, StringComparison.Ordinal) is >= 0 and var index => $"{point} looks like the letter '{Latin[index]}' and is another one; type it anew",
            _ when Plain(rune) is { } plain => $"{point} is not the character '{plain}'; type it anew",
            _ => $"{point} '{rune}' has no meaning in an expression",
        };
    }

    // The character that it is a form of: fullwidth and subscript ones.
    private static char? Plain(Rune rune) => rune.Value switch
    {
        >= 0xFF01 and <= 0xFF5E => (char)(rune.Value - 0xFEE0),
        >= 0x2080 and <= 0x2089 => (char)(rune.Value - 0x2080 + '0'),
        _ => null,
    };
}
