namespace PinnSweep.Jets.Engines.Torch;

/// <summary>Losses and cotangents in fp64 on the host, point after point. Spans of points are residual-major: entry j·n + i.</summary>
internal static class TorchLosses
{
    /// <summary>(1/n) Σ r² and (1/n) Σ w r² of each residual.</summary>
    public static void Sum(int n, ReadOnlySpan<double> residuals, ReadOnlySpan<double> pointWeights, Span<double> losses, Span<double> weightedLosses)
    {
        for (var j = 0; j < losses.Length; j++)
        {
            var (plain, weighted) = (0.0, 0.0);
            for (var i = j * n; i < (j + 1) * n; i++)
            {
                var square = residuals[i] * residuals[i];
                plain += square;
                weighted += pointWeights.IsEmpty ? square : pointWeights[i] * square;
            }

            losses[j] = plain / n;
            weightedLosses[j] = weighted / n;
        }
    }

    /// <summary>2 λ w r / n of residual j; n is the length of <paramref name="cotangent"/>.</summary>
    public static void Cotangent(ReadOnlySpan<double> residuals, ReadOnlySpan<double> pointWeights, int j, double termWeight, Span<double> cotangent)
    {
        var n = cotangent.Length;
        for (var i = 0; i < n; i++)
        {
            var weight = pointWeights.IsEmpty ? 1 : pointWeights[(j * n) + i];
            cotangent[i] = 2 * termWeight * weight * residuals[(j * n) + i] / n;
        }
    }
}
