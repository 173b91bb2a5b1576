using System.Collections.Immutable;
using PinnSweep.Studies.Texts;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Trials;

/// <summary>
/// When a trial ends before its budget because there is no hope left, by its own history alone and at its evaluations. A training whose
/// numbers are no longer finite ends whatever stands here. What is stopped has a result that says so and counts as failed: its error is not
/// that of the budget.
/// </summary>
/// <param name="WeightsAbove">A term whose weight exceeds this in size ends the training; for weights of points it is their mean. Null:
/// none does.</param>
/// <param name="FlatFor">
/// So many evaluations in a row in which <c>residual_l2</c> has not fallen by 1 % below what it was when it last had, while the trial has
/// not converged. The residual, not the error: who knows the error needs no training, and a search must not learn from it. Null: never.
/// </param>
public sealed record StopRules(double? WeightsAbove, int? FlatFor)
{
    /// <summary>The least progress that counts.</summary>
    public const double Progress = 0.01;

    private const string WeightsKey = "weights_above";
    private const string FlatKey = "flat_for";

    /// <summary>Why the training ends at the last point of its curve: <c>flat_for 20</c>; null where it goes on.</summary>
    /// <param name="curve">The evaluations so far.</param>
    /// <param name="terms">Names of the loss terms, in the order of <see cref="CurvePoint.Weights"/>.</param>
    /// <param name="convergedBelow">The threshold of <see cref="Outcome.Converged"/>.</param>
    public string? WhyStop(IReadOnlyList<CurvePoint> curve, IReadOnlyList<string> terms, double convergedBelow)
    {
        // The first evaluation comes before the first step: there is no history yet.
        if (curve.Count < 2)
        {
            return null;
        }

        var last = curve[^1];
        for (var k = 0; WeightsAbove is { } most && k < last.Weights.Length; k++)
        {
            // Not written as >, which no number that is none fulfils.
            if (!(Math.Abs(last.Weights[k]) <= most))
            {
                return $"{WeightsKey} {ShortNumber.Of(most)} ({terms[k]})";
            }
        }

        return FlatFor is { } evaluations && !(last.Yardstick() < convergedBelow) && FlatSince(curve) >= evaluations
            ? FormattableString.Invariant($"{FlatKey} {evaluations}")
            : null;
    }

    /// <summary>As a description has it: rules that are not given are left out.</summary>
    internal SpecValue.Map ToMap()
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<string, SpecValue>(StringComparer.Ordinal);
        if (WeightsAbove is { } most)
        {
            entries[WeightsKey] = new SpecValue.Number(most);
        }

        if (FlatFor is { } evaluations)
        {
            entries[FlatKey] = new SpecValue.Number(evaluations);
        }

        return new(entries.ToImmutable());
    }

    /// <summary>The inverse of <see cref="ToMap"/>.</summary>
    internal static StopRules? FromMap(SpecValue.Map? map) =>
        map is null ? null : new(map.OptionalNumber(WeightsKey), map.OptionalNumber(FlatKey) is { } evaluations ? checked((int)evaluations) : null);

    /// <summary>Evaluations since the last one that made progress.</summary>
    private static int FlatSince(IReadOnlyList<CurvePoint> curve)
    {
        var (best, at) = (double.PositiveInfinity, 0);
        for (var i = 0; i < curve.Count; i++)
        {
            if (curve[i].Metrics.GetValueOrDefault(CurvePoint.ResidualL2, double.NaN) is var residual && residual < best * (1 - Progress))
            {
                (best, at) = (residual, i);
            }
        }

        return curve.Count - 1 - at;
    }
}
