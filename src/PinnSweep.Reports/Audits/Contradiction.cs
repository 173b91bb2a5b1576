using System.Collections.Immutable;
using PinnSweep.Studies.Audits;

namespace PinnSweep.Reports.Audits;

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
