using System.Globalization;
using System.Text;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Benchmarks.Defaults;

/// <summary>The table in Markdown.</summary>
internal static class DefaultsTable
{
    public static string Markdown(IReadOnlyList<DefaultsRow> rows, IReadOnlyList<(Factor Factor, string Kind, string Parameters)> unbare, int steps, int seeds)
    {
        var problems = rows[0].Cells.Select(cell => cell.Problem).ToArray();
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"| factor | method | {string.Join(" | ", problems)} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"|---|---|{string.Concat(problems.Select(_ => "---|"))}");
        foreach (var row in rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Factor.ToWord()} | `{row.Kind}` | {string.Join(" | ", row.Cells.Select(cell => Words(row, cell.Cell)))} |");
        }

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{steps:N0} steps, {seeds} seeds. Relative L2 error (geometric mean) and its ratio to plain training by seed with the 95 % interval of Student's t on the logarithm. **worse**, better: the interval excludes 1. **collapsed**: most runs ended trivial or diverged, and most of plain training did not.");
        foreach (var (factor, kind, parameters) in unbare)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"No bare name: {factor.ToWord()} `{kind}` needs {parameters}.");
        }

        return text.ToString();
    }

    /// <summary>A line for each method that ends worse than plain training somewhere: <c>factor;kind;finding</c>.</summary>
    public static string Known(IEnumerable<DefaultsRow> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Where(row => row.Kind != DefaultsStudies.Control(row.Factor)))
        {
            var collapsed = row.Cells.Where(cell => cell.Cell.Verdict == Default.Collapsed).Select(cell => cell.Problem).ToArray();
            var worse = row.Cells.Where(cell => cell.Cell.Verdict == Default.Worse).Select(cell => $"{Short(cell.Cell.Ratio!.Mean)} times the error of {DefaultsStudies.Control(row.Factor)} on {cell.Problem}").ToArray();
            string[] findings = [.. collapsed.Length > 0 ? new[] { $"it ends trivial or diverged on {string.Join(", ", collapsed)}" } : [], .. worse.Length > 0 ? new[] { $"it ends with {string.Join(", ", worse)}" } : []];
            if (findings.Length > 0)
            {
                text.Append(row.Factor.ToWord()).Append(';').Append(row.Kind).Append(';').AppendJoin(", and ", findings).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Words(DefaultsRow row, DefaultsCell cell)
    {
        if (cell.Reason is { } reason)
        {
            return $"n/a: {reason.Split(';')[0]}";
        }

        var error = double.IsNaN(cell.Error) ? "–" : cell.Error.ToString("0.0e0", CultureInfo.InvariantCulture);
        if (row.Kind == DefaultsStudies.Control(row.Factor))
        {
            return cell.Verdict == Default.Collapsed ? $"{error}, **collapsed**" : error;
        }

        var ratio = cell.Ratio is { Interval: { } interval } mean
            ? string.Create(CultureInfo.InvariantCulture, $" ({Short(mean.Mean)}× [{Short(interval.Lower)}, {Short(interval.Upper)}])")
            : "";
        var verdict = cell.Verdict switch { Default.Worse => " **worse**", Default.Better => " better", Default.Collapsed => " **collapsed**", _ => "" };
        return error + ratio + verdict;
    }

    private static string Short(double ratio) => ratio.ToString(ratio is >= 0.01 and < 100 ? "0.##" : "0.0e0", CultureInfo.InvariantCulture);
}
