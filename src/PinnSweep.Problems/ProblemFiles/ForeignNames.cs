using System.Globalization;
using System.Text.RegularExpressions;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>What is said of words that other tools and books know.</summary>
internal static class ForeignNames
{
    /// <summary>Packages whose functions are written with a dot: <c>np.sin</c>.</summary>
    public static IReadOnlySet<string> Packages { get; } =
        new HashSet<string>(["np", "numpy", "jnp", "jax", "math", "torch", "tf", "sp", "sympy", "scipy", "cmath", "special", "Math", "keras"], StringComparer.Ordinal);

    private static readonly HashSet<string> Integrals = new(["integral", "integrate", "Integral", "int", "quad", "trapz", "simps", "Int"], StringComparer.Ordinal);
    private static readonly HashSet<string> Delays = new(["delay", "lag", "delayed", "shift", "history"], StringComparer.Ordinal);
    private static readonly HashSet<string> Fractions = new(["caputo", "Caputo", "frac", "fractional", "fracdiff", "riemann", "riesz", "grunwald"], StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Spellings = new(StringComparer.Ordinal)
    {
        ["cot"] = "1/tan(x)",
        ["sec"] = "1/cos(x)",
        ["csc"] = "1/sin(x)",
        ["coth"] = "1/tanh(x)",
        ["csch"] = "1/sinh(x)",
        ["asinh"] = "log(x + sqrt(x^2 + 1))",
        ["acosh"] = "log(x + sqrt(x^2 - 1))",
        ["atanh"] = "0.5*log((1 + x)/(1 - x))",
        ["sigmoid"] = "1/(1 + exp(-x))",
        ["relu"] = "max(x, 0)",
        ["square"] = "x^2",
        ["log2"] = "log(x)/log(2)",
        ["cbrt"] = "sign(x)*abs(x)^(1/3)",
        ["norm"] = "sqrt(dot(grad(u), grad(u)))",
        ["curl"] = "d(v, x) - d(u, y)",
        ["if"] = "where(x < 0.5, a, b)",
        ["piecewise"] = "where(x < 0.5, a, b)",
        ["Piecewise"] = "where(x < 0.5, a, b)",
        ["select"] = "where(x < 0.5, a, b)",
        ["ifelse"] = "where(x < 0.5, a, b)",
        ["delta"] = "exp(-(x/w)^2/2)/(w*sqrt(2*pi)) with a small w",
        ["dirac"] = "exp(-(x/w)^2/2)/(w*sqrt(2*pi)) with a small w",
    };

    /// <summary>Why a word in front of '(' is no function here, with the right spelling; null where nothing is known of it.</summary>
    public static string? WhyNoFunction(string word, ExpressionSymbols symbols)
    {
        var first = symbols.Coordinates.IsEmpty ? "x" : symbols.Coordinates[0];
        return Integrals.Contains(word) ? $"{NearestMatch.Quote(word)}: {Integral(first)}"
            : Delays.Contains(word) ? $"{NearestMatch.Quote(word)}: {Delay}"
            : Fractions.Contains(word) ? $"{NearestMatch.Quote(word)}: {Fractional}"
            : Spellings.TryGetValue(word, out var spelling) ? $"function {NearestMatch.Quote(word)} unknown; write {spelling}"
            : word is ['d' or 'D', .. var name] && symbols.Coordinates.Contains(name.TrimStart('_')) ? $"{NearestMatch.Quote(word)} is no function; the derivative is written d(…, {name.TrimStart('_')})"
            : null;
    }

    /// <summary>Why the text at a place is no name here, with the right spelling; null where nothing is known of it.</summary>
    public static string? WhyNoName(string rest, string word, ExpressionSymbols symbols)
    {
        if (ExpressionFunctions.All.ContainsKey(word))
        {
            return Regex.IsMatch(rest[word.Length..], @"\A\s*(\^|\*\*)", RegexOptions.CultureInvariant)
                ? $"{NearestMatch.Quote(word)} is a function; a power of it is written {word}(…)^2"
                : $"{NearestMatch.Quote(word)} is a function; its argument stands in parentheses: {word}(…)";
        }

        if (word is not ['d' or 'D', ..])
        {
            return null;
        }

        foreach (var (output, coordinate) in symbols.Outputs.SelectMany(output => symbols.Coordinates.Select(coordinate => (output, coordinate))))
        {
            // du/dx, d2u/dx2, d^2u/dx^2
            var match = Regex.Match(rest, $@"\A[dD](\^?(\d))?\*?{Regex.Escape(output)}\s*/\s*[dD]{Regex.Escape(coordinate)}(\^?\d)?(?![A-Za-z0-9_])", RegexOptions.CultureInvariant);
            if (match.Success)
            {
                var order = match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 1;
                return $"{NearestMatch.Quote(match.Value)} is written {output}_{string.Concat(Enumerable.Repeat(coordinate, order))}";
            }
        }

        return null;
    }

    /// <summary>What is said of a derivative beyond the highest order.</summary>
    public static string Split(string output, int highest, IReadOnlyList<string> coordinates)
    {
        var half = coordinates.Count / 2;
        var (inner, outer) = (string.Concat(coordinates.Take(half)), string.Concat(coordinates.Skip(half)));
        return string.Create(CultureInfo.InvariantCulture,
            $"; an auxiliary output splits it: outputs [{output}, w], an equation w = {output}_{inner}, and w_{outer} in place of the derivative{(coordinates.Count - half > highest ? ", which needs splitting again" : "")}");
    }

    /// <summary>What is said of an output at another point.</summary>
    public const string Delay = "values at other points (delays) are not known; an auxiliary output w on one more coordinate s in [0, tau] carries them: " +
        "w_t + w_s = 0 with w = u on s-lower, and then w on s-upper is u(t - tau)";

    /// <summary>What is said of orders that are not whole.</summary>
    public const string Fractional = "fractional derivatives are not known; auxiliary outputs approximate their memory: w_t = u_t - r*w for each rate r of a sum of exponentials, " +
        "and the weighted sum of these w is the derivative";

    /// <summary>What is said of integrals over a coordinate.</summary>
    public static string Integral(string x) =>
        $"integrals are not known; an auxiliary output I does it: outputs [u, I], an equation I_{x} = u (whatever is to be integrated) and the condition I = 0 on {x}-lower, " +
        $"and then I is the integral from there to {x}; the whole is its value on {x}-upper, which another output w with w_{x} = 0 and the condition w = I on {x}-upper carries everywhere";
}
