using System.Globalization;

namespace PinnSweep.Studies.Diagnosis;

/// <summary>
/// A weight grows without end by feedback: its term is met, so the term's gradient vanishes, so a rule that divides by gradients raises its
/// weight further, and the rest is not learned. In the last quarter the weight is above a thousand times the smallest one and more than ten
/// times what it was after the first evaluation, and its term is met ten times better than another.
/// </summary>
internal static class RunawayWeight
{
    private const double Huge = 1e3;
    private const double Growth = 10;
    private const double Met = 0.1;

    public static IEnumerable<Symptom> Find(DiagnosedCurve curve) => Runaways(curve).Select(k => Told(curve, k));

    /// <summary>The terms whose weights run away, the largest weight first.</summary>
    public static IEnumerable<int> Runaways(DiagnosedCurve curve)
    {
        if (!curve.FellShort || !curve.HasWindows || !curve.HasTraits)
        {
            return [];
        }

        var largest = Enumerable.Range(0, curve.Terms.Length).Max(k => curve.Relative(curve.Late, k));
        return Enumerable.Range(0, curve.Terms.Length)
            .Where(k => DiagnosedCurve.Share(curve.Late, k) > Huge && DiagnosedCurve.Share(curve.Late, k) > Growth * DiagnosedCurve.Share(curve.Start, k) && curve.Relative(curve.Late, k) < Met * largest)
            .OrderByDescending(k => DiagnosedCurve.Share(curve.Late, k));
    }

    private static Symptom Told(DiagnosedCurve curve, int k)
    {
        var worst = Enumerable.Range(0, curve.Terms.Length).MaxBy(other => curve.Relative(curve.Late, other));
        return new(
            "runaway weight",
            curve.Terms[k],
            string.Create(CultureInfo.InvariantCulture, $"the weight of '{curve.Terms[k]}' grew to {DiagnosedCurve.Share(curve.Late, k):0.0e0} times the smallest one while the term is met to {Symptom.Percent(curve.Relative(curve.Late, k))} and '{curve.Terms[worst]}' is off by {Symptom.Percent(curve.Relative(curve.Late, worst))}"),
            [
                DiagnosedCurve.Over(curve.Start, $"weight of {curve.Terms[k]} over the smallest", DiagnosedCurve.Share(curve.Start, k)),
                DiagnosedCurve.Over(curve.Late, $"weight of {curve.Terms[k]} over the smallest", DiagnosedCurve.Share(curve.Late, k)),
                DiagnosedCurve.Over(curve.Late, $"relative residual of {curve.Terms[k]}", curve.Relative(curve.Late, k)),
                DiagnosedCurve.Over(curve.Late, $"relative residual of {curve.Terms[worst]}", curve.Relative(curve.Late, worst)),
            ],
            "vary the balancer: a form whose weights stay bounded (learning-rate-annealing official-code, grad-norm-ratio, static)");
    }
}
