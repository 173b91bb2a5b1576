using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Figures;

/// <summary>The scales of fields, from the values that they have to show.</summary>
internal static class FieldScales
{
    // Errors over more decades than these would show the noise of the reference.
    private const double MostDecades = 1e-6;

    // What lies on the other side of zero by so little is rounding, and no sign.
    private const double OtherSign = 0.01;

    /// <summary>
    /// The scale of solutions, with zero in its middle where values have both signs. Of a known solution it is that of the reference, so
    /// that a method that is far off does not take the colours of all others.
    /// </summary>
    public static FieldScale Solution(string output, IEnumerable<ImmutableArray<ImmutableArray<double>>> fields)
    {
        double[] values = [.. fields.SelectMany(field => field).SelectMany(column => column).Where(double.IsFinite)];
        var (low, high) = values.Length == 0 ? (0, 0) : (values.Min(), values.Max());
        var largest = Math.Max(-low, high);
        return low < -OtherSign * largest && high > OtherSign * largest ? new(output, FieldColouring.Signed, -largest, largest)
            : low == high ? new(output, FieldColouring.OneSigned, Math.Min(0, low), Math.Max(0, high))
            : new(output, FieldColouring.OneSigned, low, high);
    }

    /// <summary>The scale of absolute errors: up to the largest, down to the decade that nine tenths of the smallest field exceed.</summary>
    public static FieldScale Deviation(string label, IReadOnlyCollection<ImmutableArray<ImmutableArray<double>>> errors)
    {
        var high = Math.Max(2 * FieldValues.SmallestShown, errors.Max(FieldValues.Largest));
        var low = errors.Min(error => Descriptive.Quantile([.. error.SelectMany(column => column).Where(value => double.IsFinite(value) && value > 0).DefaultIfEmpty(high / 10)], 0.1));
        low = Math.Clamp(low, Math.Max(FieldValues.SmallestShown, high * MostDecades), high / 10);
        return new(label, FieldColouring.Deviation, Math.Pow(10, Math.Floor(Math.Log10(low) + 1e-9)), high);
    }

    /// <summary>What stripes and grey mean, where a figure has them; else nothing.</summary>
    public static string Marks(FieldPanels fields)
    {
        var beyond = fields.Panels.Where(panel => !panel.Scale.IsLog && Share(panel) > 0).Select(panel => $"{panel.Title} on {NumberText.Decimal(100 * Share(panel), 2)} %").ToArray();
        var isMissing = fields.Panels.Any(panel => panel.Values.Any(column => column.Any(double.IsNaN)));
        return $"{(beyond.Length == 0 ? "" : $" Striped: beyond the scale ({string.Join(", ", beyond)} of the points).")}{(isMissing ? " Grey: no value." : "")}";
    }

    private static double Share(FieldPanel panel)
    {
        var shares = panel.Values.SelectMany(column => column).Select(panel.Scale.Share).Where(share => !double.IsNaN(share)).ToArray();
        return shares.Length == 0 ? 0 : (double)shares.Count(share => FieldScale.IsOver(share) || FieldScale.IsUnder(share)) / shares.Length;
    }
}
