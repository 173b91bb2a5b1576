using System.Collections.Immutable;
using PinnSweep.Studies.Audits;

namespace PinnSweep.Reports.Audits;

/// <summary>
/// The winners of a case by each metric: by the source that tells most metrics, over the methods for which it tells all of them. Methods that
/// tie are all winners.
/// </summary>
/// <param name="Case">The case.</param>
/// <param name="Winners">Metric and the methods with its smallest mean.</param>
public sealed record MetricDependence(string Case, ImmutableArray<(string Metric, ImmutableArray<string> Methods)> Winners)
{
    /// <summary>Whether no method is first by all metrics.</summary>
    public bool IsDependent => !Winners.Select(winner => winner.Methods.AsEnumerable()).Aggregate(Enumerable.Intersect).Any();

    /// <summary>Whether a method is first by all metrics only because it ties with others in one.</summary>
    public bool IsTied => !IsDependent && Winners.Any(winner => winner.Methods.Length > 1);

    internal static MetricDependence? Of(IEnumerable<AuditedValue> values)
    {
        AuditedValue[] told = [.. values.GroupBy(value => value.Source).MaxBy(source => source.Select(value => value.Metric).Distinct().Count())!];
        string[] metrics = [.. told.Select(value => value.Metric).Distinct()];
        AuditedValue[] whole = [.. told.GroupBy(value => value.Method).Where(method => method.Count() == metrics.Length).SelectMany(method => method)];
        return metrics.Length < 2 || whole.Length == 0 ? null : new(
            told[0].Case, [.. metrics.Select(metric => (metric, Best([.. whole.Where(value => value.Metric == metric)])))]);
    }

    private static ImmutableArray<string> Best(AuditedValue[] values)
    {
        var least = values.Min(value => value.Mean);
        return [.. values.Where(value => value.Mean == least).Select(value => value.Method)];
    }
}
