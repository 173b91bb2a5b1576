using System.Diagnostics.Metrics;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Telemetry;

/// <summary>What a coordinator decided, counted once it is in the journal, and how long the journal took.</summary>
internal static class CoordinatorMetrics
{
    private static readonly double[] PersistSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
    private static readonly double[] BatchEvents = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000];
    private static readonly double[] TrialSeconds = [1, 3, 10, 30, 100, 300, 1000, 3600, 10_000, 36_000, 100_000];
    private static readonly double[] CheckpointBytes = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    private static readonly Counter<long> Granted = Metering.Counter(
        "pinnsweep.attempts.granted", "{attempt}", "Attempts that a worker got the lease of.", Labels.Worker);

    private static readonly Counter<long> Released = Metering.Counter(
        "pinnsweep.attempts.released", "{attempt}", "Attempts given back without fault or result: drained, paused, in trouble with their machine.");

    private static readonly Counter<long> Faulted = Metering.Counter(
        "pinnsweep.attempts.faulted", "{attempt}", "Attempts that ended by a fault.", Labels.Fault, Labels.Worker);

    private static readonly Counter<long> Expired = Metering.Counter(
        "pinnsweep.leases.expired", "{lease}", "Leases that ran out because their worker did not renew them.");

    private static readonly Counter<long> Accepted = Metering.Counter(
        "pinnsweep.trials.accepted", "{trial}", "Results accepted; one that the store lost later and that was trained again counts twice.", Labels.Outcome, Labels.Study);

    private static readonly Counter<long> Quarantined = Metering.Counter(
        "pinnsweep.trials.quarantined", "{trial}", "Trials given up after repeated faults.", Labels.Study);

    private static readonly Counter<long> Cancelled = Metering.Counter(
        "pinnsweep.trials.cancelled", "{trial}", "Trials that no study wants any more.", Labels.Study);

    private static readonly Counter<long> Lost = Metering.Counter(
        "pinnsweep.results.lost", "{result}", "Accepted results that the store could not read any more, so that their trials were trained again.");

    private static readonly Counter<long> Stages = Metering.Counter(
        "pinnsweep.study.stages.decided", "{stage}", "Stages of searches and of replication that were decided.", Labels.Study);

    private static readonly Histogram<double> Duration = Metering.Histogram(
        "pinnsweep.trial.duration", "s", "Training time of accepted results, over all attempts that led to them.", TrialSeconds, Labels.Outcome);

    private static readonly Histogram<double> CheckpointSize = Metering.Histogram(
        "pinnsweep.checkpoint.size", "By", "Bytes of the checkpoints that were recorded.", CheckpointBytes);

    private static readonly Histogram<double> Persist = Metering.Histogram(
        "pinnsweep.journal.persist.duration", "s", "Time that the journal took for a batch of decisions.", PersistSeconds);

    private static readonly Histogram<double> Batch = Metering.Histogram(
        "pinnsweep.journal.batch.size", "{event}", "Decisions that were written at once.", BatchEvents);

    /// <summary>Counts a decision.</summary>
    /// <param name="happened">It is in the journal.</param>
    /// <param name="after">The state with it.</param>
    public static void Count(SweepEvent happened, CoordinatorState after)
    {
        if (!Granted.Enabled)
        {
            return;
        }

        switch (happened)
        {
            case TrialLeased { Lease.Worker.Name: var worker }:
                Granted.Add(1, Of(worker));
                break;
            case TrialReleased:
                Released.Add(1);
                break;
            case TrialFaulted { Record: var record }:
                Faulted.Add(1, Labels.With(Labels.Fault, Labels.Word(record.Fault.Kind)), Of(record.Worker.Name));
                break;
            case TrialAccepted { Result: var result } accepted:
                var outcome = Labels.With(Labels.Outcome, Labels.Word(result.Outcome));
                Accepted.Add(1, outcome, StudyOf(accepted.Key, after));
                Duration.Record(result.Seconds, outcome);
                break;
            case TrialQuarantined quarantined:
                Quarantined.Add(1, StudyOf(quarantined.Key, after));
                break;
            case TrialCancelled cancelled:
                Cancelled.Add(1, StudyOf(cancelled.Key, after));
                break;
            case TrialResultLost:
                Lost.Add(1);
                break;
            case TrialCheckpointed { Checkpoint.Bytes: var bytes }:
                CheckpointSize.Record(bytes);
                break;
            case StudyExtended { Hash: var hash }:
                Stages.Add(1, Labels.With(Labels.Study, Labels.Studies.Of(after.Studies[hash].Name)));
                break;
        }
    }

    /// <summary>The journal took a batch.</summary>
    public static void Persisted(TimeSpan took, int events)
    {
        Persist.Record(took.TotalSeconds);
        Batch.Record(events);
    }

    /// <summary>Nobody renewed these.</summary>
    public static void LeasesExpired(int leases) => Expired.Add(leases);

    private static KeyValuePair<string, object?> Of(string worker) => Labels.With(Labels.Worker, Labels.Workers.Of(worker));

    /// <summary>The first that asked for the trial, where several did.</summary>
    private static KeyValuePair<string, object?> StudyOf(TrialKey key, CoordinatorState state) =>
        Labels.With(Labels.Study, Labels.Studies.Of(state.Studies[state.Places[key][0].Study].Name));
}
