using PinnSweep.Numerics.Matrices;

namespace PinnSweep.Methods.Optimizers.Parts;

/// <summary>
/// Updates of an inverse Hessian H from a step s = θ⁺ − θ and the change y of the gradient, with the scaling τ and the parameter φ of
/// Broyden's family: H⁺ = (H − u uᵀ/(yᵀu) + φ v vᵀ)/τ + s sᵀ/(yᵀs), u = H y, v = √(yᵀu) (s/(yᵀs) − u/(yᵀu)). The choices of τ and φ are
/// those of Urbán, Stefanou, Pons, arXiv 2405.04230, equations 10–23, after Al-Baali, Comput. Optim. Appl. 9 (1998) 191, and Al-Baali,
/// Khalfan, Optim. Methods Softw. 20 (2005).
/// </summary>
internal static class SelfScaling
{
    /// <summary>Self-scaled BFGS: φ = 1, τ = min(1, 1/b) with b = sᵀH⁻¹s/(yᵀs).</summary>
    /// <param name="ys">yᵀs, positive.</param>
    /// <param name="yHy">yᵀH y, positive.</param>
    /// <param name="sBs">sᵀH⁻¹s, positive; −α sᵀg after a step α along −H g.</param>
    /// <param name="size">P.</param>
    public static (double Tau, double Phi) Bfgs(double ys, double yHy, double sBs, int size) => (Math.Min(1, ys / sBs), 1);

    /// <summary>Self-scaled Broyden: φ and τ from b, h = yᵀH y/(yᵀs) and a = h b − 1 ≥ 0.</summary>
    /// <inheritdoc cref="Bfgs"/>
    public static (double Tau, double Phi) Broyden(double ys, double yHy, double sBs, int size)
    {
        var b = sBs / ys;
        var h = yHy / ys;
        var a = Math.Max((h * b) - 1, 0);
        var c = Math.Sqrt(a / (a + 1));
        var rho = Math.Min(1, h * (1 - c));

        // Where ρ⁻ = 1 the lower bound is 0 for every a, also for a = 0.
        var lower = rho == 1 ? 0 : (rho - 1) / a;
        var theta = Math.Max(lower, Math.Min(1 / rho, (1 - b) / b));
        var sigma = 1 + (a * theta);
        var root = Math.Pow(sigma, -1.0 / Math.Max(size - 1, 1));
        var bfgs = Math.Min(1, 1 / b);
        var tau = theta > 0 ? bfgs * Math.Min(root, 1 / theta) : Math.Min(bfgs * root, sigma);
        return (tau, (1 - theta) / sigma);
    }

    /// <summary>The update in terms of u and s.</summary>
    public static RankTwo Update(double tau, double phi, double ys, double yHy) =>
        new(1 / tau, (phi - 1) / (tau * yHy), -phi / (tau * ys), ((phi * yHy / (tau * ys)) + 1) / ys);
}

/// <summary>The choice of τ and φ for an update; parameters as of <see cref="SelfScaling.Bfgs"/>.</summary>
internal delegate (double Tau, double Phi) UpdateRule(double ys, double yHy, double sBs, int size);
