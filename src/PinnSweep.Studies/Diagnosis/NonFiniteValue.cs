using System.Globalization;
using PinnSweep.Studies.Texts;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Diagnosis;

/// <summary>
/// An operation of the problem has no value where the network is: a square root of something negative, a division by zero. No optimizer is
/// to blame for a value that is missing before the first step, and a smaller learning rate would only put a later one off.
/// </summary>
internal static class NonFiniteValue
{
    public static IEnumerable<Symptom> Find(DiagnosedCurve curve)
    {
        if (curve.Result is not { NonFinite: { } place, Steps: var steps })
        {
            yield break;
        }

        yield return new(
            "non-finite value",
            place.Term,
            string.Create(CultureInfo.InvariantCulture, $"{place.Operation} in '{place.Term}' has no {place.Lacks} at {place.Point} ({place.Operand} = {ShortNumber.Rounded(place.Value, 2)}) {(steps == 0 ? "before any step" : $"after {steps} steps")}"),
            [new(place.Operand, steps, steps, place.Value)],
            Advice(place));
    }

    private static string Advice(NonFinitePlace place) => place.Operation switch
    {
        "the quotient" => $"keep {place.Operand} away from zero: multiply '{place.Term}' by it, or bound it inside the expression",
        "the exponential" or "the residual" => $"keep {place.Operand} within what the precision holds: units in which the problem's quantities are of size one, or float64",
        _ => $"keep {place.Operand} positive: write the problem for the square root or the logarithm of {place.Operand}, or take sqrt({(place.Operand.All(char.IsAsciiLetterOrDigit) ? place.Operand : $"({place.Operand})")}^2 + 1e-6) in its place",
    };
}
