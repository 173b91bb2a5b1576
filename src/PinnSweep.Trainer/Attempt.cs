using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials;
using PinnSweep.Training;
using PinnSweep.Training.Checkpoints;
using PinnSweep.Training.Results;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Trainer;

/// <summary>One attempt at a trial: trains, tells progress, leaves checkpoints, and ends with a result or at a stop.</summary>
internal sealed class Attempt(TrainerProtocol.Train command, AttemptEngines engines, ProtocolOutput output, TimeProvider clock)
{
    // A dense matrix of second derivatives takes up to 144 MB; what nobody may ever ask for again is not worth that beside each result.
    private const int LongestEnd = 16 << 20;
    private readonly Queue<string> _checkpoints = new();
    private volatile bool _stop;
    private bool _wentOn;

    public int Number => command.Attempt;

    public int Lane => command.Lane;

    public void Stop() => _stop = true;

    /// <summary>Trains to the end or to a stop.</summary>
    /// <param name="company">Who else trains in this process meanwhile.</param>
    public TrainerProtocol.Event Run(Company.Presence company)
    {
        var started = clock.GetUtcNow();
        Directory.CreateDirectory(command.Folder);
        using var training = Begin();
        TellPart("prepare", started);
        var progress = new Every(clock, command.ProgressSeconds);
        var checkpoint = new Every(clock, command.CheckpointSeconds);
        while (!training.IsFinished && !_stop)
        {
            training.Advance();
            if (progress.IsDue())
            {
                Tell(training);
            }

            if (!training.IsFinished && checkpoint.IsDue())
            {
                WriteCheckpoint(training);
            }
        }

        if (!training.IsFinished)
        {
            WriteCheckpoint(training);
            return new TrainerProtocol.Stopped(Number, training.Step);
        }

        Tell(training);
        if (command.KeepsFinal && training.Final is { } final)
        {
            WriteCheckpoint(training.Step, final);
        }

        return WriteResult(training, started, company);
    }

    private void Say(TrainerProtocol.Event message) => output.Write(message with { Lane = command.Lane });

    private TrainingLoop Begin()
    {
        var description = TrialDescription.Parse(command.Description);
        var training = Create(description);
        if (command.ResumeFrom is not { } path)
        {
            return training;
        }

        try
        {
            using var file = PackedCheckpoint.Open(File.ReadAllBytes(path));
            training.Load(file);
            _wentOn = true;
            return training;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // A checkpoint that cannot be read costs time, not the trial: from the beginning the result is the same to the last digit.
            Say(new TrainerProtocol.Note("warning", $"begins anew, because the checkpoint {path} cannot be used: {exception.Message}"));
            training.Dispose();
            return Create(description);
        }
    }

    private TrainingLoop Create(TrialDescription description) =>
        new(PinnTrials.Assemble(description, engines, note => Say(new TrainerProtocol.Note("warning", note))), clock)
        {
            KeepsFinal = command.KeepsFinal || command.KeepsEnd,
            LongestFinal = command.KeepsFinal ? int.MaxValue : LongestEnd,
        };

    private void Tell(TrainingLoop training)
    {
        var budget = training.Trial.Description.Budget;
        Say(TrainerProtocol.Progress.Of(Number, new(
            training.Step,
            budget.Steps is null ? training.Seconds : training.Step,
            budget.Steps ?? budget.Seconds!.Value,
            training.Loss,
            training.Curve[^1].RelativeL2,
            training.Seconds > 0 ? training.Step / training.Seconds : 0)));
    }

    /// <summary>Only a worker that records traces asks for it.</summary>
    private void TellPart(string name, DateTimeOffset began)
    {
        if (command.TraceParent is not null)
        {
            Say(new TrainerProtocol.Part(Number, name, began, clock.GetUtcNow()));
        }
    }

    private void WriteCheckpoint(TrainingLoop training)
    {
        using var state = new MemoryStream();
        training.Save(state);
        WriteCheckpoint(training.Step, state.GetBuffer().AsSpan(0, (int)state.Length));
    }

    private void WriteCheckpoint(int step, ReadOnlySpan<byte> state)
    {
        using var aside = engines.Aside();
        var began = clock.GetUtcNow();
        var file = AtomicFile.Write(command.Folder, $"checkpoint-{step}.bin", state);
        TellPart("write checkpoint", began);
        Say(new TrainerProtocol.Checkpointed(Number, step, file.Path, file.Sha256, file.Bytes));

        // The one before may still be on its way to the store.
        _checkpoints.Enqueue(file.Path);
        if (_checkpoints.Count > 2)
        {
            File.Delete(_checkpoints.Dequeue());
        }
    }

    private TrainerProtocol.KeptFile? WriteNetwork(TrainingLoop training)
    {
        if (training.Network() is not { } network)
        {
            return null;
        }

        return Kept(AtomicFile.Write(command.Folder, $"network{NetworkFile.Extension}", NetworkFile.Write(network)));
    }

    private static TrainerProtocol.KeptFile Kept(WrittenFile file) => new(file.Path, file.Sha256, file.Bytes);

    private TrainerProtocol.Finished WriteResult(TrainingLoop training, DateTimeOffset started, Company.Presence company)
    {
        var began = clock.GetUtcNow();
        var result = training.Result(EvidenceOf.Trial(training.Trial, started, clock.GetUtcNow()) with
        {
            Lanes = company.Lanes,
            Beside = company.Beside,
            WentOn = _wentOn ? command.Continued : null,
        });
        using var aside = engines.Aside();
        var file = AtomicFile.Write(command.Folder, "result.packed", PackedResult.Pack(result));
        var network = command.KeepsNetwork ? WriteNetwork(training) : null;
        var end = command.KeepsEnd && training.Trial.MayGoOn && training.Final is { } final ? Kept(AtomicFile.Write(command.Folder, "end.checkpoint", PackedCheckpoint.Pack(final))) : null;
        TellPart("write result", began);
        return new(Number, file.Path, file.Sha256, file.Bytes, result.Outcome, result.Steps, result.Final.RelativeL2, result.Seconds) { Network = network, End = end };
    }
}
