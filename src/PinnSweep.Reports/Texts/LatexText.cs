using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace PinnSweep.Reports.Texts;

/// <summary>
/// Words as LaTeX with T1 fonts takes them. Names and reasons come from people, who write what they like: a character that the fonts lack
/// must not keep a whole report from being compiled.
/// </summary>
internal static class LatexText
{
    /// <summary>Where a line may end within a word.</summary>
    public const string Break = "\\allowbreak{}";

    private const int LongWord = 24;
    private const int Syllable = 8;

    // What T1 and the text companion symbols have beyond ASCII, besides U+00A0 to U+00FF.
    private const string Letters = "ĂăĄąĆćČčĎďĐđĘęĚěĞğİıĹĺĽľŁłŃńŇňŊŋŐőŒœŔŕŘřŚśŞşŠšŢţŤťŮůŰűŸŹźŻżŽž‘“”„‚†‡•‰€™";

    private static readonly FrozenDictionary<int, string> Symbols = new Dictionary<char, string>
    {
        ['&'] = "\\&", ['%'] = "\\%", ['$'] = "\\$", ['#'] = "\\#", ['_'] = "\\_", ['{'] = "\\{", ['}'] = "\\}",
        ['~'] = "\\textasciitilde{}", ['^'] = "\\textasciicircum{}", ['\\'] = "\\textbackslash{}", ['<'] = "\\textless{}", ['>'] = "\\textgreater{}", ['|'] = "\\textbar{}",
        ['`'] = "", ['"'] = "''", ['['] = "{[}", [']'] = "{]}", ['’'] = "'", ['…'] = "\\ldots{}", ['–'] = "--", ['—'] = "---", ['‐'] = "-", ['‑'] = "-", ['\u00a0'] = "~",
        ['−'] = "$-$", ['×'] = "$\\times$", ['·'] = "$\\cdot$", ['±'] = "$\\pm$", ['√'] = "$\\surd$", ['∞'] = "$\\infty$", ['∂'] = "$\\partial$", ['∇'] = "$\\nabla$",
        ['≈'] = "$\\approx$", ['≤'] = "$\\leq$", ['≥'] = "$\\geq$", ['≠'] = "$\\neq$", ['∼'] = "$\\sim$", ['∝'] = "$\\propto$", ['≡'] = "$\\equiv$", ['∈'] = "$\\in$",
        ['→'] = "$\\rightarrow$", ['←'] = "$\\leftarrow$", ['↦'] = "$\\mapsto$", ['∑'] = "$\\sum$", ['Σ'] = "$\\Sigma$", ['∏'] = "$\\prod$", ['∫'] = "$\\int$", ['‖'] = "$\\|$", ['∘'] = "$\\circ$",
        ['²'] = "$^2$", ['³'] = "$^3$", ['¹'] = "$^1$", ['⁰'] = "$^0$", ['⁴'] = "$^4$", ['⁵'] = "$^5$", ['⁶'] = "$^6$", ['⁷'] = "$^7$", ['⁸'] = "$^8$", ['⁹'] = "$^9$", ['⁻'] = "$^-$",
        ['₀'] = "$_0$", ['₁'] = "$_1$", ['₂'] = "$_2$", ['₃'] = "$_3$", ['₄'] = "$_4$", ['₅'] = "$_5$", ['₆'] = "$_6$", ['₇'] = "$_7$", ['₈'] = "$_8$", ['₉'] = "$_9$",
        ['α'] = "$\\alpha$", ['β'] = "$\\beta$", ['γ'] = "$\\gamma$", ['δ'] = "$\\delta$", ['ε'] = "$\\varepsilon$", ['ϵ'] = "$\\epsilon$", ['ζ'] = "$\\zeta$", ['η'] = "$\\eta$",
        ['θ'] = "$\\theta$", ['κ'] = "$\\kappa$", ['λ'] = "$\\lambda$", ['μ'] = "$\\mu$", ['µ'] = "$\\mu$", ['ν'] = "$\\nu$", ['ξ'] = "$\\xi$", ['π'] = "$\\pi$", ['ρ'] = "$\\rho$",
        ['σ'] = "$\\sigma$", ['τ'] = "$\\tau$", ['φ'] = "$\\varphi$", ['ϕ'] = "$\\phi$", ['χ'] = "$\\chi$", ['ψ'] = "$\\psi$", ['ω'] = "$\\omega$", ['ℓ'] = "$\\ell$",
        ['Γ'] = "$\\Gamma$", ['Δ'] = "$\\Delta$", ['Θ'] = "$\\Theta$", ['Λ'] = "$\\Lambda$", ['Ξ'] = "$\\Xi$", ['Π'] = "$\\Pi$", ['Φ'] = "$\\Phi$", ['Ψ'] = "$\\Psi$", ['Ω'] = "$\\Omega$",
    }.ToFrozenDictionary(pair => (int)pair.Key, pair => pair.Value);

    /// <summary>
    /// The text with every character that LaTeX would misread or lacks replaced; what has no sign shows as its code point. Lines become
    /// one: a blank line would end a caption.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            escaped.Append(
                Symbols.TryGetValue(rune.Value, out var symbol) ? symbol
                : IsPrinted(rune) ? rune.ToString()
                : Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format ? " "
                : $"\\texttt{{U+{rune.Value:X4}}}");
        }

        return escaped.ToString();
    }

    /// <summary>
    /// The same, and a line may end within a word that is too long for one: names come from people, and keys and hashes have no syllables.
    /// </summary>
    public static string Breakable(string text)
    {
        var escaped = new StringBuilder(text.Length);
        var words = text.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            escaped.Append(i > 0 ? " " : "");
            if (word.Length <= LongWord)
            {
                escaped.Append(Escape(word));
                continue;
            }

            var written = 0;
            foreach (var rune in word.EnumerateRunes())
            {
                escaped.Append(written > 0 && written % Syllable == 0 ? Break : "").Append(Escape(rune.ToString()));
                written++;
            }
        }

        return escaped.ToString();
    }

    private static bool IsPrinted(Rune rune) =>
        rune.Value is (>= ' ' and <= '~') or (>= 0xa1 and <= 0xff and not 0xad) || (rune.IsBmp && Letters.Contains((char)rune.Value, StringComparison.Ordinal));
}
