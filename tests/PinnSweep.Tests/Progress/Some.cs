using System.Collections.Immutable;
using PinnSweep.Cluster.Local;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Tests.Progress;

/// <summary>Arbitrary progress of a study.</summary>
internal static class Some
{
    public static RunningTrial Running(string balancer, long seed = 1, int step = 500, double total = 1000, double relativeL2 = 0.0321, int attempt = 1) => new(
        new(new string('a', 64)),
        FactorWords.All.ToImmutableSortedDictionary(factor => factor, factor => factor == Factor.Balancer ? balancer : factor.ToWord()),
        seed,
        attempt,
        new(step, step, total, 1, relativeL2, 800));

    public static StudyProgress Progress(int planned = 10, int done = 0, int quarantined = 0, int faults = 0, params RunningTrial[] running) =>
        new(planned, done, quarantined, [.. running], faults, done / 10.0);
}
