using System.Collections.Immutable;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Replication;

namespace PinnSweep.Studies.Tests.Replication;

/// <summary>Studies whose truth is known, taken through their looks as a coordinator takes them: open comparisons get the seeds of the next
/// look, decided ones get none.</summary>
internal static class SimulatedStudies
{
    /// <summary>The last records of each study.</summary>
    /// <param name="spec">The plan of looks.</param>
    /// <param name="studies">How many studies.</param>
    /// <param name="comparisons">Comparisons in each.</param>
    /// <param name="difference">One difference in decades of a comparison, drawn from the stream.</param>
    public static ImmutableArray<ComparisonAtLook>[] Run(
        ReplicateSpec spec, int studies, int comparisons, Func<RandomStream, double> difference) =>
        [.. Enumerable.Range(0, studies).Select(study => One(spec, comparisons, new(study, "studies"), difference))];

    /// <summary>The share of the studies in which any comparison ends so that it matches.</summary>
    public static double Share(this ImmutableArray<ComparisonAtLook>[] studies, Func<Verdict, bool> verdict) =>
        studies.Count(study => study.Any(record => verdict(record.Verdict))) / (double)studies.Length;

    /// <summary>Decided as better or worse.</summary>
    public static bool IsDifferent(Verdict verdict) => verdict is Verdict.Better or Verdict.Worse;

    /// <summary>Student's t with four degrees of freedom, scaled to standard deviation one.</summary>
    public static double HeavyTailed(RandomStream stream)
    {
        // χ² with four degrees of freedom is twice a sum of two exponentials.
        var square = -2 * Math.Log((1 - stream.NextDouble()) * (1 - stream.NextDouble()));
        return stream.NextGaussian() / Math.Sqrt(square / 4) / Math.Sqrt(2);
    }

    private static ImmutableArray<ComparisonAtLook> One(
        ReplicateSpec spec, int comparisons, RandomStream stream, Func<RandomStream, double> difference)
    {
        var seen = Enumerable.Range(0, comparisons).Select(_ => new List<double>()).ToArray();
        ImmutableArray<ComparisonAtLook> records = [];
        for (var look = 0; look < spec.Looks.Length && (look == 0 || records.Any(record => record.Verdict == Verdict.Open)); look++)
        {
            for (var i = 0; i < comparisons; i++)
            {
                while ((look == 0 || records[i].Verdict == Verdict.Open) && seen[i].Count < spec.Looks[look])
                {
                    seen[i].Add(difference(stream));
                }
            }

            records = SequentialComparisons.Decide(spec, look, seen, look == 0 ? [.. new ComparisonAtLook?[comparisons]] : [.. records]);
        }

        return records;
    }
}
