using System.Numerics;

namespace PinnSweep.Numerics.Spectral;

/// <summary>
/// Exponential time differencing, Runge–Kutta of order four, for û' = L û + N(û) with diagonal L (Cox and Matthews, J. Comput. Phys. 176,
/// 2002). The φ functions are means over a circle around h·L, which avoids cancellation near zero (Kassam and Trefethen, SIAM J. Sci.
/// Comput. 26, 2005).
/// </summary>
internal sealed class EtdRk4
{
    private const int ContourPoints = 64;

    private readonly Complex[] _full;
    private readonly Complex[] _half;
    private readonly Complex[] _q;
    private readonly Complex[] _f1;
    private readonly Complex[] _f2;
    private readonly Complex[] _f3;
    private readonly Complex[] _a;
    private readonly Complex[] _b;
    private readonly Complex[] _c;
    private readonly Complex[] _nu;
    private readonly Complex[] _na;
    private readonly Complex[] _nb;
    private readonly Complex[] _nc;
    private readonly Action<double, Complex[], Complex[]> _nonlinear;
    private readonly double _step;

    /// <summary>Prepares steps of one length where N does not depend on time.</summary>
    /// <param name="linear">Diagonal of L.</param>
    /// <param name="nonlinear">(û, result): writes N(û).</param>
    /// <param name="step">h.</param>
    public EtdRk4(ReadOnlySpan<Complex> linear, Action<Complex[], Complex[]> nonlinear, double step)
        : this(linear, (_, u, result) => nonlinear(u, result), step)
    {
    }

    /// <summary>Prepares steps of one length.</summary>
    /// <param name="linear">Diagonal of L.</param>
    /// <param name="nonlinear">(t, û, result): writes N(t, û).</param>
    /// <param name="step">h.</param>
    public EtdRk4(ReadOnlySpan<Complex> linear, Action<double, Complex[], Complex[]> nonlinear, double step)
    {
        (_nonlinear, _step) = (nonlinear, step);
        var n = linear.Length;
        (_full, _half, _q, _f1, _f2, _f3) = (new Complex[n], new Complex[n], new Complex[n], new Complex[n], new Complex[n], new Complex[n]);
        (_a, _b, _c, _nu, _na, _nb, _nc) = (new Complex[n], new Complex[n], new Complex[n], new Complex[n], new Complex[n], new Complex[n], new Complex[n]);
        for (var i = 0; i < n; i++)
        {
            var z = step * linear[i];
            _full[i] = Complex.Exp(z);
            _half[i] = Complex.Exp(z / 2);
            for (var m = 0; m < ContourPoints; m++)
            {
                var r = z + Complex.FromPolarCoordinates(1, 2 * Math.PI * (m + 0.5) / ContourPoints);
                var e = Complex.Exp(r);
                var cube = r * r * r;
                _q[i] += (Complex.Exp(r / 2) - 1) / r;
                _f1[i] += (-4 - r + (e * (4 - (3 * r) + (r * r)))) / cube;
                _f2[i] += (2 + r + (e * (r - 2))) / cube;
                _f3[i] += (-4 - (3 * r) - (r * r) + (e * (4 - r))) / cube;
            }

            var scale = step / ContourPoints;
            (_q[i], _f1[i], _f2[i], _f3[i]) = (_q[i] * scale, _f1[i] * scale, _f2[i] * scale, _f3[i] * scale);
        }
    }

    /// <summary>Advances û by one step in place.</summary>
    /// <param name="u">û at the beginning of the step, then at its end.</param>
    /// <param name="time">The beginning of the step.</param>
    public void Step(Complex[] u, double time = 0)
    {
        _nonlinear(time, u, _nu);
        for (var i = 0; i < u.Length; i++)
        {
            _a[i] = (_half[i] * u[i]) + (_q[i] * _nu[i]);
        }

        _nonlinear(time + (_step / 2), _a, _na);
        for (var i = 0; i < u.Length; i++)
        {
            _b[i] = (_half[i] * u[i]) + (_q[i] * _na[i]);
        }

        _nonlinear(time + (_step / 2), _b, _nb);
        for (var i = 0; i < u.Length; i++)
        {
            _c[i] = (_half[i] * _a[i]) + (_q[i] * ((2 * _nb[i]) - _nu[i]));
        }

        _nonlinear(time + _step, _c, _nc);
        for (var i = 0; i < u.Length; i++)
        {
            u[i] = (_full[i] * u[i]) + (_f1[i] * _nu[i]) + (2 * _f2[i] * (_na[i] + _nb[i])) + (_f3[i] * _nc[i]);
        }
    }
}
