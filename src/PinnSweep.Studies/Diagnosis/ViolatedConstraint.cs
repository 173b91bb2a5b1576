using System.Globalization;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Diagnosis;

/// <summary>
/// The solution violates a condition although it satisfies the equation. Over the last quarter of the training the condition is off by more
/// than 15 % of its scale, and every residual by less than 5 % of its own; or, whatever the sizes, it is off three times as much as every
/// residual and about as much (half to five times) as the whole solution, or as all terms together where no solution is known: then it
/// accounts for the error.
/// </summary>
internal static class ViolatedConstraint
{
    private const double Violated = 0.15;
    private const double Small = 0.05;
    private const double Dominant = 3;
    private const double Share = 0.5;
    private const double Most = 5;

    public static IEnumerable<Symptom> Find(DiagnosedCurve curve)
    {
        if (!curve.HasWindows || !curve.HasTraits)
        {
            yield break;
        }

        var late = curve.Late;
        var residuals = curve.Terms.Select((_, k) => k).Where(k => !curve.Trait(k).IsCondition).ToArray();
        var largest = residuals.MaxBy(k => curve.Relative(late, k));
        var residual = curve.Relative(late, largest);
        var error = curve.Result.Final.Yardstick();

        // Of a solution that is off by more than its size, nothing is off by half as much.
        var share = Share * Math.Min(1, error);
        for (var k = 0; k < curve.Terms.Length; k++)
        {
            if (curve.Trait(k).IsCondition && curve.Relative(late, k) is var violation
                && ((violation > Violated && residual < Small) || (violation > Dominant * residual && violation >= share && violation <= Most * error)))
            {
                yield return new(
                    "violated constraint",
                    curve.Terms[k],
                    string.Create(CultureInfo.InvariantCulture, $"'{curve.Terms[k]}' is violated by {100 * violation:0} % of its scale although the residual is at {100 * residual:0.0} % of its own{(violation < Violated ? FormattableString.Invariant($"; the {(double.IsNaN(curve.Result.Final.RelativeL2) ? "residual of all terms" : "error")} is {100 * error:0} %") : "")}"),
                    [
                        DiagnosedCurve.Over(late, $"relative violation of {curve.Terms[k]}", violation),
                        DiagnosedCurve.Over(late, $"relative residual of {curve.Terms[largest]}", residual),
                        .. violation < Violated ? [new SymptomEvidence(double.IsNaN(curve.Result.Final.RelativeL2) ? CurvePoint.ResidualL2 : "relative L2 error", curve.Result.Final.Step, curve.Result.Final.Step, error)] : Array.Empty<SymptomEvidence>(),
                    ],
                    $"vary the balancer: learning-rate-annealing (official-code), self-adaptive or static with a larger weight on {curve.Terms[k]}; or the network: build the condition in (hard constraint, periodic embedding)");
            }
        }
    }
}
