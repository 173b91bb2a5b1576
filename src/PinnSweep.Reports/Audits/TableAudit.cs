using System.Collections.Immutable;
using PinnSweep.Studies.Audits;

namespace PinnSweep.Reports.Audits;

/// <summary>What a published table says against itself, and how much of its ranking would come again.</summary>
/// <param name="Values">Its numbers.</param>
/// <param name="ToldTwice">Quantities that stand in it more than once.</param>
/// <param name="Contradictions">Those of them that have different numbers.</param>
/// <param name="Winners">For each case the method that would most probably be first in a fresh run.</param>
/// <param name="Dependences">For each case with several metrics the winners of each.</param>
/// <param name="Worthless">Cells that are no better than a field that solves nothing.</param>
/// <param name="Saturated">Cells that cannot be told from the error of their reference.</param>
/// <param name="Voids">Cases that say nothing, with the reason.</param>
public sealed record TableAudit(
    ImmutableArray<AuditedValue> Values,
    int ToldTwice,
    ImmutableArray<Contradiction> Contradictions,
    ImmutableArray<FreshWinner> Winners,
    ImmutableArray<MetricDependence> Dependences,
    ImmutableArray<AuditedValue> Worthless,
    ImmutableArray<AuditedValue> Saturated,
    ImmutableArray<(string Case, string Reason)> Voids)
{
    /// <summary>A winner with less is one of several.</summary>
    public const double SureFrom = 0.8;

    // Whatever seeds say, a table is printed with few digits, and a twentieth better than nothing is no solution.
    private const double LeastSpread = 0.05;
    private const double Deviations = 2;

    /// <summary>The audit of a table. Cases, metrics and sources are taken in the order of the file; the first of each is its main one.</summary>
    public static TableAudit Of(ImmutableArray<AuditedValue> values)
    {
        AuditedValue[] main = [.. values.Where(value => value.Metric == values[0].Metric)];

        // A number that stands twice counts once: with its spread where that is told at all.
        AuditedValue[] cells = [.. main.GroupBy(value => (value.Case, value.Method)).Select(told => told.FirstOrDefault(value => value.Deviation is not null) ?? told.First())];
        return new(
            values,
            values.GroupBy(value => (value.Case, value.Method, value.Metric)).Count(told => told.Skip(1).Any()),
            Contradiction.AllOf(values),
            [.. main.GroupBy(value => value.Case).Select(FreshWinner.Of).OfType<FreshWinner>()],
            [.. values.GroupBy(value => value.Case).Select(MetricDependence.Of).OfType<MetricDependence>()],
            [.. cells.Where(value => value.Trivial is { } trivial && value.Mean + Noise(value) >= trivial)],
            [.. cells.Where(value => value.Floor is > 0 and var floor && value.Mean - Noise(value) <= floor)],
            [.. values.Where(value => value.Void is not null).DistinctBy(value => value.Case).Select(value => (value.Case, value.Void!))]);
    }

    private static double Noise(AuditedValue value) => Math.Max(Deviations * (value.Deviation ?? 0), LeastSpread * value.Mean);
}
