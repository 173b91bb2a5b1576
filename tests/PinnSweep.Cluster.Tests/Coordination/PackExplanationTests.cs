using Akka.Actor;
using PinnSweep.Cluster.Coordination;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Tests.Coordination;

public sealed class PackExplanationTests
{
    private static readonly WorkerIdentity Worker = new("w", "1");
    private static readonly TrialKey Key = new(new string('a', 64));
    private static readonly TrialState Running = TrialState.New(Key).Apply(new TrialLeased(Key, new(2, Worker, 1, DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch));
    private readonly WorkerRoster _roster = new();

    [Fact]
    public void A_running_trial_is_told_beside_whom_it_trains_and_how_its_gpu_is()
    {
        Say(slot: 17, new PackPulse(0, 16, 1, 16) { Gpu = 0 }, new PackPulse(16, 16, 12, 12) { Gpu = 3, Shape = "helmholtz, mlp, float32", Why = "memory" });

        Assert.Equal(
            [
                "it shares GPU 3 of its worker with 11 other trials: 12 of 16 lanes train, 12 may (memory); helmholtz, mlp, float32",
                "GPU 3: 3.0 GiB of 80.0 GiB memory used, busy 85 %",
            ],
            PackExplanation.Of(Running, _roster));
    }

    [Fact]
    public void Trouble_of_its_gpu_is_told()
    {
        Say(slot: 0, new PackPulse(0, 1, 1, 1) { Gpu = 5, Trouble = "GPU 5 was lost" });

        Assert.Equal(["GPU 5 was lost"], PackExplanation.Of(Running, _roster));
    }

    [Fact]
    public void Of_a_trial_that_shares_nothing_waits_or_whose_worker_has_not_said_nothing_is_told()
    {
        Assert.Empty(PackExplanation.Of(Running, _roster));
        Say(slot: 40, new PackPulse(0, 16, 1, 16) { Gpu = 3 });
        Assert.Empty(PackExplanation.Of(Running, _roster));
        Say(slot: null, new PackPulse(0, 16, 1, 16) { Gpu = 3 });
        Assert.Empty(PackExplanation.Of(Running, _roster));
        Say(slot: 0, new PackPulse(0, 16, 1, 16) { Gpu = 3 });
        Assert.Empty(PackExplanation.Of(TrialState.New(Key), _roster));
        Assert.NotEmpty(PackExplanation.Of(Running, _roster));
    }

    private void Say(int? slot, params PackPulse[] packs) => _roster.Welcome(new(Worker, ActorRefs.Nobody, new(0, 32), "0.1.0")
    {
        Machine = new(null, 0, null, null, null) { Devices = [new(3, "H200", 80L << 30)] },
        Pulse = new(1, new(null, null) { Devices = [new(3, 3L << 30, 0.85)] }, new(null, 0)) { Packs = [.. packs] },
        Places = new Dictionary<AttemptId, HeldPlace> { [new(Key, 2)] = new(slot, 3) },
    });
}
