using System.Globalization;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Diagnosis;

/// <summary>
/// A term's loss jumps: in the second half of the training it rose at least three times to more than five times its value of the evaluation
/// before; or the training diverged.
/// </summary>
internal static class UnstableLosses
{
    private const string Rule = "unstable losses";
    private const double Jump = 5;
    private const int Jumps = 3;
    private const string Advice = "vary the optimizer: a smaller lr, a decay or a warm-up; or a balancer whose weights move less (a longer interval, a larger keep_old)";

    private const string AdviceAtOnce = "no step had been taken, so no optimizer is to blame: state the problem in units in which its quantities are of size one, or vary the precision (float64)";

    public static IEnumerable<Symptom> Find(DiagnosedCurve curve)
    {
        if (curve.Result.Outcome == Outcome.Diverged)
        {
            var last = curve.Result.Final;
            yield return new(
                Rule,
                "",
                "a loss, a gradient or a parameter became non-finite",
                [new("steps taken", curve.Result.Steps, curve.Result.Steps, curve.Result.Steps), new("sum of losses", last.Step, last.Step, last.Losses.Sum())],
                curve.Result.Steps == 0 ? AdviceAtOnce : Advice);
            yield break;
        }

        if (!curve.HasWindows)
        {
            yield break;
        }

        var half = curve.Points[(curve.Points.Length / 2)..];
        for (var k = 0; k < curve.Terms.Length; k++)
        {
            var jumps = Enumerable.Range(1, half.Length - 1).Where(i => half[i].Losses[k] > Jump * half[i - 1].Losses[k]).ToArray();
            if (jumps.Length >= Jumps)
            {
                var worst = jumps.MaxBy(i => half[i].Losses[k] / half[i - 1].Losses[k]);
                yield return new(
                    Rule,
                    curve.Terms[k],
                    string.Create(CultureInfo.InvariantCulture, $"the loss of '{curve.Terms[k]}' jumped {jumps.Length} times to more than {Jump:0} times its last value"),
                    [At(half[worst - 1], k), At(half[worst], k)],
                    Advice);
            }
        }

        SymptomEvidence At(CurvePoint point, int term) => new($"loss of {curve.Terms[term]}", point.Step, point.Step, point.Losses[term]);
    }
}
