using System.Globalization;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Diagnosis;

/// <summary>
/// Outputs of sizes far from those that a network begins with, or from each other. Steps of an optimizer are of the size of weights, so a
/// solution of size 100 is a thousand steps away; and an output that is small beside the others hides its error in theirs.
/// </summary>
internal static class ScaledOutputs
{
    public const string Rule = "badly scaled outputs";
    private const double Large = 10;
    private const double Small = 0.02;
    private const double Hidden = 0.1;
    private const double Wrong = 0.5;

    public static IEnumerable<Symptom> Find(DiagnosedCurve curve) => curve.FellShort
        ? Scaled(curve).Select(output => Told(curve, output))
        : [];

    /// <summary>An output that is wrong though the error of all outputs together is small.</summary>
    public static IEnumerable<Symptom> FindHidden(DiagnosedCurve curve)
    {
        var outputs = curve.Result.Sizes?.Outputs ?? [];
        var largest = outputs.Length > 1 ? outputs.MaxBy(output => output.Asked ?? 0)! : null;
        foreach (var output in outputs.Where(output => output.Error > Wrong && output.Asked > 0 && output.Asked < Hidden * largest!.Asked && output.Error > 2 * curve.Result.Final.RelativeL2))
        {
            yield return new(
                Rule,
                "",
                string.Create(CultureInfo.InvariantCulture, $"'{output.Name}' is off by {100 * output.Error:0} % and amounts to {output.Asked:0.0e0} beside {largest!.Asked:0.0e0} of '{largest.Name}', so the common error does not show it"),
                [At(curve, $"error of {output.Name}", output.Error!.Value), At(curve, $"size of {output.Name}", output.Asked!.Value), At(curve, $"size of {largest.Name}", largest.Asked!.Value)],
                Remedy(output));
        }
    }

    /// <summary>The outputs that are too large or too small for a network to begin with.</summary>
    public static IEnumerable<OutputSize> Scaled(DiagnosedCurve curve) => (curve.Result.Sizes?.Outputs ?? []).Where(output =>
        (output.Asked >= Large && output.Asked >= Large * output.Start) || (output.Asked > 0 && output.Asked <= Small && output.Asked * Large <= output.Start));

    /// <summary>What helps.</summary>
    public static string Remedy(OutputSize output) =>
        string.Create(CultureInfo.InvariantCulture, $"state the problem for {output.Name} / {Round(output.Asked!.Value)}, so that the output is of size one: conditions and sources are divided by it");

    private static Symptom Told(DiagnosedCurve curve, OutputSize output) => new(
        Rule,
        "",
        string.Create(CultureInfo.InvariantCulture, $"'{output.Name}' should amount to {output.Asked:0.0e0} and begins at {output.Start:0.0e0}; after {curve.Result.Steps} steps it is at {output.End:0.0e0}"),
        [new($"size of {output.Name}", 0, 0, output.Start), At(curve, $"size of {output.Name}", output.End), At(curve, $"size of the solution's {output.Name}", output.Asked!.Value)],
        Remedy(output));

    private static SymptomEvidence At(DiagnosedCurve curve, string quantity, double value) => new(quantity, curve.Result.Steps, curve.Result.Steps, value);

    /// <summary>One digit is enough for a unit.</summary>
    private static double Round(double size)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(size)));
        return double.Parse((Math.Round(size / power) * power).ToString("G1", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
