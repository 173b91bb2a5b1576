using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Audits;

namespace PinnSweep.Reports.Audits;

/// <summary>What a published table says against itself, and how much of its ranking would come again.</summary>
/// <param name="Values">Its numbers.</param>
/// <param name="Contradictions">The same quantity with different numbers.</param>
/// <param name="Winners">For each case the method that would most probably be first in a fresh run.</param>
/// <param name="Dependences">For each case with several metrics the winner of each.</param>
/// <param name="Worthless">Cells that are no better than a field that solves nothing.</param>
/// <param name="Saturated">Cells that cannot be told from the error of their reference.</param>
public sealed record TableAudit(
    ImmutableArray<AuditedValue> Values,
    ImmutableArray<Contradiction> Contradictions,
    ImmutableArray<FreshWinner> Winners,
    ImmutableArray<MetricDependence> Dependences,
    ImmutableArray<AuditedValue> Worthless,
    ImmutableArray<AuditedValue> Saturated)
{
    /// <summary>A winner with less is one of several.</summary>
    public const double SureFrom = 0.8;

    // What is told without its spread is held to be known to a twentieth.
    private const double UnknownSpread = 0.05;
    private const double Deviations = 2;

    /// <summary>The audit of a table. Cases, metrics and sources are taken in the order of the file; the first of each is its main one.</summary>
    public static TableAudit Of(ImmutableArray<AuditedValue> values)
    {
        var metric = values[0].Metric;

        // Where a number stands twice the first is what readers meet.
        AuditedValue[] first = [.. values.DistinctBy(value => (value.Case, value.Method, value.Metric))];
        AuditedValue[] main = [.. first.Where(value => value.Metric == metric)];
        return new(
            values,
            Contradiction.AllOf(values),
            [.. main.GroupBy(value => value.Case).Select(FreshWinner.Of).OfType<FreshWinner>()],
            [.. first.GroupBy(value => value.Case).Select(MetricDependence.Of).OfType<MetricDependence>()],
            [.. main.Where(value => value.Trivial is { } trivial && value.Mean + Noise(value) >= trivial)],
            [.. main.Where(value => value.Floor is > 0 and var floor && value.Mean - Noise(value) <= floor)]);
    }

    private static double Noise(AuditedValue value) => value.Deviation is { } deviation ? Deviations * deviation : UnknownSpread * value.Mean;
}

/// <summary>One quantity that a publication tells twice, differently.</summary>
/// <param name="Told">What it tells, in the order of the file.</param>
/// <param name="Ratio">The largest over the smallest.</param>
/// <param name="ChangesWinner">Whether another method is first in its case with another of the numbers.</param>
public sealed record Contradiction(ImmutableArray<AuditedValue> Told, double Ratio, bool ChangesWinner)
{
    // Numbers are printed with three digits: what differs in the last by rounding is the same.
    private const double Rounding = 1.005;

    internal static ImmutableArray<Contradiction> AllOf(ImmutableArray<AuditedValue> values) =>
    [
        .. values.GroupBy(value => (value.Case, value.Method, value.Metric)).Select(told => told.ToImmutableArray()).Where(told => told.Length > 1 && RatioOf(told) > Rounding)
            .Select(told => new Contradiction(told, RatioOf(told), Winners(values, told).Distinct().Count() > 1)),
    ];

    private static double RatioOf(ImmutableArray<AuditedValue> told) => told.Max(value => value.Mean) / told.Min(value => value.Mean);

    private static IEnumerable<string> Winners(ImmutableArray<AuditedValue> values, ImmutableArray<AuditedValue> told)
    {
        AuditedValue[] others = [.. values.Where(value => value.Case == told[0].Case && value.Metric == told[0].Metric && value.Method != told[0].Method).DistinctBy(value => value.Method)];
        return told.Select(value => others.Append(value).MinBy(one => one.Mean)!.Method);
    }
}

/// <summary>How probably each method of a case is first in a fresh run.</summary>
/// <param name="Case">The case.</param>
/// <param name="Printed">The method with the smallest mean.</param>
/// <param name="Method">The method that is most probably first.</param>
/// <param name="Probability">Its probability; 1 − this is that of all others.</param>
/// <param name="Rivals">Others with a probability of at least a twentieth, the most probable first.</param>
/// <param name="WithoutSpread">Methods whose spread the table does not tell, taken as exact.</param>
public sealed record FreshWinner(string Case, string Printed, string Method, double Probability, ImmutableArray<(string Method, double Probability)> Rivals, int WithoutSpread)
{
    private const double LeastRival = 0.05;

    /// <summary>Whether the table's winner is likely to win again.</summary>
    public bool IsSure => Probability >= TableAudit.SureFrom;

    internal static FreshWinner? Of(IEnumerable<AuditedValue> values)
    {
        AuditedValue[] methods = [.. values];
        if (methods.Length < 2 || methods.All(value => value.Deviation is null))
        {
            return null;
        }

        var chances = WinnerProbability.Of([.. methods.Select(value => (value.Mean, value.Deviation ?? 0))]);
        var order = methods.Zip(chances, (value, chance) => (value.Method, Probability: chance)).OrderByDescending(pair => pair.Probability).ToArray();
        return new(
            methods[0].Case, methods.MinBy(value => value.Mean)!.Method, order[0].Method, order[0].Probability,
            [.. order.Skip(1).Where(pair => pair.Probability >= LeastRival)], methods.Count(value => value.Deviation is null));
    }
}

/// <summary>The winner of a case by each metric.</summary>
/// <param name="Case">The case.</param>
/// <param name="Winners">Metric and the method with its smallest mean.</param>
public sealed record MetricDependence(string Case, ImmutableArray<(string Metric, string Method)> Winners)
{
    /// <summary>Whether they are several.</summary>
    public bool IsDependent => Winners.Select(winner => winner.Method).Distinct().Count() > 1;

    internal static MetricDependence? Of(IEnumerable<AuditedValue> values)
    {
        ImmutableArray<(string, string)> winners = [.. values.GroupBy(value => value.Metric).Select(metric => (metric.Key, metric.MinBy(value => value.Mean)!.Method))];
        return winners.Length < 2 ? null : new(values.First().Case, winners);
    }
}
