using System.Diagnostics;
using System.Text.Json;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.TrainerProtocol;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Trainers;

/// <summary>One trial without a cluster: starts a trainer, hands it the trial, and reads the result.</summary>
internal static class SingleTrial
{
    // No result is longer, and less is no room for one.
    private const long LeastBytes = 1 << 20;

    // A trainer that keeps silent for this long hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Trains a trial to its end.</summary>
    /// <param name="description">The trial.</param>
    /// <param name="engine"><c>auto</c>, <c>fused</c> or <c>torch</c>.</param>
    /// <param name="progress">Told twice a second.</param>
    /// <param name="note">Told what the trainer remarks.</param>
    /// <param name="stop">Ends the trainer.</param>
    /// <exception cref="TrainerFaultException">The trainer broke.</exception>
    public static async Task<TrialResult> TrainAsync(
        TrialDescription description, string engine, Action<TrainerProtocol.Progress> progress, Action<string> note, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("pinnsweep-train-").FullName;
        try
        {
            using var trainer = ChildProcesses.StartTrainer(TrainerProgram.Find());
            try
            {
                // Errors are the last words of a crash; unread, they would fill the pipe and block the trainer.
                var errors = trainer.StandardError.ReadToEndAsync(CancellationToken.None);
                var train = new TrainerProtocol.Train(description.Canonical(), 1, folder, null, TimeSpan.FromDays(1).TotalSeconds, 0.5, engine);
                try
                {
                    await trainer.StandardInput.WriteLineAsync(JsonSerializer.Serialize<TrainerProtocol.Command>(train, TrainerProtocol.Json).AsMemory(), stop);
                    await trainer.StandardInput.FlushAsync(stop);
                }
                catch (IOException)
                {
                    // It ended at once; its last words, which say why, follow.
                }

                return await ListenAsync(trainer, errors, progress, note, stop);
            }
            catch (TrainerFaultException fault) when (new DriveInfo(folder).AvailableFreeSpace < LeastBytes)
            {
                throw new UserMistakeException($"the disk of the folder for temporary files, {Path.GetTempPath()}, is full ({fault.Message}): make room, or name another folder by TMPDIR", fault);
            }
            finally
            {
                if (!trainer.HasExited)
                {
                    trainer.Kill(entireProcessTree: true);
                }
            }
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

    private static async Task<string?> LineAsync(Process trainer, CancellationToken stop)
    {
        try
        {
            return await trainer.StandardOutput.ReadLineAsync(stop).AsTask().WaitAsync(Patience, stop);
        }
        catch (TimeoutException)
        {
            throw new TrainerFaultException($"the trainer has said nothing for {Patience.TotalMinutes:0} minutes: it hangs, or the machine is far too busy");
        }
    }

    private static async Task<TrialResult> ListenAsync(Process trainer, Task<string> errors, Action<TrainerProtocol.Progress> progress, Action<string> note, CancellationToken stop)
    {
        while (await LineAsync(trainer, stop) is { } line)
        {
            switch (JsonSerializer.Deserialize<TrainerProtocol.Event>(line, TrainerProtocol.Json))
            {
                case TrainerProtocol.Progress now:
                    progress(now);
                    break;
                case TrainerProtocol.Note remark:
                    note(remark.Message);
                    break;
                case TrainerProtocol.Failed failed:
                    throw new TrainerFaultException($"{failed.Kind}: {failed.Message}");
                case TrainerProtocol.Finished finished:
                    await using (var result = File.OpenRead(finished.Path))
                    {
                        return (await JsonSerializer.DeserializeAsync<TrialResult>(result, TrainerProtocol.Json, stop))!;
                    }
            }
        }

        await trainer.WaitForExitAsync(stop);
        var words = await errors;
        throw new TrainerFaultException($"the trainer ended with exit code {trainer.ExitCode}{(words.Length > 0 ? $": {words.Trim()}" : "")}");
    }
}

/// <summary>A trainer process broke; what it said is the message.</summary>
internal sealed class TrainerFaultException(string message) : Exception(message);
