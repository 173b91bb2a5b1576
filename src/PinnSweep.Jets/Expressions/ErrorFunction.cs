namespace PinnSweep.Jets.Expressions;

/// <summary>The error function of one number.</summary>
public static class ErrorFunction
{
    /// <summary>2/√π.</summary>
    public const double SlopeAtZero = 1.1283791670955125739;

    // erfc(6) = 2·10⁻¹⁷ is lost in 1.
    private const double AllBut = 6;

    /// <summary>erf x = 2/√π e^(−x²) Σ 2^k x^(2k+1) / (2k+1)!! (DLMF 7.6.2), a series without cancellation.</summary>
    public static double Of(double x)
    {
        if (!(Math.Abs(x) < AllBut))
        {
            return double.IsNaN(x) ? x : Math.Sign(x);
        }

        var (sum, term) = (x, x);
        for (var k = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; k++)
        {
            term *= 2 * x * x / ((2 * k) + 1);
            sum += term;
        }

        return Math.Clamp(SlopeAtZero * Math.Exp(-x * x) * sum, -1, 1);
    }
}
