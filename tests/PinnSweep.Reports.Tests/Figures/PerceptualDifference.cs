using SkiaSharp;

namespace PinnSweep.Reports.Tests.Figures;

/// <summary>
/// How much of two pictures looks different: each is averaged over squares of four pixels, which forgives the seams of antialiasing, and
/// compared in CIELAB (D65) by ΔE of 1976.
/// </summary>
internal static class PerceptualDifference
{
    private const int Square = 4;

    // ΔE of 2.3 is just noticeable side by side; a square that a shifted hairline crosses differs by more.
    private const double Noticeable = 6;

    private static readonly double[] Linear = [.. Enumerable.Range(0, 256).Select(level => level / 255.0).Select(share => share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4))];

    /// <summary>The share of squares with ink in either picture that look different; 1 where the pictures have different sizes.</summary>
    public static double Of(SKBitmap one, SKBitmap other)
    {
        if (one.Width != other.Width || one.Height != other.Height)
        {
            return 1;
        }

        var (first, second) = (Averaged(one), Averaged(other));
        var (inked, different) = (0, 0);
        for (var i = 0; i < first.Length; i++)
        {
            if (first[i].L > 99 && second[i].L > 99)
            {
                continue;
            }

            inked++;
            var (l, a, b) = (first[i].L - second[i].L, first[i].A - second[i].A, first[i].B - second[i].B);
            different += Math.Sqrt((l * l) + (a * a) + (b * b)) > Noticeable ? 1 : 0;
        }

        return inked == 0 ? 0 : different / (double)inked;
    }

    private static (double L, double A, double B)[] Averaged(SKBitmap picture)
    {
        var (width, height) = ((picture.Width + Square - 1) / Square, (picture.Height + Square - 1) / Square);
        var sums = new (double R, double G, double B, int Count)[width * height];
        var pixels = picture.Pixels;
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var colour = pixels[(y * picture.Width) + x];
                ref var sum = ref sums[(y / Square * width) + (x / Square)];
                sum = (sum.R + Linear[colour.Red], sum.G + Linear[colour.Green], sum.B + Linear[colour.Blue], sum.Count + 1);
            }
        }

        return [.. sums.Select(sum => Lab(sum.R / sum.Count, sum.G / sum.Count, sum.B / sum.Count))];
    }

    private static (double L, double A, double B) Lab(double red, double green, double blue)
    {
        static double F(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;
        var x = F(((0.4124 * red) + (0.3576 * green) + (0.1805 * blue)) / 0.9505);
        var y = F((0.2126 * red) + (0.7152 * green) + (0.0722 * blue));
        var z = F(((0.0193 * red) + (0.1192 * green) + (0.9505 * blue)) / 1.089);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }
}
