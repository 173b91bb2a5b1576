using System.Collections.Immutable;
using PinnSweep.Storage;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Views;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Api;

/// <summary>
/// Studies as they stand now, from the coordinator and the store. The rows of a study are read again only when the coordinator counts
/// otherwise than before, and by one reader for all who ask at once.
/// </summary>
internal sealed class StudyStates(Store store, StudyIndex studies, Coordinator coordinator)
{
    /// <summary>What runs where nobody is known to train.</summary>
    public static readonly IReadOnlyDictionary<TrialKey, RunningAttempt> NothingRuns = new Dictionary<TrialKey, RunningAttempt>();

    private const int Kept = 8;
    private readonly Lock _lock = new();
    private readonly LinkedList<Rows> _rows = new();

    /// <summary>A study by name, hash or the beginning of a hash.</summary>
    /// <exception cref="RefusalException">There is no such study, or several, or it was never submitted.</exception>
    public async Task<StudyView> OfAsync(string id, CancellationToken cancel)
    {
        var study = await studies.FindAsync(id, cancel);
        var status = await StatusAsync(study.Hash, study.Name, 0, cancel);
        return await OfAsync(await studies.PlanAsync(study, cancel), status, cancel);
    }

    /// <summary>The same of a state that was told already.</summary>
    public async Task<StudyView> OfAsync(StudyPlan plan, StudyStatus status, CancellationToken cancel)
    {
        plan = status.Stage?.Number >= plan.Stages.Length ? await studies.GrownAsync(plan, cancel) : plan;
        var running = await RunningAsync(plan, status, cancel);
        return StudyView.Of(plan, await RowsAsync(plan, status).WaitAsync(cancel), status, running);
    }

    private async Task<StudyStatus> StatusAsync(string hash, string name, int fromPosition, CancellationToken cancel) =>
        await coordinator.AskAsync<Cluster.Protocol.IClusterMessage>(new GetStudy(hash, fromPosition), cancel) as StudyStatus
        ?? throw RefusalException.NotFound($"study {name} is in the store, but was never submitted");

    private Task<ImmutableArray<StoredTrial>> RowsAsync(StudyPlan plan, StudyStatus status)
    {
        // A state without its attempts and their progress: what the tables know changes with nothing else.
        var counts = (status.Planned, status.Accepted, status.Quarantined, status.Cancelled, status.Waiting, status.RunningCount, status.Faults, plan.Trials.Length);
        lock (_lock)
        {
            if (_rows.FirstOrDefault(rows => rows.Hash == plan.Hash) is { } known)
            {
                if (known.Counts == counts && !known.Trials.IsFaulted)
                {
                    return known.Trials;
                }

                _rows.Remove(known);
            }

            var trials = Task.Run(() => store.Studies.PageOf(plan.Hash, 0, plan.Trials.Length));
            _rows.AddFirst(new Rows(plan.Hash, counts, trials));
            while (_rows.Count > Kept)
            {
                _rows.RemoveLast();
            }

            return trials;
        }
    }

    /// <summary>What runs; where more runs than one answer holds, it is asked for from the last trial told on.</summary>
    private async Task<Dictionary<TrialKey, RunningAttempt>> RunningAsync(StudyPlan plan, StudyStatus status, CancellationToken cancel)
    {
        var running = status.Running.ToDictionary(attempt => attempt.Attempt.Key);
        if (status.Running.Length == status.RunningCount)
        {
            return running;
        }

        var positions = plan.Trials.Select((trial, position) => (trial.Key, position)).ToDictionary(pair => pair.Key, pair => pair.position);
        var listed = status.Running;
        while (listed.Length >= StudyStatus.MaxListed && positions.TryGetValue(listed[^1].Attempt.Key, out var last))
        {
            listed = (await StatusAsync(status.Hash, status.Name, last + 1, cancel)).Running;
            foreach (var attempt in listed)
            {
                running[attempt.Attempt.Key] = attempt;
            }
        }

        return running;
    }

    private sealed record Rows(string Hash, (int, int, int, int, int, int, int, int) Counts, Task<ImmutableArray<StoredTrial>> Trials);
}
