using System.Threading.Channels;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Mistakes;
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
    /// <param name="launch">How its trainer is started.</param>
    /// <param name="description">The trial.</param>
    /// <param name="engine"><c>auto</c>, <c>fused</c> or <c>torch</c>.</param>
    /// <param name="keepsNetwork">Whether the trained network is wanted too.</param>
    /// <param name="progress">Told twice a second.</param>
    /// <param name="note">Told what the trainer remarks.</param>
    /// <param name="stop">Ends the trainer.</param>
    /// <returns>The result and the network's file; null where it is not wanted or nothing finite is left of it.</returns>
    /// <exception cref="TrainerFaultException">The trainer broke.</exception>
    public static async Task<(TrialResult Result, byte[]? Network)> TrainAsync(
        TrainerLaunch launch, TrialDescription description, string engine, bool keepsNetwork, Action<AttemptProgress> progress, Action<string> note, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("pinnsweep-train-").FullName;
        try
        {
            // Where nothing is restarted, the whole of its last words tells why.
            var signals = Channel.CreateUnbounded<TrainerSignal>();
            var trainer = TrainerProcess.Start(launch, signal => signals.Writer.TryWrite(signal), errorLines: int.MaxValue);
            try
            {
                WarmUp.Begin();
                // One that ended at once is not told, and its end follows.
                trainer.Send(new TrainerProtocol.Train(description.Canonical(), 1, folder, null, TimeSpan.FromDays(1).TotalSeconds, 0.5, engine) { KeepsNetwork = keepsNetwork });
                return await ListenAsync(signals.Reader, progress, note, stop);
            }
            catch (TrainerFaultException fault) when (new DriveInfo(folder).AvailableFreeSpace < LeastBytes)
            {
                throw new UserMistakeException($"the disk of the folder for temporary files, {Path.GetTempPath()}, is full ({fault.Message}): make room, or name another folder by TMPDIR", fault);
            }
            finally
            {
                trainer.Kill();
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

    private static async Task<(TrialResult Result, byte[]? Network)> ListenAsync(
        ChannelReader<TrainerSignal> signals, Action<AttemptProgress> progress, Action<string> note, CancellationToken stop)
    {
        while (true)
        {
            switch (await NextAsync(signals, stop))
            {
                case TrainerSignal.Said { Event: TrainerProtocol.Progress now }:
                    progress(now.Told());
                    break;
                case TrainerSignal.Said { Event: TrainerProtocol.Note remark }:
                    note(remark.Message);
                    break;
                case TrainerSignal.Said { Event: TrainerProtocol.Failed failed }:
                    throw new TrainerFaultException($"{failed.Kind}: {failed.Message}");
                case TrainerSignal.Said { Event: TrainerProtocol.Finished finished }:
                    var result = await TrainerProcess.ReadResultAsync(finished, stop);
                    return (result, finished.Network is { } network ? await File.ReadAllBytesAsync(network.Path, stop) : null);
                case TrainerSignal.Garbled garbled:
                    throw new TrainerFaultException($"the trainer broke the protocol: {garbled.Line}");
                case TrainerSignal.Ended ended:
                    var words = ended.LastErrors.Trim();
                    throw new TrainerFaultException($"the trainer ended with exit code {ended.ExitCode}{(words.Length > 0 ? $": {words}" : "")}");
            }
        }
    }

    private static async Task<TrainerSignal> NextAsync(ChannelReader<TrainerSignal> signals, CancellationToken stop)
    {
        try
        {
            return await signals.ReadAsync(stop).AsTask().WaitAsync(Patience, stop);
        }
        catch (TimeoutException)
        {
            throw new TrainerFaultException($"the trainer has said nothing for {Patience.TotalMinutes:0} minutes: it hangs, or the machine is far too busy");
        }
    }
}

/// <summary>A trainer process broke; what it said is the message.</summary>
internal sealed class TrainerFaultException(string message) : Exception(message);
