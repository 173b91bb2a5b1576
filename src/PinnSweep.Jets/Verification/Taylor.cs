namespace PinnSweep.Jets.Verification;

/// <summary>
/// A power series in one variable, cut off: entry k is the coefficient of εᵏ. Functions follow from their differential equations:
/// y' = d(ε) a' gives k y_k = Σ_{j=1…k} j a_j d_{k−j}. No table of derivatives, no chain rule: an oracle apart from the engines.
/// </summary>
internal readonly record struct Taylor(double[] Coefficients)
{
    private int Length => Coefficients.Length;

    public static Taylor Constant(double value, int order)
    {
        var coefficients = new double[order + 1];
        coefficients[0] = value;
        return new(coefficients);
    }

    public static Taylor operator +(Taylor a, Taylor b) => new([.. a.Coefficients.Zip(b.Coefficients, (x, y) => x + y)]);

    public static Taylor operator -(Taylor a, Taylor b) => new([.. a.Coefficients.Zip(b.Coefficients, (x, y) => x - y)]);

    public static Taylor operator *(Taylor a, double factor) => new([.. a.Coefficients.Select(x => x * factor)]);

    public static Taylor operator *(Taylor a, Taylor b)
    {
        var product = new double[a.Length];
        for (var k = 0; k < product.Length; k++)
        {
            for (var j = 0; j <= k; j++)
            {
                product[k] += a.Coefficients[j] * b.Coefficients[k - j];
            }
        }

        return new(product);
    }

    public Taylor Exp() => Solve(Math.Exp(Coefficients[0]), y => y);

    public Taylor Tanh() => Solve(Math.Tanh(Coefficients[0]), y => Constant(1, y.Length - 1) - (y * y));

    public Taylor Sigmoid() => Solve(1 / (1 + Math.Exp(-Coefficients[0])), y => y - (y * y));

    public Taylor Softplus()
    {
        var z = Coefficients[0];
        var slope = Sigmoid();
        return Solve(Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))), _ => slope);
    }

    /// <summary>Φ, the normal distribution: Φ' = exp(−z²/2)/√(2π).</summary>
    public Taylor NormalCumulative()
    {
        var density = (this * this * -0.5).Exp() * (1 / Math.Sqrt(2 * Math.PI));
        return Solve(NormalCumulative(Coefficients[0]), _ => density);
    }

    public (Taylor Sin, Taylor Cos) SinCos()
    {
        var (sin, cos) = (new double[Length], new double[Length]);
        (sin[0], cos[0]) = Math.SinCos(Coefficients[0]);
        for (var k = 1; k < Length; k++)
        {
            for (var j = 1; j <= k; j++)
            {
                sin[k] += j * Coefficients[j] * cos[k - j] / k;
                cos[k] -= j * Coefficients[j] * sin[k - j] / k;
            }
        }

        return (new(sin), new(cos));
    }

    // d is asked again for every coefficient, from the part of y that is known: coefficient k − 1 of d needs no more of y than that.
    private Taylor Solve(double start, Func<Taylor, Taylor> derivative)
    {
        var y = new double[Length];
        y[0] = start;
        for (var k = 1; k < y.Length; k++)
        {
            var d = derivative(new(y)).Coefficients;
            for (var j = 1; j <= k; j++)
            {
                y[k] += j * Coefficients[j] * d[k - j] / k;
            }
        }

        return new(y);
    }

    // Φ(z) = ½ + φ(z) Σ z^{2n+1}/(1·3·…·(2n+1)): all terms of one sign, so no digit is lost for the |z| < 8 met here.
    private static double NormalCumulative(double z)
    {
        if (Math.Abs(z) > 8)
        {
            return z > 0 ? 1 : 0;
        }

        var (term, sum) = (z, z);
        for (var n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= z * z / ((2 * n) + 1);
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI));
    }
}
