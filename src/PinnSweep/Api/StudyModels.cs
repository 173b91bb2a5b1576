using PinnSweep.Annotations;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Api;

/// <summary>What the coordinator says of studies, with the words of their plans.</summary>
internal static class StudyModels
{
    public static StudyModel Of(StudyStatus status) => new(
        status.Hash, status.Name, status.Planned, status.Accepted, status.Quarantined, status.Cancelled, status.Waiting, status.RunningCount, status.Faults,
        status.IsPaused, status.IsCancelled, status.IsSettled, status.Placement.Priority, status.Placement.MaxRunning, status.Placement.Device)
    {
        Stage = status.Stage is { } stage ? new(stage.Number, stage.Words, stage.IsLast, status.AwaitsStage && stage.AwaitsProposals) : null,
        Continued = status.Continued > 0 ? status.Continued : null,
    };

    /// <summary>With what runs.</summary>
    public static StudyModel Of(StudyStatus status, StudyPlan plan)
    {
        var running = status.Running.Select(attempt => attempt.Attempt.Key).ToHashSet();
        var trials = running.Count == 0 ? [] : plan.Trials.Where(trial => running.Contains(trial.Key)).ToDictionary(trial => trial.Key);
        return Of(status) with
        {
            Varying = [.. Planning.Varying.Of(plan).Factors.Select(factor => factor.ToWord())],
            Searches = plan.Searches.IsEmpty ? null : [.. SearchState.Of(plan).Select(search => Search(plan, search))],
            Running = [.. status.Running.Where(attempt => trials.ContainsKey(attempt.Attempt.Key)).Select(attempt => Running(attempt, trials[attempt.Attempt.Key], plan))],
        };
    }

    /// <summary>A study as the coordinator has it now, with what runs from a position of its plan on.</summary>
    public static async Task<StudyStatus> StatusAsync(ApiParts parts, string hash, string name, CancellationToken cancel, int fromPosition = 0) =>
        await parts.Coordinator.AskAsync<IClusterMessage>(new GetStudy(hash, fromPosition), cancel) as StudyStatus
        ?? throw RefusalException.NotFound($"study {name} is in the store, but was never submitted");

    public static async Task<StudyModel> DetailAsync(ApiParts parts, string id, CancellationToken cancel)
    {
        var study = await parts.Studies.FindAsync(id, cancel);
        var status = await StatusAsync(parts, study.Hash, study.Name, cancel);
        var added = await Task.Run(() => parts.Store.Annotations.Of(study.Hash), cancel);
        return Of(status, await parts.Studies.PlanAsync(study, cancel)) with
        {
            Tags = added.Tags.IsEmpty ? null : added.Tags,
            Notes = added.Notes.IsEmpty ? null : [.. added.Notes.Select(AnnotationDesk.Of)],
        };
    }

    /// <summary>Studies, the newest first, with their tags; those of one tag where it is asked for.</summary>
    public static async Task<Page<StudyModel>> ListAsync(ApiParts parts, string? tag, int skip, int take, CancellationToken cancel)
    {
        var tags = await Task.Run(parts.Store.Annotations.Tags.All, cancel);
        if (tag is null)
        {
            var list = await parts.Coordinator.AskAsync<StudyList>(new ListStudies(skip, take), cancel);
            return new(list.Total, skip, [.. list.Studies.Select(Tagged)]);
        }

        // The coordinator knows of no tags: all of its studies are asked for, page by page.
        var found = new List<StudyModel>();
        StudyList page;
        var seen = 0;
        do
        {
            page = await parts.Coordinator.AskAsync<StudyList>(new ListStudies(seen, StudyStatus.MaxListed), cancel);
            seen += page.Studies.Length;
            found.AddRange(page.Studies.Where(study => tags.GetValueOrDefault(study.Hash, []).Contains(tag)).Select(Tagged));
        }
        while (!page.Studies.IsEmpty && seen < page.Total);

        return new(found.Count, skip, [.. found.Skip(skip).Take(take)]);

        StudyModel Tagged(StudyStatus status) => Of(status) with { Tags = tags.TryGetValue(status.Hash, out var own) ? own : null };
    }

    public static IReadOnlyDictionary<string, string> Labels(StudyPlan plan, int cell) =>
        plan.Cells[cell].Labels.ToDictionary(label => label.Key.ToWord(), label => label.Value);

    /// <summary>The other way round, for who reads the answer.</summary>
    public static AttemptProgress ProgressOf(RunningModel running) => AttemptProgress.None with
    {
        Step = running.Step,
        Completed = running.Completed,
        Total = running.Total,
        RelativeL2 = running.RelativeL2 ?? double.NaN,
        StepsPerSecond = running.StepsPerSecond ?? 0,
    };

    private static SearchModel Search(StudyPlan plan, SearchState search) => new(
        search.Number,
        search.Search.Name,
        search.Points.Count,
        search.Points.Count(point => point.Scores.Length > 0),
        plan.Spec.Tune!.Trials is null ? null : search.Points.Count + StageMachine.LeftOf(plan, search),
        search.Chosen);

    private static RunningModel Running(RunningAttempt running, PlannedTrial trial, StudyPlan plan) => new(
        trial.Key.Hex,
        Labels(plan, trial.CellIndex),
        trial.Description.Seed,
        running.Attempt.Number,
        running.Worker,
        running.Progress.Step,
        running.Progress.Completed,
        running.Progress.Total,
        ApiJson.Known(running.Progress.RelativeL2),
        ApiJson.Known(running.Progress.StepsPerSecond));
}
