namespace PinnSweep.Studies.Searches;

/// <summary>How much of a normal distribution lies in the unit interval.</summary>
internal static class NormalShare
{
    // erfc(6) = 2·10⁻¹⁷ is lost in 1.
    private const double AllBut = 6;

    /// <summary>Φ((1 − m)/s) − Φ(−m/s) for a centre m of 0 … 1, a sum of two shares of one sign.</summary>
    public static double OfUnit(double centre, double width)
    {
        var scale = 1 / (width * Math.Sqrt(2));
        return 0.5 * (ErrorFunction((1 - centre) * scale) + ErrorFunction(centre * scale));
    }

    /// <summary>erf of x ≥ 0 = 2/√π e^(−x²) Σ 2^k x^(2k+1) / (2k+1)!! (DLMF 7.6.2), a series without cancellation.</summary>
    internal static double ErrorFunction(double x)
    {
        if (x >= AllBut)
        {
            return 1;
        }

        var (sum, term) = (x, x);
        for (var k = 1; term > sum * 1e-17; k++)
        {
            term *= 2 * x * x / ((2 * k) + 1);
            sum += term;
        }

        return Math.Min(1, 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum);
    }
}
