using System.Globalization;

namespace PinnSweep.Studies.Diagnosis;

/// <summary>
/// One condition is written in units so large that it drowns the others: with the initial weights its parts are more than thirty times
/// theirs, its loss a thousand times. A plain sum then meets this condition, often by a solution of zero, and leaves the others.
/// </summary>
internal static class UnevenTerms
{
    private const double Uneven = 30;

    public static IEnumerable<Symptom> Find(DiagnosedCurve curve)
    {
        if (!curve.FellShort || !curve.HasTraits || curve.Result.Sizes is not { Terms: var sizes } || sizes.Length != curve.Terms.Length)
        {
            yield break;
        }

        var conditions = Enumerable.Range(0, sizes.Length).Where(k => curve.Trait(k).IsCondition && sizes[k].Start > 0).OrderByDescending(k => sizes[k].Start).ToArray();
        if (conditions is [var first, var second, ..] && sizes[first].Start / sizes[second].Start is var ratio and > Uneven && curve.WeightRatio(first, second) * ratio * ratio > Uneven)
        {
            yield return new(
                "uneven terms",
                curve.Terms[first],
                string.Create(CultureInfo.InvariantCulture, $"the parts of '{curve.Terms[first]}' amount to {sizes[first].Start:0.0e0} at the start, those of every other condition to {sizes[second].Start:0.0e0} at most"),
                [new($"size of {curve.Terms[first]}", 0, 0, sizes[first].Start), new($"size of {curve.Terms[second]}", 0, 0, sizes[second].Start)],
                string.Create(CultureInfo.InvariantCulture, $"divide '{curve.Terms[first]}' by its largest coefficient (its parts by about {ratio:0e0}); where the other conditions then still lag, give them larger weights (static)"));
        }
    }
}
