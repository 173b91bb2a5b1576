using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>A plan with what was decided since.</summary>
public static class PlanGrowth
{
    /// <summary>The plan with a decision; one that it has already changes nothing.</summary>
    public static StudyPlan Grow(StudyPlan plan, StageDecision decision)
    {
        if (decision.Number < plan.Stages.Length)
        {
            return plan;
        }

        var cells = plan.Cells.AddRange(decision.Cells);
        return plan with
        {
            Cells = cells,
            Trials = plan.Trials.AddRange(decision.Trials.Select(trial => Trial(plan.Spec, cells, trial))),
            Stages = plan.Stages.Add(decision),
        };
    }

    /// <summary>The trials that a decision adds to a plan.</summary>
    public static ImmutableArray<PlannedTrial> TrialsOf(StudyPlan plan, StageDecision decision) => [.. Grow(plan, decision).Trials.Skip(plan.Trials.Length)];

    /// <summary>What a trial of a stage computes.</summary>
    internal static TrialDescription Describe(StudySpec spec, CellLevels levels, long seed, int? steps) => spec.Describe(levels, seed, steps);

    private static PlannedTrial Trial(StudySpec spec, ImmutableArray<Cell> cells, StageTrial trial)
    {
        var description = Describe(spec, cells[trial.Cell].Levels, trial.Seed, trial.Steps);
        return new(description.Key(), description, trial.Cell);
    }
}
