using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Audits;

namespace PinnSweep.Reports.Audits;

/// <summary>How probably each method of a case is first in a fresh run, by the source that tells most spreads.</summary>
/// <param name="Case">The case.</param>
/// <param name="Printed">The methods with the smallest mean in the first source that has the case.</param>
/// <param name="Method">The method that is most probably first.</param>
/// <param name="Probability">Its probability; 1 − this is that of all others.</param>
/// <param name="Rivals">Others with a probability of at least a twentieth, the most probable first.</param>
/// <param name="WithoutSpread">Methods whose spread is not told: how they would do again cannot be said, so they are left out.</param>
public sealed record FreshWinner(
    string Case, ImmutableArray<string> Printed, string Method, double Probability, ImmutableArray<(string Method, double Probability)> Rivals, ImmutableArray<string> WithoutSpread)
{
    private const double LeastRival = 0.05;

    /// <summary>Whether the table's winner is likely to win again.</summary>
    public bool IsSure => Probability >= TableAudit.SureFrom;

    internal static FreshWinner? Of(IEnumerable<AuditedValue> values)
    {
        AuditedValue[][] sources = [.. values.GroupBy(value => value.Source).Select(source => source.ToArray())];
        AuditedValue[] methods = [.. sources.MaxBy(source => source.Count(value => value.Deviation is not null))!.Where(value => value.Deviation is not null)];
        if (methods.Length < 2)
        {
            return null;
        }

        var chances = WinnerProbability.Of([.. methods.Select(value => (value.Mean, value.Deviation!.Value))]);
        var order = methods.Zip(chances, (value, chance) => (value.Method, Probability: chance)).OrderByDescending(pair => pair.Probability).ToArray();
        var least = sources[0].Min(value => value.Mean);
        return new(
            methods[0].Case,
            [.. sources[0].Where(value => value.Mean == least).Select(value => value.Method)],
            order[0].Method,
            order[0].Probability,
            [.. order.Skip(1).Where(pair => pair.Probability >= LeastRival)],
            [.. values.Select(value => value.Method).Distinct().Except(methods.Select(value => value.Method))]);
    }
}
