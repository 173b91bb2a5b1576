namespace PinnSweep.Studies.Replication;

/// <summary>One comparison over the looks so far.</summary>
/// <param name="Now">All its pairs.</param>
/// <param name="RepeatedP">The smallest α at which it would have been decided by now.</param>
/// <param name="Sign">Which way that look pointed. Later seeds may point the other way, and then it decides nothing.</param>
internal sealed record SequentialTest(PairedDifferences Now, double RepeatedP, int Sign)
{
    /// <summary>The test at a look, from the differences in the order of the seeds.</summary>
    public static SequentialTest Of(ReplicateSpec spec, int look, IReadOnlyList<double> differences)
    {
        var looks = Enumerable.Range(0, look + 1).Select(i => PairedDifferences.Of(differences, spec.Looks[i])).ToArray();
        var p = looks.Select((test, i) => GroupSequential.PAt(spec.Spending, spec.Looks, i, test.Z)).ToArray();
        var smallest = Array.IndexOf(p, p.Min());
        return new(looks[^1], p[smallest], Math.Sign(looks[smallest].Mean));
    }
}
