using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Cluster.Working;
using PinnSweep.Storage;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Local;

/// <summary>Runs a study on this machine: a cluster of one node with coordinator, worker and trainers.</summary>
public static class LocalRun
{
    /// <summary>Trains what the store does not have yet and ends when every trial is settled, or on request.</summary>
    /// <param name="plan">The study.</param>
    /// <param name="origin">The file it was planned from, kept beside the plan.</param>
    /// <param name="options">How.</param>
    /// <param name="loggers">Where logs go, the cluster's own included.</param>
    /// <param name="progress">Told at most every <see cref="LocalRunOptions.ProgressEvery"/>, and at the end.</param>
    /// <param name="stop">Asks for a clean stop: trainers write checkpoints, leases are given back, the node leaves.</param>
    /// <exception cref="UserMistakeException">The store, the trainer's path or the port.</exception>
    public static async Task<LocalRunResult> RunAsync(
        StudyPlan plan,
        StudyOrigin origin,
        LocalRunOptions options,
        ILoggerFactory loggers,
        IProgress<StudyProgress> progress,
        CancellationToken stop)
    {
        var clock = TimeProvider.System;
        var trainer = new TrainerLaunch(Path.GetFullPath(options.TrainerPath), options.TrainerEnvironment);
        trainer.Check();
        using var store = Store.Open(options.StorePath, clock, options.Catalog);
        if (store.Lease is { } lease && await lease.LivingHolderAsync(clock, stop) is { } holder)
        {
            throw new UserMistakeException($"{store.Path}: {holder.Name} coordinates this store; wait for it, stop it, or choose another store with --store");
        }

        store.Studies.Save(plan, origin);
        using var work = OwnFolder.Take(store.Place.Beside(".work"), "run it in a folder of your own, or choose another store with --store");

        // They start beside the cluster.
        WarmUp.Begin();
        using var reserve = TrainerReserve.Begin(Options(options, trainer, work.Path).Worker!.Launches().Take(plan.Trials.Length));
        var node = await ClusterNode.StartAsync(Options(options, trainer with { Reserve = reserve }, work.Path), store, store.Blobs, loggers, clock);
        bool isSettled;
        await using (node)
        {
            var follower = new StudyFollower(node, plan.Hash, clock) { Submission = new(options.RetryQuarantined) };
            follower.Silent = new CoordinatorWait(store, loggers.CreateLogger("PinnSweep.Run"), follower.Fail).Silent;
            _ = node.Ended.ContinueWith(
                ended => follower.Fail(new InvalidOperationException($"the node of this run has ended: {ended.Result}")), TaskScheduler.Default);
            var pages = ServeAsync(follower);
            try
            {
                isSettled = await SettledOrStopped(follower, new(plan, () => store.Studies.StagedPlanOf(plan.Hash), clock), progress, stop);
                await node.DrainAsync(options.StopTimeout);
            }
            finally
            {
                await using var served = await pages;
            }
        }

        var results = store.Studies.LoadResults(store.Studies.StagedPlanOf(plan.Hash) ?? plan);
        return new(
            isSettled ? LocalRunResult.EndOf(results) : LocalRunEnd.Interrupted,
            results);

        // Pages take a quarter of a second to be there, in which the first trials are trained already. Where that breaks the run ends.
        async Task<IAsyncDisposable?> ServeAsync(StudyFollower follower)
        {
            if (options.Serve is null)
            {
                return null;
            }

            await Task.Yield();
            try
            {
                return await options.Serve(node, store);
            }
            catch (Exception failure)
            {
                follower.Fail(failure);
                return null;
            }
        }
    }

    private static async Task<bool> SettledOrStopped(
        StudyFollower follower, ProgressTranslation translation, IProgress<StudyProgress> progress, CancellationToken stop)
    {
        try
        {
            await foreach (var status in follower.StatesAsync(stop))
            {
                progress.Report(translation.Of(status));
            }

            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private static NodeOptions Options(LocalRunOptions options, TrainerLaunch trainer, string workFolder) => new(
        "local",
        new(new LeasePolicy(TimeSpan.FromSeconds(60), options.FaultLimit)) { StatusEvery = options.ProgressEvery },
        new("local", options.Slots, trainer, workFolder)
        {
            Devices = options.Devices,
            Lanes = options.Lanes,
            Engine = options.Engine,
            CheckpointEvery = options.CheckpointEvery,
            KeepsNetworks = options.KeepsNetworks,
            KeepsFinals = options.KeepsFinals,
            ProgressEvery = options.ProgressEvery,
            HangTimeout = options.HangTimeout,
        })
    {
        Port = options.Port,
    };
}
