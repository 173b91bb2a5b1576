using PinnSweep.Cluster.Protocol;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Api;

/// <summary>What a worker trains, with the words of the plans that want it and the moments that the store knows.</summary>
internal static class WorkerDetails
{
    public static async Task<WorkerDetailModel> OfAsync(ApiParts parts, WorkerSummary worker, IReadOnlyList<HeldAttempt> held, CancellationToken cancel)
    {
        var training = new List<TrainingModel>();
        foreach (var study in held.GroupBy(attempt => attempt.Study))
        {
            // A study that was just grown may have trials that this plan does not know yet.
            var stored = await parts.Studies.FindAsync(study.Key, cancel);
            var plan = await parts.Studies.PlanAsync(stored, cancel);
            var keys = study.Select(attempt => attempt.Attempt.Key).ToHashSet();
            var trials = plan.Trials.Where(trial => keys.Contains(trial.Key)).ToDictionary(trial => trial.Key);
            training.AddRange(await Task.Run(
                () => study.Select(attempt => Of(attempt, stored, plan, trials.GetValueOrDefault(attempt.Attempt.Key), worker, parts.Store.Studies)).ToArray(), cancel));
        }

        return new(WorkerModels.Of(worker), [.. training.OrderBy(attempt => attempt.Slot ?? int.MaxValue).ThenBy(attempt => attempt.Key, StringComparer.Ordinal)]);
    }

    private static TrainingModel Of(HeldAttempt held, StoredStudy study, StudyPlan plan, PlannedTrial? trial, WorkerSummary worker, IStudyStore store) => new(
        held.Attempt.Key.Hex,
        study.Name,
        trial is null ? new Dictionary<string, string>() : StudyModels.Labels(plan, trial.CellIndex),
        trial?.Description.Seed,
        held.Attempt.Number,
        held.Place.Slot,
        DeviceOf(held.Place, worker.Slots),
        held.Slots,
        held.Progress.Step,
        held.Progress.Share,
        ApiJson.Known(held.Progress.RelativeL2),
        ApiJson.Known(held.Progress.StepsPerSecond),
        store.AttemptsOf(held.Attempt.Key).FirstOrDefault(attempt => attempt.Attempt == held.Attempt.Number)?.LeasedAt);

    /// <summary>Slots on GPUs have the first numbers.</summary>
    private static string? DeviceOf(HeldPlace place, SlotCount slots) => place is { Slot: { } slot, Device: { } device }
        ? FormattableString.Invariant($"{(slot < slots.Gpu ? Devices.Gpu : Devices.Cpu)} {device}")
        : null;
}
