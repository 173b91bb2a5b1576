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
    /// Whether the longer trial may begin where a shorter one ended that was evaluated so often. Evaluations leave no trace in a training, so
    /// those that are too many are left out, and those that are missing stay so; but a rule that stops trainings counts them.
    /// </summary>
    public static bool MayServe(TrialDescription longer, int evaluateEvery) => evaluateEvery == longer.EvaluateEvery || longer.StopWhen is null;

    /// <summary>
    /// How many steps lie between the evaluations that both have, where the shorter one lacks some of the longer one's; null where it has
    /// all.
    /// </summary>
    public static int? CommonPoints(TrialDescription longer, int evaluateEvery)
    {
        var (a, b) = (longer.EvaluateEvery, evaluateEvery);
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return longer.EvaluateEvery % evaluateEvery == 0 ? null : (int)Math.Min(int.MaxValue, (long)longer.EvaluateEvery / a * evaluateEvery);
    }
}
