using System.Globalization;
using PinnSweep.Cluster.Protocol;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Pages;

/// <summary>Why workers have nothing to do, or studies nobody who does it, in sentences. A pure function of what the coordinator told.</summary>
internal static class IdleReasons
{
    public static IEnumerable<string> Of(IReadOnlyCollection<WorkerSummary> workers, IReadOnlyCollection<StudyStatus> studies)
    {
        var wanting = studies.Where(study => study.Waiting > 0 && study is { IsPaused: false, IsCancelled: false }).ToList();
        if (workers.Count == 0)
        {
            yield return "No worker is registered. `pinnsweep node --roles worker` starts one; a node that looks for its coordinator says so in its log.";
            yield break;
        }

        foreach (var worker in workers)
        {
            if (worker.Paused is { } why)
            {
                yield return $"{worker.Name} takes nothing: {why}.";
            }
            else if (worker.IsDraining)
            {
                yield return $"{worker.Name} takes nothing new: it {(worker.Mode == WorkerMode.Resting ? "rests" : "drains")}.";
            }
        }

        if (wanting.Count == 0)
        {
            yield return studies.FirstOrDefault(study => study.IsPaused) is { } paused
                ? $"Nothing waits for a worker: {paused.Name} is paused."
                : "Nothing waits for a worker.";
            yield break;
        }

        var taking = workers.Where(worker => worker is { IsDraining: false, Paused: null }).ToList();
        foreach (var study in wanting)
        {
            var usable = taking.Sum(worker => worker.Slots.Of(study.Placement.Device));
            if (usable == 0)
            {
                yield return Text($"{study.Name} has {study.Waiting} trials waiting for a {(study.Placement.Device is { } device ? $"{device} slot" : "slot")}, and no worker that takes work has one.");
            }
            else if (study.Placement.MaxRunning is { } most && study.RunningCount >= most)
            {
                yield return Text($"{study.Name} runs as many trials as it may at a time ({most}); {study.Waiting} wait.");
            }
        }

        if (taking.Count > 0 && taking.Sum(worker => worker.Running) >= taking.Sum(worker => worker.Slots.Total))
        {
            yield return Text($"Every slot is taken; {wanting.Sum(study => study.Waiting)} trials wait for one.");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
