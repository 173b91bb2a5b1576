using System.Collections.Immutable;
using PinnSweep.Numerics.Matrices;
using PinnSweep.Numerics.Spectral;

namespace PinnSweep.Problems.References;

/// <summary>
/// Steady flow in the unit square under a moving lid, u·∇u = −∇p + Δu/Re, ∇·u = 0. Unknown is the stream function ψ (u = ψ_y, v = −ψ_x) as
/// a polynomial in Chebyshev collocation; Newton's method solves Δ²ψ/Re = u·∇Δψ with ψ = 0 and given ψ_n on the walls. At the corners the
/// lid's velocity and the wall's rest contradict each other in the first derivative; there the two nodes of the lid and of the floor
/// nearest to the side walls go without their condition, which makes equations and unknowns equal in number and keeps the contradiction
/// local. The pressure is the least-squares solution of ∇p = Δu/Re − u·∇u with mean zero.
/// </summary>
internal sealed class CavityFlow
{
    /// <summary>The measure that says how well the momentum equations are satisfied, a tenth away from the walls.</summary>
    public const string ResidualName = "residual";

    /// <summary>The measure of u(½, y) and v(x, ½) against the coarser solution.</summary>
    public const string CentreLinesName = "centre lines";

    private const int Outputs = 3;
    private const double Ladder = 2.5;
    private readonly Chebyshev _basis;
    private readonly double[] _lid;
    private readonly int _n;
    private double[,] _psi;

    private CavityFlow(int degree, Func<double, double> lid, double[,] psi)
    {
        _basis = new(degree);
        _lid = [.. _basis.Nodes.Select(lid)];
        (_n, _psi) = (degree, psi);
    }

    /// <summary>
    /// The flow on a grid of nodes × nodes midpoints; the floor is the distance to a solution of two thirds of the degree.
    /// </summary>
    public static ReferenceGrid Solve(double reynolds, Func<double, double> lid, int degree, ImmutableArray<double> nodes)
    {
        var coarse = FromRest(reynolds, lid, degree * 2 / 3);
        var transfer = coarse._basis.Interpolation(new Chebyshev(degree).Nodes);
        var fine = new CavityFlow(degree, lid, Both(transfer, coarse._psi));
        fine.Newton(1 / reynolds);

        var (values, residual) = fine.On(nodes, 1 / reynolds);
        var (coarser, _) = coarse.On(nodes, 1 / reynolds);
        var (count, middle) = (nodes.Length, nodes.Length / 2);
        bool OnCentreLine(int i) => ((i / Outputs) / count == middle && i % Outputs == 0) || ((i / Outputs) % count == middle && i % Outputs == 1);
        return new(
            [nodes, nodes],
            Outputs,
            [.. values],
            ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal)
                .Add(ReferenceGrid.FloorName, ReferenceGrid.Distance(values, coarser))
                .Add(CentreLinesName, ReferenceGrid.Distance(values, coarser, OnCentreLine))
                .Add(ResidualName, residual));
    }

    /// <summary>The flow on the same nodes by polynomials of one degree alone: what a floor would need is left out.</summary>
    public static double[] Values(double reynolds, Func<double, double> lid, int degree, ImmutableArray<double> nodes) =>
        FromRest(reynolds, lid, degree).On(nodes, 1 / reynolds).Values;

    // Newton's method needs a start nearby: Reynolds numbers rise step by step.
    private static CavityFlow FromRest(double reynolds, Func<double, double> lid, int degree)
    {
        var flow = new CavityFlow(degree, lid, new double[degree + 1, degree + 1]);
        for (var rung = Math.Min(reynolds, 100); ; rung = Math.Min(reynolds, rung * Ladder))
        {
            flow.Newton(1 / rung);
            if (rung >= reynolds)
            {
                return flow;
            }
        }
    }

    /// <summary>M A Mᵀ.</summary>
    private static double[,] Both(double[,] m, double[,] a) => Chebyshev.Product(Chebyshev.Product(m, a), Chebyshev.Transpose(m));

    private static double[,] Map(double[,] shape, Func<int, int, double> entry)
    {
        var result = new double[shape.GetLength(0), shape.GetLength(1)];
        for (var i = 0; i < result.GetLength(0); i++)
        {
            for (var j = 0; j < result.GetLength(1); j++)
            {
                result[i, j] = entry(i, j);
            }
        }

        return result;
    }

    private static double[,] AlongX(double[,] derivative, double[,] f) => Chebyshev.Product(derivative, f);

    private static double[,] AlongY(double[,] derivative, double[,] f) => Chebyshev.Product(f, Chebyshev.Transpose(derivative));

    private double[,] Laplacian(double[,] f)
    {
        var (x, y) = (AlongX(_basis.Second, f), AlongY(_basis.Second, f));
        return Map(f, (i, j) => x[i, j] + y[i, j]);
    }

    private void Newton(double viscosity)
    {
        const int MostSteps = 20;
        var (last, inner, before) = (_n - 1, _n - 1, double.PositiveInfinity);
        for (var step = 0; step < MostSteps; step++)
        {
            var (d1, d2, d3, d4) = (_basis.First, _basis.Second, _basis.Third, _basis.Fourth);
            var (u, vMinus, w) = (AlongY(d1, _psi), AlongX(d1, _psi), Laplacian(_psi));
            var (wx, wy, viscous) = (AlongX(d1, w), AlongY(d1, w), Laplacian(w));
            var rows = new double[inner * inner][];
            var right = new double[inner * inner];
            for (var i = 1; i <= last; i++)
            {
                for (var j = 1; j <= last; j++)
                {
                    var row = rows[((i - 1) * inner) + j - 1] = new double[inner * inner];
                    ref var value = ref right[((i - 1) * inner) + j - 1];
                    if (i == 1 || i == last)
                    {
                        // ψ_x = 0 on the wall beside this node.
                        var wall = i == 1 ? 0 : _n;
                        value = -vMinus[wall, j];
                        for (var k = 1; k <= last; k++)
                        {
                            row[((k - 1) * inner) + j - 1] = d1[wall, k];
                        }
                    }
                    else if (j == 1 || j == last)
                    {
                        var wall = j == 1 ? 0 : _n;
                        value = (j == 1 ? _lid[i] : 0) - u[i, wall];
                        for (var k = 1; k <= last; k++)
                        {
                            row[((i - 1) * inner) + k - 1] = d1[wall, k];
                        }
                    }
                    else
                    {
                        value = (u[i, j] * wx[i, j]) - (vMinus[i, j] * wy[i, j]) - (viscosity * viscous[i, j]);
                        for (var k = 1; k <= last; k++)
                        {
                            for (var l = 1; l <= last; l++)
                            {
                                row[((k - 1) * inner) + l - 1] += (2 * viscosity * d2[i, k] * d2[j, l]) - (u[i, j] * d1[i, k] * d2[j, l]) + (vMinus[i, j] * d2[i, k] * d1[j, l]);
                            }

                            row[((k - 1) * inner) + j - 1] += (viscosity * d4[i, k]) - (u[i, j] * d3[i, k]) + (wy[i, j] * d1[i, k]);
                            row[((i - 1) * inner) + k - 1] += (viscosity * d4[j, k]) + (vMinus[i, j] * d3[j, k]) - (wx[i, j] * d1[j, k]);
                        }
                    }
                }
            }

            var change = DenseSystem.Solve(rows, right);
            for (var index = 0; index < change.Length; index++)
            {
                _psi[(index / inner) + 1, (index % inner) + 1] += change[index];
            }

            // ψ is some 0.1. Changes that no longer shrink are the rounding of fourth derivatives, far below the floor.
            var size = change.Max(Math.Abs);
            if (size < 1e-10 || (size < 1e-6 && size > before / 10))
            {
                return;
            }

            before = size;
        }

        throw new InvalidOperationException($"Newton's method for the cavity does not settle at viscosity {viscosity}: ψ still changes by {before}.");
    }

    /// <summary>u, v and p, side by side at each midpoint, and the residual of the momentum equations.</summary>
    private (double[] Values, double Residual) On(ImmutableArray<double> nodes, double viscosity)
    {
        var (u, v) = (AlongY(_basis.First, _psi), Map(_psi, (_, _) => 0));
        var psiX = AlongX(_basis.First, _psi);
        v = Map(v, (i, j) => -psiX[i, j]);
        var (forceX, forceY) = (Force(u, u, v, viscosity), Force(v, u, v, viscosity));
        var p = Pressure(forceX, forceY);
        var to = _basis.Interpolation(nodes);
        double[][,] shown = [Both(to, u), Both(to, v), Both(to, p)];
        var mean = 0.0;
        foreach (var value in shown[2])
        {
            mean += value / shown[2].Length;
        }

        shown[2] = Map(shown[2], (i, j) => shown[2][i, j] - mean);
        var values = new double[nodes.Length * nodes.Length * Outputs];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = shown[index % Outputs][index / Outputs / nodes.Length, index / Outputs % nodes.Length];
        }

        var (px, py, fx, fy) = (Both(to, AlongX(_basis.First, p)), Both(to, AlongY(_basis.First, p)), Both(to, forceX), Both(to, forceY));
        double difference = 0, norm = 0;
        for (var i = 0; i < nodes.Length; i++)
        {
            for (var j = 0; j < nodes.Length; j++)
            {
                if (Math.Max(Math.Abs(nodes[i] - 0.5), Math.Abs(nodes[j] - 0.5)) <= 0.4)
                {
                    difference += Math.Pow(px[i, j] - fx[i, j], 2) + Math.Pow(py[i, j] - fy[i, j], 2);
                    norm += (px[i, j] * px[i, j]) + (py[i, j] * py[i, j]);
                }
            }
        }

        return (values, Math.Sqrt(difference / norm));
    }

    /// <summary>νΔf − u f_x − v f_y.</summary>
    private double[,] Force(double[,] f, double[,] u, double[,] v, double viscosity)
    {
        var (laplacian, x, y) = (Laplacian(f), AlongX(_basis.First, f), AlongY(_basis.First, f));
        return Map(f, (i, j) => (viscosity * laplacian[i, j]) - (u[i, j] * x[i, j]) - (v[i, j] * y[i, j]));
    }

    /// <summary>
    /// Minimizes ∬ (p_x − f)² + (p_y − g)² in Clenshaw–Curtis sums: with A = DᵀWD the normal equations are A p W + W p A = DᵀW f W + W g W
    /// D, which the eigenvectors of (A, W) make diagonal. The constant, whose eigenvalue is zero, stays out.
    /// </summary>
    private double[,] Pressure(double[,] forceX, double[,] forceY)
    {
        var w = _basis.Weights;
        var root = w.Select(Math.Sqrt).ToArray();
        var weighted = Map(_basis.First, (i, j) => root[i] * _basis.First[i, j] / root[j]);
        var matrix = MathNet.Numerics.LinearAlgebra.Double.DenseMatrix.OfArray(Chebyshev.Product(Chebyshev.Transpose(weighted), weighted));
        var eigen = matrix.Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric);
        var values = eigen.EigenValues.Select(value => value.Real).ToArray();
        var vectors = Map(_basis.First, (i, j) => eigen.EigenVectors[i, j] / root[i]);
        var transposed = Chebyshev.Transpose(_basis.First);
        var (fromX, fromY) = (
            Chebyshev.Product(transposed, Map(forceX, (i, j) => w[i] * forceX[i, j] * w[j])),
            Chebyshev.Product(Map(forceY, (i, j) => w[i] * forceY[i, j] * w[j]), _basis.First));
        var modes = Both(Chebyshev.Transpose(vectors), Map(fromX, (i, j) => fromX[i, j] + fromY[i, j]));
        var largest = values.Max();
        return Both(vectors, Map(modes, (i, j) => values[i] + values[j] > 1e-10 * largest ? modes[i, j] / (values[i] + values[j]) : 0));
    }
}
