using System.Globalization;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Studies.Diagnosis;

/// <summary>Coordinates far from zero for their extent: the precision of the passes tells hardly any two points apart.</summary>
internal static class DistantCoordinates
{
    // Of the extent: a feature of a hundredth then has ten different values.
    private const double Coarse = 1e-3;

    public static IEnumerable<Symptom> Find(DiagnosedCurve curve)
    {
        foreach (var axis in curve.Result.Sizes?.Coordinates ?? [])
        {
            if (axis.Resolution > Coarse)
            {
                yield return new(
                    "distant coordinates",
                    "",
                    string.Create(CultureInfo.InvariantCulture, $"'{axis.Name}' reaches {axis.Largest:0.0e0} over an extent of {ShortNumber.Rounded(axis.Extent, 3)}: neighbouring numbers of this precision are {ShortNumber.Rounded(axis.Resolution * axis.Extent, 3)} apart"),
                    [At(curve, $"largest {axis.Name}", axis.Largest), At(curve, $"extent of {axis.Name}", axis.Extent), At(curve, $"resolution of {axis.Name}", axis.Resolution)],
                    $"shift '{axis.Name}' so that it begins at zero; or the precision float64");
            }
        }
    }

    private static SymptomEvidence At(DiagnosedCurve curve, string quantity, double value) => new(quantity, curve.Result.Steps, curve.Result.Steps, value);
}
