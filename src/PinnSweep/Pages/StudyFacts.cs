using System.Collections.Immutable;
using PinnSweep.Api;
using PinnSweep.Pages.Components;
using PinnSweep.Planning;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Planning;
using PinnSweep.Views;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Pages;

/// <summary>What the page of a study shows.</summary>
/// <param name="Study">The study as it stands.</param>
/// <param name="Stored">As it was submitted.</param>
/// <param name="Pace">How fast it goes; null where that is not known.</param>
/// <param name="Failures">The first trials that were given up or did not converge.</param>
internal sealed record StudyFacts(StudyView Study, StoredStudy Stored, StudyPace? Pace, ImmutableArray<FailedTrial> Failures)
{
    /// <summary>Of many rows a page shows so many, and a link to the others.</summary>
    public const int MostRows = 200;

    private const int MostFailures = 50;

    /// <summary>What the coordinator says of it.</summary>
    public StudyStatus Status => Study.Status!;

    /// <summary>The plan.</summary>
    public StudyPlan Plan => Study.Plan;

    /// <summary>What tells its trials apart.</summary>
    public Varying Varying { get; } = Varying.Of(Study.Plan);

    /// <summary>A study as it was asked for.</summary>
    /// <exception cref="RefusalException">It is not there, or nobody answers.</exception>
    public static async Task<StudyFacts> OfAsync(ApiParts parts, string id, CancellationToken cancel)
    {
        var study = await parts.Studies.FindAsync(id, cancel);
        return await OfAsync(parts, study, await StudyModels.StatusAsync(parts, study.Hash, study.Name, cancel), cancel);
    }

    /// <summary>A study whose state was told already.</summary>
    public static async Task<StudyFacts> OfAsync(ApiParts parts, StudyStatus status, CancellationToken cancel) =>
        await OfAsync(parts, await parts.Studies.FindAsync(status.Hash, cancel), status, cancel);

    /// <summary>The parts that are told anew while they change.</summary>
    public IReadOnlyList<LivePart> Parts() =>
    [
        new("state", StudyState.Of(this)),
        new("matrix", StudyMatrixTable.Of(this)),
        new("running", StudyRunning.Of(this)),
        new("searches", StudySearches.Of(this)),
        new("failures", StudyFailures.Of(this)),
    ];

    private static async Task<StudyFacts> OfAsync(ApiParts parts, StoredStudy stored, StudyStatus status, CancellationToken cancel)
    {
        var study = await parts.States.OfAsync(await parts.Studies.PlanAsync(stored, cancel), status, cancel);
        var failures = await Task.Run(() => FailuresOf(parts, study), cancel);
        return new(study, stored, StudyPace.Of(study, stored.SubmittedAt, parts.Clock.GetUtcNow()), failures);
    }

    private static ImmutableArray<FailedTrial> FailuresOf(ApiParts parts, StudyView study) =>
    [
        .. study.Trials.Where(trial => trial.State is "quarantined" or "diverged" or "trivial")
            .OrderBy(trial => trial.State != "quarantined")
            .Take(MostFailures)
            .Select(trial => new FailedTrial(trial, trial.State == "quarantined" ? parts.Store.Studies.AttemptsOf(trial.Planned.Key).LastOrDefault(attempt => attempt.Fault is not null)?.Fault : null)),
    ];
}

/// <summary>A trial that was given up, or whose training came to nothing.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Fault">Its last fault; null where there was none.</param>
internal sealed record FailedTrial(TrialView Trial, FaultDetail? Fault);
