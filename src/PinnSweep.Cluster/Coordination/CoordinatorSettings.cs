using PinnSweep.Cluster.Alerts;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Coordination;

/// <summary>Times and limits of the coordinator.</summary>
/// <param name="Policy">Leases and quarantine.</param>
public sealed record CoordinatorSettings(LeasePolicy Policy)
{
    /// <summary>Where workers without the store send checkpoints and results; null where every worker has it.</summary>
    public Uri? BlobUrl { get; init; }

    /// <summary>Least events between snapshots; a study that settles makes one too.</summary>
    public int SnapshotEvery { get; init; } = 1000;

    /// <summary>
    /// Events between snapshots of so many trials. A snapshot holds them all, so a fixed number would cost the more for each event the
    /// larger the studies are. So a restart replays half as many events as it reads trials, at most.
    /// </summary>
    public int SnapshotAfter(int trials) => Math.Max(SnapshotEvery, trials / 2);

    /// <summary>Time between status messages to those who watch a study.</summary>
    public TimeSpan StatusEvery { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How soon a coordinator that stopped is started again; longer from time to time, up to ten seconds.</summary>
    public TimeSpan RestartAfter { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Time between writes of the curves of running trials.</summary>
    public TimeSpan CurvesEvery { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Time between looks at the lease clock.</summary>
    public TimeSpan TickEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between log events of how much waits and is trained, while there is work.</summary>
    public TimeSpan LoadEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A journal that takes longer for a batch of decisions is told to the log.</summary>
    public TimeSpan SlowPersist { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A grant that its worker has not taken is repeated after this time, until its lease runs out.</summary>
    public TimeSpan OfferTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What people are told of, and how; null for nothing.</summary>
    public AlertSettings? Alerts { get; init; }
}
