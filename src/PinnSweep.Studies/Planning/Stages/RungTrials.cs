using System.Collections.Immutable;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>How the trials of one rung follow from those of the rung below.</summary>
public static class RungTrials
{
    /// <summary>Whether trials of a stage may be trained on by a later one.</summary>
    public static bool MayGoOn(StudyPlan plan, StageDecision decision) =>
        plan.Spec.Tune?.Rungs is { } rungs && decision.Trials.Any(trial => trial.Steps < rungs.Steps[^1]);

    /// <summary>The trials of a stage that go on from one of the rung below.</summary>
    /// <param name="plan">The plan with the stage.</param>
    /// <param name="decision">The stage.</param>
    public static ImmutableArray<ContinuedTrial> Of(StudyPlan plan, StageDecision decision)
    {
        if (plan.Spec.Tune?.Rungs is not { Steps: var steps })
        {
            return [];
        }

        TrialKey KeyOf(StageTrial trial, int rung) => plan.Spec.Describe(plan.Cells[trial.Cell].Levels, trial.Seed, steps[rung]).Key();
        return
        [
            .. from trial in decision.Trials
               let rung = trial.Steps is { } count ? steps.IndexOf(count) : -1
               where rung > 0
               select new ContinuedTrial(KeyOf(trial, rung), KeyOf(trial, rung - 1)),
        ];
    }
}
