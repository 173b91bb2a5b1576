using System.Globalization;

namespace PinnSweep.Studies;

/// <summary>
/// The solution violates a condition although it satisfies the equation: over the last quarter of the training the condition is off by more than 15 % of its scale,
/// and every residual by less than 5 % of its own.
/// </summary>
internal static class ViolatedConstraint
{
    private const double Violated = 0.15;
    private const double Small = 0.05;

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
        for (var k = 0; k < curve.Terms.Length; k++)
        {
            if (curve.Trait(k).IsCondition && curve.Relative(late, k) is var violation && violation > Violated && residual < Small)
            {
                yield return new(
                    "violated constraint",
                    curve.Terms[k],
                    string.Create(CultureInfo.InvariantCulture, $"'{curve.Terms[k]}' is violated by {100 * violation:0} % of its scale although the residual is at {100 * residual:0.0} % of its own"),
                    [
                        DiagnosedCurve.Over(late, $"relative violation of {curve.Terms[k]}", violation),
                        DiagnosedCurve.Over(late, $"relative residual of {curve.Terms[largest]}", residual),
                    ],
                    $"vary the balancer: learning-rate-annealing (official-code), self-adaptive or static with a larger weight on {curve.Terms[k]}; or the network: build the condition in (hard constraint, periodic embedding)");
            }
        }
    }
}
