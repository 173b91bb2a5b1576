using System.Collections.Immutable;

namespace PinnSweep.Studies.Replication;

/// <summary>
/// Seeds until decided: at each declared look every open comparison of a study is tested once more, and ends as soon as it is better, worse
/// or equivalent. Each look's paired t test becomes a z, the z so far a repeated p by the spending function, and Holm's correction goes
/// over the repeated p of all comparisons. A repeated p only falls from look to look, so what Holm decides at one look it would decide at
/// the end too, and α holds for the family over all looks.
/// </summary>
public static class SequentialComparisons
{
    /// <summary>All comparisons of one study at one look.</summary>
    /// <param name="spec">Looks, α, spending and region of equivalence.</param>
    /// <param name="look">The number of the look, from 0.</param>
    /// <param name="differences">Of each comparison log10(method) − log10(control), seed by seed in the same order at every look; finite.
    /// Open comparisons have as many as the look has seeds.</param>
    /// <param name="earlier">The last record of each comparison; null at the first look. One that is decided is returned as it is.</param>
    public static ImmutableArray<ComparisonAtLook> Decide(
        ReplicateSpec spec, int look, IReadOnlyList<IReadOnlyList<double>> differences, IReadOnlyList<ComparisonAtLook?> earlier)
    {
        Check(spec, look, differences, earlier);
        var tests = differences.Select((values, i) => IsDecided(earlier[i]) ? null : SequentialTest.Of(spec, look, values)).ToArray();
        var adjusted = HolmCorrection.Adjust([.. tests.Select((test, i) => test?.RepeatedP ?? earlier[i]!.RepeatedP)]);

        // Bonferroni's share for the intervals: they hold together, whichever comparisons end early.
        var bound = tests.Length == 0 ? 0 : GroupSequential.Bounds(spec.Spending, spec.Alpha / tests.Length, spec.Looks)[look];
        return
        [
            .. tests.Select((test, i) => test is null ? earlier[i]! : Record(spec, look, test, adjusted[i], test.Now.HalfWidth(bound))),
        ];
    }

    private static ComparisonAtLook Record(ReplicateSpec spec, int look, SequentialTest test, double adjusted, double half)
    {
        var now = test.Now;
        var (lower, upper) = (now.Mean - half, now.Mean + half);
        var region = Math.Log10(spec.Equivalence);

        // Equivalence first, as in the tables: a difference within the declared factor is none that matters, however certain it is.
        var verdict = now.Pairs < PairedDifferences.FewestPairs ? Verdict.Open
            : (lower > -region && upper < region) || (now.Mean == 0 && half == 0) ? Verdict.Equivalent
            : adjusted <= spec.Alpha && test.Sign == Math.Sign(now.Mean) ? (now.Mean < 0 ? Verdict.Better : Verdict.Worse)
            : Verdict.Open;
        return new(
            look, now.Pairs, now.Mean, now.StandardError, lower, upper, test.RepeatedP, adjusted,
            verdict == Verdict.Open && look == spec.Looks.Length - 1 ? Verdict.Undecided : verdict);
    }

    private static bool IsDecided(ComparisonAtLook? record) => record is { Verdict: not Verdict.Open };

    private static void Check(
        ReplicateSpec spec, int look, IReadOnlyList<IReadOnlyList<double>> differences, IReadOnlyList<ComparisonAtLook?> earlier)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(look);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(look, spec.Looks.Length);
        if (!(spec.Equivalence >= 1 && double.IsFinite(spec.Equivalence)))
        {
            throw new ArgumentException($"A region of equivalence is a factor of at least 1; this is {spec.Equivalence}.", nameof(spec));
        }

        if (earlier.Count != differences.Count)
        {
            throw new ArgumentException($"{differences.Count} comparisons have {earlier.Count} earlier records.", nameof(earlier));
        }

        for (var i = 0; i < differences.Count; i++)
        {
            if (differences[i].Any(value => !double.IsFinite(value)))
            {
                throw new ArgumentException($"Comparison {i} has a difference that is not finite.", nameof(differences));
            }

            if (!IsDecided(earlier[i]) && differences[i].Count != spec.Looks[look])
            {
                throw new ArgumentException(
                    $"Comparison {i} has {differences[i].Count} pairs at a look of {spec.Looks[look]} seeds.", nameof(differences));
            }
        }
    }
}
