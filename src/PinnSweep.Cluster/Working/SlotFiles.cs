using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Blobs;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Storage.Blobs;
using PinnSweep.Studies.Diagnosis;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using LogEvents = PinnSweep.Cluster.Logging.LogEvents;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// The files of a slot's attempts between its folder and the store. What each tells is the answer of the slot's state machine; whatever is
/// no outcome that it knows escapes and ends the slot.
/// </summary>
/// <param name="folder">The slot's own.</param>
/// <param name="blobs">The store.</param>
/// <param name="node">The worker's name, for the log.</param>
/// <param name="log">Told of what is lost and what is finished.</param>
internal sealed class SlotFiles(string folder, IBlobStore blobs, string node, ILogger log)
{
    public string FolderOf(AttemptId attempt) => Path.Combine(folder, $"{attempt.Key.Short}-{attempt.Number}");

    public SlotCommand.Answer MakeFolder(AttemptId attempt)
    {
        try
        {
            Directory.CreateDirectory(FolderOf(attempt));
            return new SlotCommand.FolderMade(attempt);
        }
        catch (Exception unusable) when (TroubleSigns.OfFolder(unusable) is { } trouble)
        {
            return new SlotCommand.MachineRefused(attempt, trouble);
        }
    }

    public void DeleteFolder(AttemptId attempt)
    {
        try
        {
            Directory.Delete(FolderOf(attempt), recursive: true);
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            // A trainer that is just being killed may still write; the whole work folder goes when the node ends.
        }
    }

    public async Task<SlotCommand.Answer> FetchAsync(AttemptId attempt, CheckpointReference checkpoint)
    {
        var path = Path.Combine(FolderOf(attempt), "resume.checkpoint");
        try
        {
            await blobs.FetchAsync(checkpoint.Blob, path, CancellationToken.None);
            return new SlotCommand.CheckpointFetched(attempt, path);
        }
        catch (Exception unusable) when (unusable is BlobCorruptException or BlobRefusedException or KeyNotFoundException)
        {
            LogEvents.CheckpointUnusable(log, unusable, attempt.Key, checkpoint.Step, attempt.Number);
            return new SlotCommand.CheckpointUnusable(attempt, unusable.Message, unusable is not BlobRefusedException { IsOfWorker: true });
        }
        catch (Exception unusable) when (TroubleSigns.OfFolder(unusable) is { } trouble)
        {
            return new SlotCommand.MachineRefused(attempt, trouble);
        }
    }

    public async Task<SlotCommand.Answer> StoreAsync(AttemptId attempt, TrainerProtocol.Checkpointed told)
    {
        try
        {
            await blobs.PutAsync(told.Path, told.Sha256, told.Bytes, CancellationToken.None);
            return new SlotCommand.CheckpointStored(attempt, new(told.Sha256, told.Bytes, told.Step));
        }
        catch (BlobRefusedException refused) when (refused.IsOfWorker)
        {
            return new SlotCommand.StoreRefused(attempt, refused.Message);
        }
        catch (Exception unreadable) when (TroubleSigns.OfCheckpoint(unreadable, FolderOf(attempt)) is { } trouble)
        {
            return new SlotCommand.MachineRefused(attempt, trouble);
        }
        catch (Exception refused) when (refused is BlobCorruptException or BlobRefusedException or IOException)
        {
            LogEvents.CheckpointNotStored(log, refused, attempt.Key, attempt.Number, told.Step);
            return new SlotCommand.CheckpointNotStored(attempt);
        }
    }

    public async Task<SlotCommand.Answer> StoreAsync(SlotJob job, TrainerProtocol.Finished told)
    {
        var attempt = job.Attempt;
        try
        {
            var result = await TrainerProcess.ReadResultAsync(told, CancellationToken.None);
            if (result.Key != attempt.Key)
            {
                return new SlotCommand.ResultUnusable(attempt, "the trainer's result is of another trial");
            }

            await blobs.PutAsync(told.Path, told.Sha256, told.Bytes, CancellationToken.None);
            var network = await StoreAsync(attempt, told.Network, LogEvents.NetworkNotStored);
            var end = await StoreAsync(attempt, told.End, LogEvents.EndNotStored);
            LogFinished(job, result);
            return new SlotCommand.ResultStored(
                attempt,
                new(told.Sha256, told.Bytes, result.Outcome, result.Steps, result.Final.RelativeL2, result.Seconds)
                {
                    Network = network,
                    Final = end is null ? null : new(end, told.End!.Bytes, result.Steps),
                });
        }
        catch (BlobRefusedException refused) when (refused.IsOfWorker)
        {
            return new SlotCommand.StoreRefused(attempt, refused.Message);
        }
        catch (Exception unreadable) when (TroubleSigns.OfFolder(unreadable) is { } trouble)
        {
            return new SlotCommand.MachineRefused(attempt, trouble);
        }
        catch (Exception refused) when (refused is BlobCorruptException or BlobRefusedException or IOException or InvalidDataException)
        {
            return new SlotCommand.ResultUnusable(attempt, $"the trainer's result cannot be used: {refused.Message}");
        }
    }

    /// <summary>A file beside a result; null where it was not kept. A result is worth more than that: without it stands too.</summary>
    private async Task<string?> StoreAsync(AttemptId attempt, TrainerProtocol.KeptFile? told, Action<ILogger, Exception, TrialKey, int> noteLoss)
    {
        if (told is null)
        {
            return null;
        }

        try
        {
            await blobs.PutAsync(told.Path, told.Sha256, told.Bytes, CancellationToken.None);
            return told.Sha256;
        }
        catch (Exception refused) when (refused is BlobCorruptException or BlobRefusedException { IsOfWorker: false } or IOException)
        {
            noteLoss(log, refused, attempt.Key, attempt.Number);
            return null;
        }
    }

    private void LogFinished(SlotJob job, TrialResult result)
    {
        var description = TrialDescription.Parse(job.Start.Description);
        var levels = description.Levels;
        LogEvents.TrialFinished(
            log, job.Attempt.Key, job.Attempt.Number, node, result.Outcome, result.Final.RelativeL2, result.Steps, levels.Problem.Kind,
            levels.Network.Kind, levels.Balancer.Kind, levels.Sampler.Kind, levels.Optimizer.Kind, description.Seed);
        LogEvents.TrialTimed(
            log, job.Attempt.Key, result.Seconds, node, 1000 * result.Seconds / Math.Max(1, result.Steps), result.Steps, TrialShape.Of(levels).Words, result.ParameterCount);
        foreach (var symptom in TrialDiagnosis.Of(result))
        {
            LogEvents.TrialShowsSymptom(log, job.Attempt.Key, symptom.Rule, symptom.Term, symptom.Finding, levels.Problem.Kind, levels.Balancer.Kind);
        }
    }
}
