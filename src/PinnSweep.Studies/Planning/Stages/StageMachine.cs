using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>
/// Decides the stages of a study: proposals of its searches, rungs, the choice, the evaluation, looks. Each decision is a pure function of
/// the plan and of the results of its trials, so any coordinator that decides it again decides the same.
/// </summary>
public static class StageMachine
{
    /// <summary>What is decided with the plan itself.</summary>
    public static StageDecision First(StudyPlan plan) => plan.Spec.Tune is null ? LookStages.First(plan) : TuningStages.First(plan);

    /// <summary>
    /// The next decision, once every trial of the plan has a result or was given up; null where somebody outside has to propose first.
    /// </summary>
    /// <param name="plan">The plan with all decisions so far, of which the last is not the last of all.</param>
    /// <param name="figures">Of trials with a result; null for those given up.</param>
    public static StageDecision? Next(StudyPlan plan, Func<TrialKey, TrialFigures?> figures)
    {
        if (plan.Spec.Tune is null || plan.Stages.Any(stage => stage.Kind == StageKind.Evaluation))
        {
            return LookStages.Next(plan, figures);
        }

        return AwaitsProposals(plan) ? null : TuningStages.Next(plan, figures);
    }

    /// <summary>The decision that takes in what an outside optimizer proposes: points by the number of their search.</summary>
    public static StageDecision Told(
        StudyPlan plan, IReadOnlyDictionary<int, System.Collections.Immutable.ImmutableArray<Spaces.SpacePoint>> told, Func<TrialKey, TrialFigures?> figures) =>
        TuningStages.Told(plan, told, figures);

    /// <summary>
    /// The searches with everything that is known of them once every trial of the plan is settled, also what no decision has taken in yet.
    /// </summary>
    public static System.Collections.Immutable.ImmutableArray<SearchState> Seen(StudyPlan plan, Func<TrialKey, TrialFigures?> figures) => SearchState.Of(plan with
    {
        Stages = plan.Stages.Add(new(plan.Stages.Length, StageKind.Generation, "", false)
        {
            Searches = [.. SearchState.Of(plan).Select(state => new SearchDecision(state.Number) { Observed = TuningStages.Observe(plan.Spec, state, figures) })],
        }),
    });

    /// <summary>How many proposals of a search are still to come.</summary>
    public static int LeftOf(StudyPlan plan, SearchState state) => Math.Max(0, state.Search.PlanOf(plan.Spec.Tune!).Trials - state.Points.Count);

    /// <summary>Whether proposals from outside are still to come.</summary>
    public static bool AwaitsProposals(StudyPlan plan) => plan.Spec.Tune is { Design: DesignKind.External }
        && !plan.Stages.Any(stage => stage.Kind == StageKind.Evaluation)
        && SearchState.Of(plan).Any(state => LeftOf(plan, state) > 0);
}
