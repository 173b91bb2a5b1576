using System.Numerics.Tensors;

namespace PinnSweep.Problems.References;

/// <summary>
/// m u_t = ∇·(a∇u) + q(x, y) τ(t) from u = 0 at t = 0, u = 0 on the sides: spectral elements in space and an SDIRK method of five stages in time, L-stable, of
/// order four, one matrix for all stages (Hairer, Wanner, Solving Ordinary Differential Equations II, table IV.6.5).
/// </summary>
internal sealed class HeatMarch
{
    private const double Gamma = 1.0 / 4;
    private static readonly double[] Places = [1.0 / 4, 3.0 / 4, 11.0 / 20, 1.0 / 2, 1];
    private static readonly double[][] Coefficients =
    [
        [],
        [1.0 / 2],
        [17.0 / 50, -1.0 / 25],
        [371.0 / 1360, -137.0 / 2720, 15.0 / 544],
        [25.0 / 24, -49.0 / 48, 125.0 / 16, -85.0 / 12],
    ];

    private readonly CondensedElements _system;
    private readonly double[] _mass;
    private readonly double[] _load;
    private readonly double _step;

    /// <summary>Prepares steps of one length.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="m">Within elements, positive.</param>
    /// <param name="a">Within elements, positive.</param>
    /// <param name="q">Within elements.</param>
    /// <param name="step">Length of a step.</param>
    public HeatMarch(ElementMesh mesh, double[] m, double[] a, double[] q, double step)
    {
        (_mass, _load, _step) = (mesh.Load(m), mesh.Load(q), step);
        _system = new(mesh, a, [.. m.Select(value => value / (Gamma * step))], robin: null);
    }

    /// <summary>u at the nodes a step later.</summary>
    /// <param name="u">u at the nodes.</param>
    /// <param name="time">t at the beginning.</param>
    /// <param name="tau">τ.</param>
    public double[] Step(double[] u, double time, Func<double, double> tau)
    {
        var (slopes, right) = (new double[Places.Length][], new double[u.Length]);
        double[] stage = u;
        for (var i = 0; i < Places.Length; i++)
        {
            double[] known = [.. u];
            for (var j = 0; j < i; j++)
            {
                TensorPrimitives.MultiplyAdd(slopes[j], _step * Coefficients[i][j], known, known);
            }

            var amplitude = tau(time + (Places[i] * _step));
            for (var k = 0; k < right.Length; k++)
            {
                right[k] = (_mass[k] * known[k] / (Gamma * _step)) + (amplitude * _load[k]);
            }

            stage = _system.Solve(right);
            slopes[i] = [.. stage.Select((value, k) => (value - known[k]) / (Gamma * _step))];
        }

        // The last stage is the step itself.
        return stage;
    }
}
