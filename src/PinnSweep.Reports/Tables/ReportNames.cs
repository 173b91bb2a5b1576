namespace PinnSweep.Reports;

/// <summary>Names of tables and figures, used for files and labels.</summary>
internal static class ReportNames
{
    public static string Of(string what, StudyReport report, ReportBlock block)
    {
        var index = report.Blocks.IndexOf(block);
        return report.Blocks.Length == 1 ? what : FormattableString.Invariant($"{what}-{index + 1}");
    }

    public static string Slug(string label) =>
        string.Concat(label.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? char.ToLowerInvariant(c) : '-')).Trim('-');
}
