using System.Collections.Immutable;
using PinnSweep.Api;
using PinnSweep.Pages.Components;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Views;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Pages;

/// <summary>What the page of a trial shows.</summary>
/// <param name="Story">What the store tells.</param>
/// <param name="Phase">Where it stands, as the coordinator says.</param>
/// <param name="Lines">The same in sentences.</param>
/// <param name="Curve">Its curve so far.</param>
/// <param name="Others">Studies that have it beside those of the story.</param>
/// <param name="StorePath">How a command line names the store.</param>
internal sealed record TrialFacts(TrialStory Story, string Phase, ImmutableArray<string> Lines, CurveView Curve, ImmutableArray<StoredStudy> Others, string StorePath)
{
    // Plans are large and few are kept; of a trial that many studies have, the others are told by name.
    private const int MostPlans = 2;
    private const int MostPoints = 1000;

    /// <summary>A trial by its key or the beginning of it.</summary>
    /// <exception cref="RefusalException">There is none, or nobody answers.</exception>
    public static async Task<TrialFacts> OfAsync(ApiParts parts, string key, CancellationToken cancel) =>
        await OfAsync(parts, await TrialEndpoints.AskAsync(parts, key, cancel), cancel);

    /// <summary>One that the coordinator has told of already.</summary>
    public static async Task<TrialFacts> OfAsync(ApiParts parts, TrialAnswer answer, CancellationToken cancel)
    {
        var key = answer.Key!.Value;
        var studies = new List<StoredStudy>();
        foreach (var hash in await Task.Run(() => parts.Store.Studies.StudiesOf(key), cancel))
        {
            studies.Add(await parts.Studies.FindAsync(hash, cancel));
        }

        var plans = new List<StudyPlan>();
        foreach (var study in studies.Take(MostPlans))
        {
            plans.Add(await parts.Studies.PlanAsync(study, cancel));
        }

        return await Task.Run(
            () =>
            {
                var story = TrialStory.Read(parts.Store, key, plans);
                return new TrialFacts(story, answer.Phase, answer.Lines, CurveOf(parts, story.Result, key), [.. studies.Skip(MostPlans)], parts.Store.Path);
            },
            cancel);
    }

    /// <summary>Its curve, from its result or as it grows.</summary>
    public static CurveView CurveOf(ApiParts parts, TrialResult? result, TrialKey key) =>
        result is null ? CurveView.Of(parts.Store.Curves.Read(key), MostPoints) : CurveView.Of(result, MostPoints);

    /// <summary>The parts that are told anew.</summary>
    public IReadOnlyList<LivePart> Parts() =>
    [
        new("state", TrialState.Of(this)),
        new("result", TrialOutcome.Of(this)),
        new("numbers", TrialNumbers.Of(Curve)),
        new("attempts", Components.TrialAttempts.Of(this)),
        new("evidence", TrialEvidence.Of(this)),
    ];
}
