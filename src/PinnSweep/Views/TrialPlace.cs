using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Views;

/// <summary>Where a study has a trial.</summary>
/// <param name="Plan">The plan of the study.</param>
/// <param name="Position">The trial's place in it, from 0.</param>
internal sealed record TrialPlace(StudyPlan Plan, int Position)
{
    /// <summary>The trial.</summary>
    public PlannedTrial Trial => Plan.Trials[Position];

    /// <summary>Its cell.</summary>
    public Cell Cell => Plan.Cells[Trial.CellIndex];

    /// <summary>The place; null where the plan does not have it.</summary>
    public static TrialPlace? Of(StudyPlan plan, TrialKey key)
    {
        for (var position = 0; position < plan.Trials.Length; position++)
        {
            if (plan.Trials[position].Key == key)
            {
                return new(plan, position);
            }
        }

        return null;
    }
}
