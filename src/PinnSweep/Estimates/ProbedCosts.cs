using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Estimates;

/// <summary>
/// What trials of a plan cost, by training the first steps of some of them: as many trainers as a run has slots, so that they are in one
/// another's way as they will be. Nothing is kept.
/// </summary>
internal static class ProbedCosts
{
    /// <summary>Cells that are tried at most; others cost what similar ones do.</summary>
    public const int MostCells = 8;

    // A result with a curve of a hundred points and a field (`bench reports`).
    private const int ResultBytes = 11_000;

    // What the state at the end and the network take in a store, compressed, of the bytes of a checkpoint (quickstart: 103 KB of 131).
    private const double KeptShare = 0.8;

    private const double ProgressSeconds = 0.05;

    // The first steps wait for the compiler.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(0.8);
    
    // A machine that others use takes its time to start a trainer; nobody waits longer than that.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>The cells that could be measured; none where no trainer gets to its first steps in time.</summary>
    public static async Task<ImmutableArray<MeasuredCell>> OfAsync(StudyPlan plan, TrainerLaunch launch, int slots, CancellationToken stop)
    {
        var cells = plan.Trials.DistinctBy(trial => trial.Description.Levels).ToArray();
        var waiting = Channel.CreateUnbounded<PlannedTrial>();
        foreach (var trial in Enumerable.Range(0, Math.Min(cells.Length, MostCells)).Select(i => cells[i * cells.Length / Math.Min(cells.Length, MostCells)]))
        {
            waiting.Writer.TryWrite(trial);
        }

        waiting.Writer.Complete();
        var folder = Directory.CreateTempSubdirectory("pinnsweep-plan-").FullName;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(Limit);
            var trainers = Math.Min(slots, Math.Min(cells.Length, MostCells));
            var measured = await Task.WhenAll(Enumerable.Range(0, trainers).Select(number => ProbeAsync(launch, waiting.Reader, Path.Combine(folder, $"{number}"), limit.Token)));
            stop.ThrowIfCancellationRequested();
            return [.. measured.SelectMany(some => some)];
        }
        finally
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // A trainer that was killed may still end in it; it lies among temporary files.
            }
        }
    }

    private static async Task<List<MeasuredCell>> ProbeAsync(TrainerLaunch launch, ChannelReader<PlannedTrial> waiting, string folder, CancellationToken limit)
    {
        var measured = new List<MeasuredCell>();
        var signals = Channel.CreateUnbounded<TrainerSignal>();
        var trainer = TrainerProcess.Start(launch, signal => signals.Writer.TryWrite(signal));
        try
        {
            while (waiting.TryRead(out var trial))
            {
                Directory.CreateDirectory(folder);
                trainer.Send(new TrainerProtocol.Train(trial.Description.Canonical(), 1, folder, null, TimeSpan.FromDays(1).TotalSeconds, ProgressSeconds, "auto"));
                if (await MeasureAsync(trainer, signals.Reader, trial, limit) is { } cell)
                {
                    measured.Add(cell);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // What was measured in time is what there is.
        }
        finally
        {
            trainer.Kill();
        }

        return measured;
    }

    /// <summary>The steps of one trial until the window is over; null where it broke.</summary>
    private static async Task<MeasuredCell?> MeasureAsync(TrainerProcess trainer, ChannelReader<TrainerSignal> signals, PlannedTrial trial, CancellationToken limit)
    {
        var clock = new Stopwatch();
        (int Step, double At)? settled = null;
        var perStep = 0.0;
        var isStopping = false;
        while (true)
        {
            TrainerSignal signal;
            try
            {
                signal = await signals.ReadAsync(limit);
            }
            catch (OperationCanceledException) when (perStep > 0)
            {
                // The time is over, and what a step takes is known.
                return new(trial.Description.Levels, perStep, ResultBytes + StoredCosts.RowBytes);
            }

            switch (signal)
            {
                case TrainerSignal.Said { Event: TrainerProtocol.Progress { Step: > 0 } now }:
                    clock.Start();
                    if (settled is not { } from)
                    {
                        perStep = now.StepsPerSecond > 0 ? 1 / now.StepsPerSecond : perStep;
                        settled = clock.Elapsed >= Settling ? (now.Step, clock.Elapsed.TotalSeconds) : null;
                    }
                    else if (now.Step > from.Step)
                    {
                        perStep = (clock.Elapsed.TotalSeconds - from.At) / (now.Step - from.Step);
                    }

                    if (clock.Elapsed > Window && !isStopping)
                    {
                        isStopping = true;
                        trainer.Send(new TrainerProtocol.Stop());
                    }

                    break;
                case TrainerSignal.Said { Event: TrainerProtocol.Checkpointed kept } when perStep > 0:
                    return await EndedAsync(signals, limit) ? new(trial.Description.Levels, perStep, ResultBytes + StoredCosts.RowBytes + (long)(kept.Bytes * KeptShare)) : null;
                case TrainerSignal.Said { Event: TrainerProtocol.Finished done }:
                    // So short a training is known as a whole; its first steps alone are the compiler's.
                    return done.Steps > 0 ? new(trial.Description.Levels, settled is null ? done.Seconds / done.Steps : perStep, done.Bytes + StoredCosts.RowBytes) : null;
                case TrainerSignal.Said { Event: TrainerProtocol.Failed or TrainerProtocol.Stopped }:
                    return null;
                case TrainerSignal.Garbled or TrainerSignal.Ended:
                    throw new OperationCanceledException("the trainer is gone");
            }
        }
    }

    private static async Task<bool> EndedAsync(ChannelReader<TrainerSignal> signals, CancellationToken limit)
    {
        while (await signals.ReadAsync(limit) is var signal)
        {
            switch (signal)
            {
                case TrainerSignal.Said { Event: TrainerProtocol.Stopped or TrainerProtocol.Finished or TrainerProtocol.Failed }:
                    return true;
                case TrainerSignal.Ended:
                    throw new OperationCanceledException("the trainer is gone");
            }
        }

        return false;
    }
}
