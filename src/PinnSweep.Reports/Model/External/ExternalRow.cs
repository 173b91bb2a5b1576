using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Annotations;

namespace PinnSweep.Reports.Model.External;

/// <summary>
/// All that one source says of one method on one problem. It is a cell of its own: never pooled with ours, never ranked and never tested
/// against ours, because nothing pairs its runs with our seeds.
/// </summary>
/// <param name="Source">Whose results they are.</param>
/// <param name="Method">What the source calls the method.</param>
/// <param name="Problem">The label of the problem.</param>
/// <param name="Results">Run by run.</param>
public sealed record ExternalRow(string Source, string Method, string Problem, ImmutableArray<ExternalResult> Results)
{
    /// <summary>The errors, run by run.</summary>
    public ImmutableArray<double> Errors { get; } = [.. Results.Select(result => result.Error)];

    /// <summary>Geometric mean with its interval, as of our cells.</summary>
    public LogErrorMean Accuracy { get; } = LogErrorMean.Of([.. Results.Select(result => result.Error)]);

    /// <summary>Median error.</summary>
    public double Median => Descriptive.Median(Errors.AsSpan());

    /// <summary>Smallest and largest error.</summary>
    public Interval Range => new(Errors.Min(), Errors.Max());

    /// <summary>Median training time; null where the source tells none.</summary>
    public double? Seconds => Results.Select(result => result.Seconds).OfType<double>().ToArray() is { Length: > 0 } known ? Descriptive.Median(known) : null;

    /// <summary>When the last of them came.</summary>
    public DateTimeOffset ImportedAt => Results.Max(result => result.ImportedAt);

    /// <summary>What is said of single runs, each once.</summary>
    public IEnumerable<string> Notes => Results.Select(result => result.Note).OfType<string>().Distinct();

    /// <summary>The rows of a report: source by source and method by method, problems in the order of the study.</summary>
    public static ImmutableArray<ExternalRow> AllOf(StudyReport report)
    {
        var problems = report.Header.Levels.GetValueOrDefault(Studies.Catalogs.Factor.Problem, []);
        return
        [
            .. report.Annotations.External.GroupBy(result => (result.Source, result.Method, result.Problem))
                .Select(group => new ExternalRow(group.Key.Source, group.Key.Method, group.Key.Problem, [.. group.OrderBy(result => result.Seed)]))
                .OrderBy(row => row.Source, StringComparer.Ordinal).ThenBy(row => row.Method, StringComparer.Ordinal).ThenBy(row => problems.IndexOf(row.Problem)),
        ];
    }
}
