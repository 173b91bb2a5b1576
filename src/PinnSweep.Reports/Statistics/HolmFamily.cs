using System.Collections.Immutable;

namespace PinnSweep.Reports.Statistics;

/// <summary>
/// Wilcoxon signed-rank tests that share one α by Holm's correction. Two members with the same differences are one hypothesis and are
/// counted once, and a member without any difference that is not zero can never be rejected and is not counted (Tarone 1990): the entry of
/// a copy of a method, or of one method twice, therefore changes no verdict on the others.
/// </summary>
/// <param name="Tests">The tests in the order given.</param>
/// <param name="Adjusted">Their Holm-corrected p.</param>
/// <param name="Size">Hypotheses that were counted.</param>
internal sealed record HolmFamily(ImmutableArray<TestResult> Tests, ImmutableArray<double> Adjusted, int Size)
{
    /// <summary>Whether the smallest p of this design passes the first step of the correction.</summary>
    public bool IsAttainable(int test) => Tests[test].SmallestP * Math.Max(1, Size) <= Significance.Alpha;

    /// <summary>Whether some member can be significant at all.</summary>
    public bool IsAnyAttainable => Enumerable.Range(0, Tests.Length).Any(IsAttainable);

    /// <summary>Signed-rank tests of paired differences.</summary>
    public static HolmFamily OfSignedRanks(IReadOnlyList<double[]> differences)
    {
        var tests = differences.Select(values => SignedRankTest.Of(values)).ToImmutableArray();
        return new(tests, Adjust(differences, [.. tests.Select(test => test.P)], out var size), size);
    }

    /// <summary>Holm's correction of any p that belong to paired differences, counted as the type says.</summary>
    public static ImmutableArray<double> Adjust(IReadOnlyList<double[]> differences, ReadOnlySpan<double> p) => Adjust(differences, p, out _);

    private static ImmutableArray<double> Adjust(IReadOnlyList<double[]> differences, ReadOnlySpan<double> p, out int size)
    {
        var leaders = new List<int>();
        var leaderOf = new int[differences.Count];
        for (var i = 0; i < leaderOf.Length; i++)
        {
            leaderOf[i] = differences[i].All(value => value == 0) ? -1 : leaders.FindIndex(leader => IsSame(differences[leader], differences[i]));
            if (leaderOf[i] < 0 && differences[i].Any(value => value != 0))
            {
                leaderOf[i] = leaders.Count;
                leaders.Add(i);
            }
        }

        var counted = new double[leaders.Count];
        for (var i = 0; i < counted.Length; i++)
        {
            counted[i] = p[leaders[i]];
        }

        var adjusted = HolmCorrection.Adjust(counted);
        size = counted.Length;
        return [.. leaderOf.Select(leader => leader < 0 ? 1 : adjusted[leader])];
    }

    // A pair and its mirror image (b − a for a − b) are one hypothesis too.
    private static bool IsSame(double[] first, double[] second) =>
        first.AsSpan().SequenceEqual(second) || (first.Length == second.Length && first.Zip(second).All(pair => pair.First == -pair.Second));
}
