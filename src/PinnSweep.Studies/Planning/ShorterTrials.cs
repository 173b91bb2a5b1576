using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Planning;

/// <summary>
/// The trials that a longer one comes by. A key says nothing of another budget, but the description does: what the same training with fewer
/// steps is called follows from it, so no kinship has to be stored.
/// </summary>
public static class ShorterTrials
{
    /// <summary>
    /// The same training with fewer steps: evaluated as often, and as often as is usual for so many steps. None where the budget is of
    /// seconds or no longer.
    /// </summary>
    /// <param name="longer">The trial with more steps.</param>
    /// <param name="steps">The steps of the shorter ones.</param>
    public static IEnumerable<TrialDescription> Of(TrialDescription longer, int steps)
    {
        if (steps < 1 || !(steps < longer.Budget.Steps))
        {
            yield break;
        }

        var shorter = longer.WithSteps(steps);
        yield return shorter;
        var usual = StudyDefaults.EvaluateEvery(shorter.Budget);
        if (usual != longer.EvaluateEvery)
        {
            yield return shorter with { EvaluateEvery = usual };
        }
    }

    /// <summary>
    /// Whether the curve of a shorter trial has all points of the longer one's. Evaluations leave no trace in a training, so those that are
    /// too many can be left out; but a rule that stops trainings counts them.
    /// </summary>
    public static bool HasItsPoints(TrialDescription longer, int evaluateEvery) =>
        evaluateEvery == longer.EvaluateEvery || (longer.EvaluateEvery % evaluateEvery == 0 && longer.StopWhen is null);
}
