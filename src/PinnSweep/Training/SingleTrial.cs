using System.Diagnostics;
using System.Text.Json;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Studies;

namespace PinnSweep.Training;

/// <summary>One trial without a cluster: starts a trainer, hands it the trial, and reads the result.</summary>
internal static class SingleTrial
{
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
                await trainer.StandardInput.WriteLineAsync(JsonSerializer.Serialize<TrainerProtocol.Command>(train, TrainerProtocol.Json).AsMemory(), stop);
                await trainer.StandardInput.FlushAsync(stop);
                return await ListenAsync(trainer, errors, progress, note, stop);
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
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<TrialResult> ListenAsync(Process trainer, Task<string> errors, Action<TrainerProtocol.Progress> progress, Action<string> note, CancellationToken stop)
    {
        while (await trainer.StandardOutput.ReadLineAsync(stop).AsTask().WaitAsync(Patience, stop) is { } line)
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
