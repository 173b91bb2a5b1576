using PinnSweep.Jets.Expressions;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// A field as irregular as a random one, by a formula: Σ cos(1 + 3m + 7n + mn) / (m² + n²) cos(πmx) cos(πny) over 0 ≤ m, n ≤ M without m = n = 0. Its
/// amplitudes fall like those of PINNacle's Gaussian fields (α = 4), and it is even about each side of the unit square, so that mirrored it stays smooth.
/// </summary>
internal static class CosineField
{
    /// <summary>The field.</summary>
    /// <param name="x">In [0, 1].</param>
    /// <param name="y">In [0, 1].</param>
    /// <param name="modes">M.</param>
    public static Expr Of(Expr x, Expr y, int modes)
    {
        Expr Along(Expr position, int m) => m == 0 ? 1.0 : Expr.Cos(Math.PI * m * position);
        Expr[] across = [.. Enumerable.Range(0, modes + 1).Select(n => Along(y, n))];
        return Enumerable.Range(0, modes + 1)
            .Select(m => CoordinateCalculus.Product(Along(x, m), across.Select((part, n) => CoordinateCalculus.Product(Amplitude(m, n), part)).Aggregate(CoordinateCalculus.Sum)))
            .Aggregate(CoordinateCalculus.Sum);
    }

    private static double Amplitude(int m, int n) => m + n == 0 ? 0 : Math.Cos(1 + (3 * m) + (7 * n) + (m * n)) / ((m * m) + (n * n));
}
