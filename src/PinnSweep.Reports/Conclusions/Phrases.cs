using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Conclusions;

/// <summary>Pieces that several sentences share. Numbers have the digits with which the tables print them.</summary>
internal static class Phrases
{
    private const int MostNames = 3;

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>; of more than these three how many more there are.</summary>
    public static string Names(IReadOnlyCollection<string> names) => names.Count > MostNames
        ? FormattableString.Invariant($"{string.Join(", ", names.Take(MostNames))} and {names.Count - MostNames} more")
        : List([.. names]);

    /// <summary>All of them, the last with <c>and</c>.</summary>
    public static string List(IReadOnlyList<string> words) => words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";

    /// <summary>Where a column of a block is: <c>on helmholtz</c>, <c>with network wide (problem wave)</c>.</summary>
    public static string Where(StudyReport report, ReportBlock block, string column) =>
        $"{(report.IsOverProblems ? "on" : $"with {report.Axes.ColumnsWord}")} {column}{(block.Name.Length > 0 ? $" ({block.Name})" : "")}";

    /// <summary>The mean of a cell as the table has it: <c>2.39e-3 [2.1e-3, 2.7e-3] (n = 3)</c>.</summary>
    public static string Mean(ReportCell cell)
    {
        var interval = cell.Accuracy.Interval is { } both ? $" [{NumberText.Scientific(both.Lower, 2)}, {NumberText.Scientific(both.Upper, 2)}]" : "";
        return FormattableString.Invariant($"{NumberText.Scientific(cell.Accuracy.Mean, 3)}{interval} (n = {cell.Accuracy.Count})");
    }

    /// <summary>A ratio with its interval: <c>0.0112 [0.0099, 0.013]</c>.</summary>
    public static string Ratio(double ratio, Interval? interval, int digits = 2) =>
        $"{NumberText.Decimal(ratio, 3)}{(interval is { } both && double.IsFinite(both.Lower) && double.IsFinite(both.Upper) ? $" [{NumberText.Decimal(both.Lower, digits)}, {NumberText.Decimal(both.Upper, digits)}]" : "")}";

    /// <summary><c>p = 0.031</c> or <c>p &lt;0.001</c>.</summary>
    public static string P(double p) => $"p {(p < 0.001 ? "" : "= ")}{NumberText.Probability(p)}";

    /// <summary><c>1 trial</c>, <c>1,200 trials</c>.</summary>
    public static string Count(int count, string one) => $"{NumberText.Count(count)} {one}{(count == 1 ? "" : "s")}";

    /// <summary>The same text with a capital letter at its beginning, where that is a word of ours.</summary>
    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
