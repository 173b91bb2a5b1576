using System.Diagnostics.Metrics;

namespace PinnSweep.Cluster.Telemetry;

/// <summary>What a worker does beside training: trainers that it starts, and files that it moves.</summary>
internal static class WorkerMetrics
{
    /// <summary>Into the store.</summary>
    public const string Store = "store";

    /// <summary>From the store.</summary>
    public const string Fetch = "fetch";

    private static readonly double[] MoveSeconds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300];

    private static readonly Counter<long> Trainers = Metering.Counter(
        "pinnsweep.worker.trainers.started", "{process}", "Trainer processes that this worker started; one serves many trials while it is healthy.");

    private static readonly Counter<long> Bytes = Metering.Counter(
        "pinnsweep.worker.blob.io", "By", "Bytes of checkpoints and results that this worker moved.", Labels.Direction);

    private static readonly Histogram<double> Seconds = Metering.Histogram(
        "pinnsweep.worker.blob.duration", "s", "Time that moving a checkpoint or a result took, waiting for a store that is away included.", MoveSeconds, Labels.Direction);

    /// <summary>A trainer was started.</summary>
    public static void TrainerStarted() => Trainers.Add(1);

    /// <summary>A file was moved.</summary>
    public static void Moved(string direction, long bytes, TimeSpan took)
    {
        var label = Labels.With(Labels.Direction, direction);
        Bytes.Add(bytes, label);
        Seconds.Record(took.TotalSeconds, label);
    }
}
