using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Blobs;
using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Storage.Blobs;
using PinnSweep.Studies.TrainerProtocol;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;
using static PinnSweep.Cluster.Working.SlotMessages;
using LogEvents = PinnSweep.Cluster.Logging.LogEvents;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// Owns one trainer process and the attempt it trains: keeps the process for the next trial while it is healthy, replaces it when it is not,
/// and puts its checkpoints and results into the store. Persists nothing. It is never restarted: its worker watches it, reports the attempt
/// as faulted and makes a new one. Lives on a thread of its own because files, hashing and starting processes block; a message that stores
/// something is finished before the next is looked at, so a checkpoint is always reported before the end of its attempt.
/// One long file: it is a table of the trainer's protocol, and all of it is about the one attempt.
/// </summary>
internal sealed class SlotActor : ReceiveActor, IWithTimers
{
    private readonly WorkerSettings _settings;
    private readonly TrainerLaunch _launch;
    private readonly string _engine;
    private readonly IBlobStore _blobs;
    private readonly ILogger _log;
    private readonly string _folder;
    private TrainerProcess? _trainer;
    private bool _isReady;
    private SlotJob? _job;
    private TimeSpan _waitedBefore;

    public SlotActor(WorkerSettings settings, SlotDevice? device, string folder, IBlobStore blobs, ILogger log)
    {
        _settings = settings;
        _launch = settings.Trainer.With(device?.Variables() ?? []);
        _engine = device?.Engine(settings.Engine) ?? settings.Engine;
        _folder = folder;
        _blobs = blobs;
        _log = log;

        ReceiveAsync<Train>(BeginAsync);
        Receive<StopTraining>(stop => RequestStop(stop.Reason));
        Receive<Abandon>(abandon =>
        {
            if (_job?.Attempt == abandon.Attempt)
            {
                LogEvents.AttemptAbandoned(_log, abandon.Attempt.Key, abandon.Attempt.Number, _settings.Name);
                Discard();
                End();
            }
        });
        ReceiveAsync<TrainerSignal.Said>(said => IsCurrent(said) ? HearAsync(said.Event) : Task.CompletedTask);
        Receive<TrainerSignal.Garbled>(IsCurrent, garbled => Fail(FaultKind.Error, "the trainer broke the protocol", Shorten(garbled.Line)));
        Receive<TrainerSignal.Ended>(IsCurrent, ended =>
        {
            LogEvents.TrainerEnded(_log, ended.From.Id, ended.ExitCode);
            _trainer = null;
            if (_job is { } job)
            {
                EndBy(ended, job);
            }
        });
        Receive<TrainerSignal>(_ => { });
        Receive<Hung>(_ => JudgeSilence());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PostStop() => Discard();

    private async Task BeginAsync(Train train)
    {
        var start = train.Start;
        _job = new(start, Path.Combine(_folder, $"{start.Attempt.Key.Short}-{start.Attempt.Number}"));
        ExpectWord();
        try
        {
            Directory.CreateDirectory(_job.Folder);
            if (!EnsureTrainer())
            {
                return;
            }

            if (start.ResumeFrom is { } checkpoint)
            {
                _job.ResumeFrom = await FetchAsync(_job, checkpoint);
            }
        }
        catch (Exception unusable) when (TroubleSigns.OfFolder(unusable) is not null)
        {
            GiveBack(TroubleSigns.OfFolder(unusable)!);
            return;
        }

        Tell();
    }

    private async Task<string?> FetchAsync(SlotJob job, CheckpointReference checkpoint)
    {
        var path = Path.Combine(job.Folder, "resume.checkpoint");
        try
        {
            await _blobs.FetchAsync(checkpoint.Blob, path, CancellationToken.None);
            return path;
        }
        catch (Exception unusable) when (unusable is BlobCorruptException or BlobRefusedException or KeyNotFoundException)
        {
            // Training again from the start gives the same numbers, only later.
            LogEvents.CheckpointUnusable(_log, unusable, job.Attempt.Key, checkpoint.Step, job.Attempt.Number);
            // A worker that is refused everything has seen nothing of the checkpoint.
            if (unusable is not BlobRefusedException { IsOfWorker: true })
            {
                Context.Parent.Tell(new Reported(job.Attempt, new ReportContent.CheckpointLost(checkpoint.Blob, Shorten(unusable.Message))));
            }

            return null;
        }
    }

    private bool EnsureTrainer()
    {
        if (_trainer is not null)
        {
            return true;
        }

        try
        {
            var self = Self;
            _isReady = false;
            _trainer = TrainerProcess.Start(_launch, signal => self.Tell(signal));
            LogEvents.TrainerStarted(_log, _trainer.Id);
            return true;
        }
        catch (Exception refused) when (refused is Win32Exception or IOException or UnauthorizedAccessException)
        {
            GiveBack(TroubleSigns.OfStart(refused));
            return false;
        }
    }

    /// <summary>Hands the job to the trainer once both are ready.</summary>
    private void Tell()
    {
        if (_job is not { IsTold: false } job || !_isReady || _trainer is null)
        {
            return;
        }

        if (job.StopReason is { } reason)
        {
            EndWith(new ReportContent.Released(reason));
            return;
        }

        // One that is gone already has not met the trial; its end follows.
        job.IsTold = _trainer.Send(new TrainerProtocol.Train(
            job.Start.Description, job.Attempt.Number, job.Folder, job.ResumeFrom,
            _settings.CheckpointEvery.TotalSeconds, _settings.ProgressEvery.TotalSeconds, _engine));
        ExpectWord();
        var levels = job.Description.Levels;
        LogEvents.TrialStarted(
            _log, job.Attempt.Key, job.Attempt.Number, _settings.Name, job.ResumeFrom is null ? 0 : job.Start.ResumeFrom!.Step, levels.Problem.Kind,
            levels.Network.Kind, levels.Balancer.Kind, levels.Sampler.Kind, levels.Optimizer.Kind, job.Description.Seed);
    }

    private void RequestStop(string reason)
    {
        if (_job is not null)
        {
            _job.StopReason = reason;
            if (_job.IsTold)
            {
                _trainer?.Send(new TrainerProtocol.Stop());
            }
            else
            {
                EndWith(new ReportContent.Released(reason));
            }
        }
    }

    private async Task HearAsync(TrainerProtocol.Event said)
    {
        if (_job is not null)
        {
            ExpectWord();
        }

        switch (said)
        {
            case TrainerProtocol.Ready ready:
                LogEvents.TrainerReady(_log, _trainer!.Id, ready.Engine, ready.Version);
                _isReady = true;
                Tell();
                break;
            case TrainerProtocol.Progress progress when IsOurs(progress.Attempt):
                Context.Parent.Tell(new Progressed(_job!.Attempt, progress));
                break;
            case TrainerProtocol.Checkpointed checkpointed when IsOurs(checkpointed.Attempt):
                await StoreAsync(checkpointed);
                break;
            case TrainerProtocol.Finished finished when IsOurs(finished.Attempt):
                await StoreAsync(finished);
                break;
            case TrainerProtocol.Stopped stopped when IsOurs(stopped.Attempt):
                EndWith(new ReportContent.Released(_job!.StopReason ?? "the trainer stopped unasked"));
                break;
            case TrainerProtocol.Failed failed when IsOurs(failed.Attempt):
                EndBy(failed);
                break;
            case TrainerProtocol.Note note:
                LogEvents.TrainerSays(_log, note.Level == "warning" ? LogLevel.Warning : LogLevel.Information, _job?.Attempt.Key, note.Message);
                break;
        }

        // A store that was away for a while kept this slot from listening, which is no silence of its trainer.
        if (_job is not null)
        {
            ExpectWord();
        }
    }

    private async Task StoreAsync(TrainerProtocol.Checkpointed checkpointed)
    {
        var (attempt, folder) = (_job!.Attempt, _job.Folder);
        try
        {
            await _blobs.PutAsync(checkpointed.Path, checkpointed.Sha256, checkpointed.Bytes, CancellationToken.None);
            Context.Parent.Tell(new Reported(
                attempt, new ReportContent.Checkpointed(new(checkpointed.Sha256, checkpointed.Bytes, checkpointed.Step))));
        }
        catch (BlobRefusedException refused) when (refused.IsOfWorker)
        {
            GiveBack(refused);
        }
        catch (Exception unreadable) when (TroubleSigns.OfCheckpoint(unreadable, folder) is not null)
        {
            GiveBack(TroubleSigns.OfCheckpoint(unreadable, folder)!);
        }
        catch (Exception refused) when (refused is BlobCorruptException or BlobRefusedException or IOException)
        {
            LogEvents.CheckpointNotStored(_log, refused, attempt.Key, attempt.Number, checkpointed.Step);
        }
    }

    private async Task StoreAsync(TrainerProtocol.Finished finished)
    {
        var job = _job!;
        try
        {
            if (await ReadAsync(finished.Path) is not { } result || result.Key != job.Attempt.Key)
            {
                Fail(FaultKind.Error, "the trainer's result is of another trial", "");
                return;
            }

            await _blobs.PutAsync(finished.Path, finished.Sha256, finished.Bytes, CancellationToken.None);
            var levels = job.Description.Levels;
            LogEvents.TrialFinished(
                _log, job.Attempt.Key, job.Attempt.Number, _settings.Name, result.Outcome, result.Final.RelativeL2, result.Steps, levels.Problem.Kind,
                levels.Network.Kind, levels.Balancer.Kind, levels.Sampler.Kind, levels.Optimizer.Kind, job.Description.Seed);
            EndWith(new ReportContent.Finished(
                new(finished.Sha256, finished.Bytes, result.Outcome, result.Steps, result.Final.RelativeL2, result.Seconds)));
        }
        catch (BlobRefusedException refused) when (refused.IsOfWorker)
        {
            GiveBack(refused);
        }
        catch (Exception unreadable) when (TroubleSigns.OfFolder(unreadable) is not null)
        {
            GiveBack(TroubleSigns.OfFolder(unreadable)!);
        }
        catch (Exception refused) when (refused is BlobCorruptException or BlobRefusedException or IOException or JsonException)
        {
            Fail(FaultKind.Error, $"the trainer's result cannot be used: {refused.Message}", "");
        }
    }

    private static async Task<TrialResult?> ReadAsync(string path)
    {
        await using var file = File.OpenRead(path);
        var result = await JsonSerializer.DeserializeAsync<TrialResult>(file, TrainerProtocol.Json);
        return result is { Curve.IsDefaultOrEmpty: false } ? result : throw new JsonException("a result without a curve");
    }

    /// <summary>A trainer that ended before it was told of the trial says nothing of the trial.</summary>
    private void EndBy(TrainerSignal.Ended ended, SlotJob job)
    {
        if (TrainerExit.ToTrouble(ended, job.IsTold, _settings.Slots) is { } trouble)
        {
            GiveBack(trouble);
        }
        else
        {
            EndWith(new ReportContent.Faulted(TrainerExit.ToFault(ended)));
        }
    }

    private void EndBy(TrainerProtocol.Failed failed)
    {
        if (TrainerExit.ToTrouble(failed) is { } trouble)
        {
            GiveBack(trouble);
        }
        else
        {
            Fail(TrainerExit.KindOf(failed), Shorten(failed.Message), "");
        }
    }

    private void GiveUp()
    {
        var silence = string.Create(CultureInfo.InvariantCulture, $"the trainer said nothing for {_settings.HangTimeout.TotalSeconds} s and was killed");
        if (_job is { IsTold: false })
        {
            GiveBack(new MachineTrouble(TroubleKind.Trainer, $"{silence} before it was ready"));
        }
        else
        {
            Fail(FaultKind.Timeout, silence, "");
        }
    }

    private void Fail(FaultKind kind, string message, string detail)
    {
        Discard();
        if (_job is not null)
        {
            EndWith(new ReportContent.Faulted(new(kind, message, detail)));
        }
    }

    /// <summary>No fault of the trial: the worker is told first, so that it asks for nothing more.</summary>
    private void GiveBack(MachineTrouble trouble)
    {
        Discard();
        Context.Parent.Tell(new MachineFailed(trouble));
        if (_job is not null)
        {
            EndWith(new ReportContent.Released($"no fault of the trial: {trouble.Reason}"));
        }
    }

    /// <summary>No fault of the trial: another worker may store it.</summary>
    private void GiveBack(BlobRefusedException refused)
    {
        Discard();
        Context.Parent.Tell(new BlobsRefused(refused.Message));
        EndWith(new ReportContent.Released("the worker's blobs are refused"));
    }

    private void EndWith(ReportContent content)
    {
        Context.Parent.Tell(new Reported(_job!.Attempt, content));
        End();
    }

    private void End()
    {
        Timers.Cancel(nameof(Hung));
        var folder = _job!.Folder;
        _job = null;
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            // A trainer that is just being killed may still write; the whole work folder goes when the node ends.
        }
    }

    private void Discard()
    {
        _trainer?.Kill();
        _trainer = null;
        _isReady = false;
    }

    private void ExpectWord()
    {
        _waitedBefore = _trainer?.WaitedForProcessor() ?? TimeSpan.Zero;
        Timers.StartSingleTimer(nameof(Hung), Hung.Instance, _settings.HangTimeout);
    }

    /// <summary>A trainer that waits for a processor is not silent by its own fault: it gets as much time more as it waited.</summary>
    private void JudgeSilence()
    {
        var waited = (_trainer?.WaitedForProcessor() ?? TimeSpan.Zero) - _waitedBefore;
        if (waited > _settings.HangTimeout / 20)
        {
            _waitedBefore += waited;
            Timers.StartSingleTimer(nameof(Hung), Hung.Instance, waited);
            return;
        }

        GiveUp();
    }

    private bool IsCurrent(TrainerSignal signal) => ReferenceEquals(signal.From, _trainer);

    private bool IsOurs(int attempt) => _job is { IsTold: true } job && job.Attempt.Number == attempt;

    private static string Shorten(string text) => text.Length <= 2000 ? text : $"{text[..2000]}…";

    private sealed record Hung : INoSerializationVerificationNeeded
    {
        public static Hung Instance { get; } = new();
    }
}
