using System.Globalization;
using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Tables;

/// <summary>Names of tables and figures, used for files and labels.</summary>
internal static class ReportNames
{
    public static string Of(string what, StudyReport report, ReportBlock block)
    {
        var index = report.Blocks.IndexOf(block);
        return report.Blocks.Length == 1 ? what : FormattableString.Invariant($"{what}-{index + 1}");
    }

    /// <summary>A column in a name; two that would have one name, or none, get their number.</summary>
    public static string Of(string what, StudyReport report, ReportBlock block, string column)
    {
        var slug = Slug(column);
        var isAlone = slug.Length > 0 && block.Columns.Count(other => Slug(other) == slug) == 1;
        return isAlone ? $"{Of(what, report, block)}-{slug}" : string.Join('-', new[] { Of(what, report, block), slug, (block.Columns.IndexOf(column) + 1).ToString(CultureInfo.InvariantCulture) }.Where(part => part.Length > 0));
    }

    private static string Slug(string label) =>
        string.Concat(label.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? char.ToLowerInvariant(c) : '-')).Trim('-');
}
