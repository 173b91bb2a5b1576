using System.Globalization;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Diagnosis;

/// <summary>
/// The losses are small although the solution is wrong, which only a comparison with the reference shows: the relative L2 error is above 10
/// %, and at the end every term is within 1 % of its scale, or within a tenth of the error.
/// </summary>
internal static class DeceptiveLoss
{
    private const double Small = 0.01;
    private const double Poor = 0.1;
    private const double Hidden = 0.1;

    public static IEnumerable<Symptom> Find(DiagnosedCurve curve)
    {
        if (!curve.HasWindows || !curve.HasTraits)
        {
            yield break;
        }

        var late = curve.Late;
        var largest = Enumerable.Range(0, curve.Terms.Length).MaxBy(k => curve.Relative(late, k));
        var error = curve.Result.Final;
        if (curve.Result.Outcome != Outcome.Diverged && error.RelativeL2 > Poor && curve.Relative(late, largest) < Math.Max(Small, Hidden * Math.Min(1, error.RelativeL2)))
        {
            yield return new(
                "deceptive loss",
                "",
                string.Create(CultureInfo.InvariantCulture, $"the error is {100 * error.RelativeL2:0} % although every term is within {100 * curve.Relative(late, largest):0.0} % of its scale"),
                [
                    new("relative L2 error", error.Step, error.Step, error.RelativeL2),
                    DiagnosedCurve.Over(late, $"relative residual of {curve.Terms[largest]}", curve.Relative(late, largest)),
                ],
                "vary the sampler: more points, or points redrawn during training, for a residual that is small at its own points alone; the factor time (causal) for an evolution; the precision; and where a file gives the exact solution, whether it solves this problem");
        }
    }
}
