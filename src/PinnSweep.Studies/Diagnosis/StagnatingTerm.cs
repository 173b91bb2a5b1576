using System.Globalization;

namespace PinnSweep.Studies.Diagnosis;

/// <summary>
/// One term stands still or rises while another falls: between the second and the last quarter of the training its loss fell by less than
/// 10 %, and that of another by more than two thirds. Terms within 0.1 % of their scale are left alone: nothing is gained by lowering them.
/// </summary>
internal static class StagnatingTerm
{
    private const double Standing = 0.9;
    private const double Falling = 1 / 3.0;
    private const double Negligible = 1e-3;

    public static IEnumerable<Symptom> Find(DiagnosedCurve curve)
    {
        if (!curve.HasWindows)
        {
            yield break;
        }

        var (early, late) = (curve.Early, curve.Late);
        var changes = curve.Terms.Select((_, k) => Change(DiagnosedCurve.Loss(early, k), DiagnosedCurve.Loss(late, k))).ToArray();
        var best = Array.IndexOf(changes, changes.Min());
        if (!(changes[best] < Falling))
        {
            yield break;
        }

        for (var k = 0; k < changes.Length; k++)
        {
            if (changes[k] >= Standing && DiagnosedCurve.Loss(late, k) > 0 && !(curve.HasTraits && curve.Relative(late, k) < Negligible))
            {
                yield return new(
                    "stagnating term",
                    curve.Terms[k],
                    string.Create(CultureInfo.InvariantCulture, $"the loss of '{curve.Terms[k]}' {(changes[k] > 1 / Standing ? "rose" : "stood still")} while that of '{curve.Terms[best]}' fell to {100 * changes[best]:0} %"),
                    [
                        DiagnosedCurve.Over(early, $"loss of {curve.Terms[k]}", DiagnosedCurve.Loss(early, k)),
                        DiagnosedCurve.Over(late, $"loss of {curve.Terms[k]}", DiagnosedCurve.Loss(late, k)),
                        DiagnosedCurve.Over(early, $"loss of {curve.Terms[best]}", DiagnosedCurve.Loss(early, best)),
                        DiagnosedCurve.Over(late, $"loss of {curve.Terms[best]}", DiagnosedCurve.Loss(late, best)),
                    ],
                    $"vary the balancer: one that equalizes gradients (learning-rate-annealing, grad-norm-ratio, ntk) or combines them (config), or static with a larger weight on {curve.Terms[k]}");
            }
        }
    }

    private static double Change(double early, double late) => early > 0 ? late / early : late > 0 ? double.PositiveInfinity : 1;
}
