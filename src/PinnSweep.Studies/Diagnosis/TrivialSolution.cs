using System.Globalization;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Diagnosis;

/// <summary>
/// The outcome is trivial: an output is nearly constant where the solution is not. Told are the output, since when, and what makes a
/// constant cheap.
/// </summary>
internal static class TrivialSolution
{
    private const double Flat = 0.1;
    private const double Same = 0.1;

    public static IEnumerable<Symptom> Find(DiagnosedCurve curve)
    {
        if (curve.Result.Outcome != Outcome.Trivial)
        {
            yield break;
        }

        var last = curve.Result.Final;
        var since = curve.Result.Curve.Reverse().TakeWhile(point => Math.Abs(point.RelativeL2 - last.RelativeL2) <= Same * last.RelativeL2).DefaultIfEmpty(last).Last();
        var flat = (curve.Result.Sizes?.Outputs ?? []).Where(output => output.AskedVariation > 0 && output.Variation <= Flat * output.AskedVariation).ToArray();
        var (cause, advice) = Cause(curve);

        // Without a known solution there is no error to tell.
        var hasError = double.IsFinite(last.RelativeL2);
        var settled = curve.Result.SettledOn is { } field ? $", the network has settled on '{field}'" : "";
        yield return new(
            "trivial solution",
            "",
            string.Create(CultureInfo.InvariantCulture, $"{(flat.Length > 0 ? string.Join(", ", flat.Select(output => $"'{output.Name}' varies by {Symptom.Percent(output.Variation / output.AskedVariation!.Value)} of what it should")) : "the solution is nearly constant")}{settled}{(hasError ? string.Create(CultureInfo.InvariantCulture, $", with an error of {100 * last.RelativeL2:0} % since step {since.Step}") : "")}: {cause}"),
            [
                .. hasError
                    ? new SymptomEvidence[] { new("relative L2 error", since.Step, since.Step, since.RelativeL2), new("relative L2 error", last.Step, last.Step, last.RelativeL2) }
                    : [],
                .. flat.Select(output => new SymptomEvidence($"variation of {output.Name}", last.Step, last.Step, output.Variation)),
            ],
            advice);
    }

    private static (string Cause, string Advice) Cause(DiagnosedCurve curve)
    {
        if (DistantCoordinates.Find(curve).FirstOrDefault() is { } distant)
        {
            return ("the network sees hardly any two points apart", distant.Advice);
        }

        if (ScaledOutputs.Scaled(curve).FirstOrDefault() is { } scaled)
        {
            return ("the network has not come near the size of the solution", ScaledOutputs.Remedy(scaled));
        }

        if (UnevenTerms.Find(curve).FirstOrDefault() is { } uneven)
        {
            return ($"'{uneven.Term}', which a constant meets, drowns the other conditions", uneven.Advice);
        }

        if (RunawayWeight.Find(curve).FirstOrDefault() is { } runaway)
        {
            return ($"the weight of '{runaway.Term}', which a constant meets, has grown without end", runaway.Advice);
        }

        if (!curve.HasWindows || !curve.HasTraits)
        {
            return ("a constant meets most of the loss", "vary the balancer, for instance learning-rate-annealing");
        }

        var worst = Enumerable.Range(0, curve.Terms.Length).MaxBy(k => curve.Relative(curve.Late, k));
        var term = curve.Terms[worst];
        return !curve.Trait(worst).IsCondition
            ? ($"the conditions outweigh '{term}'", $"vary the balancer: smaller weights on conditions, or learning-rate-annealing (official-code), which weighs them by gradients")
            : curve.Terms.Select((_, k) => curve.Trait(k)).Any(trait => trait.IsInitial)
                ? ($"a constant meets the equation, and '{term}' does not outweigh it", $"vary the factor time: windows (with lbfgs in float64, which finishes each) or causal, so that the solution is carried on from '{term}'; or the balancer: a larger weight on {term}")
                : ($"a constant meets the equation, and '{term}' does not outweigh it", $"vary the balancer: learning-rate-annealing (official-code), or static with a larger weight on {term}; or the network: build the condition in (hard constraint)");
    }
}
