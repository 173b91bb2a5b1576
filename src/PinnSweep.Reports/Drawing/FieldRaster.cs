namespace PinnSweep.Reports.Drawing;

/// <summary>
/// A field as a picture. Stored solutions are coarse; between their points the place on the scale is interpolated linearly, which shows
/// neither squares nor anything that the points do not say. What leaves the scale is striped: rising stripes above it, falling ones below.
/// </summary>
internal static class FieldRaster
{
    private const int Stripes = 10;
    private const int StripeWidth = 3;

    /// <summary>The picture of a panel.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="pixels">Pixels of a side.</param>
    public static byte[] Png(FieldPanel panel, int pixels) => PalettePng.Of(Pixels(panel, pixels), pixels, FieldColours.Palette(panel.Scale.Colouring));

    /// <summary>Places in the palette of a panel, row by row from the top.</summary>
    public static byte[] Pixels(FieldPanel panel, int pixels)
    {
        var shares = panel.Values.Select(column => column.Select(panel.Scale.Share).ToArray()).ToArray();
        var (columns, rows) = (Cells(shares.Length, pixels), Cells(shares[0].Length, pixels));
        var colouring = panel.Scale.Colouring;
        var (low, high) = (FieldColours.Stripe(colouring, 0), FieldColours.Stripe(colouring, FieldColours.Levels - 1));
        var drawn = new byte[pixels * pixels];
        for (var y = 0; y < pixels; y++)
        {
            for (var x = 0; x < pixels; x++)
            {
                var share = At(shares, columns[x], rows[pixels - 1 - y], panel.Scale.IsLog ? 0 : double.NegativeInfinity);
                drawn[(y * pixels) + x] = (byte)(double.IsNaN(share) ? FieldColours.Missing
                    : FieldScale.IsOver(share) && (x + y) % Stripes < StripeWidth ? high
                    : FieldScale.IsUnder(share) && !panel.Scale.IsLog && (x - y + (pixels * Stripes)) % Stripes < StripeWidth ? low
                    : FieldColours.Level(share));
            }
        }

        return drawn;
    }

    // The logarithm of an error of zero lies nowhere; beside it the scale's own end is meant. Beside a place without a value only the corners that have one count.
    private static double At(double[][] shares, (int Index, double Share) column, (int Index, double Share) row, double least)
    {
        if (double.IsNaN(shares[column.Index + (column.Share > 0.5 ? 1 : 0)][row.Index + (row.Share > 0.5 ? 1 : 0)]))
        {
            return double.NaN;
        }

        var (sum, weight) = (0.0, 0.0);
        for (var corner = 0; corner < 4; corner++)
        {
            var (right, up) = (corner & 1, corner >> 1);
            var part = (right == 1 ? column.Share : 1 - column.Share) * (up == 1 ? row.Share : 1 - row.Share);
            if (part > 0 && shares[column.Index + right][row.Index + up] is var share && !double.IsNaN(share))
            {
                (sum, weight) = (sum + (part * Math.Max(least, share)), weight + part);
            }
        }

        return sum / weight;
    }

    private static (int Index, double Share)[] Cells(int count, int pixels) => [.. Enumerable.Range(0, pixels).Select(pixel =>
    {
        var at = (double)pixel / (pixels - 1) * (count - 1);
        var index = Math.Clamp((int)at, 0, Math.Max(0, count - 2));
        return (index, at - index);
    })];
}
