using PinnSweep.Numerics.Spectral;
using PinnSweep.Problems.Places;

namespace PinnSweep.Problems.Solvers.SpectralElements;

/// <summary>
/// A quadrilateral with (p + 1)² nodes: where they lie, and the integrals over it by the quadrature at its nodes. Node (i, j) has the number
/// i + (p + 1) j, i along ξ. The map is the polynomial through its values at the nodes.
/// </summary>
internal sealed class SpectralElement
{
    private readonly GaussLobatto _line;
    private readonly int _n;

    /// <summary>Places the nodes and measures the element.</summary>
    public SpectralElement(Quad quad, GaussLobatto line)
    {
        (Quad, _line, _n) = (quad, line, line.Nodes.Length);
        Points = [.. Enumerable.Range(0, _n * _n).Select(node => quad.At(line.Nodes[node % _n], line.Nodes[node / _n]))];
        (Along, Across, Area) = (new PlanePoint[_n * _n], new PlanePoint[_n * _n], new double[_n * _n]);
        for (var node = 0; node < Points.Length; node++)
        {
            var (i, j) = (node % _n, node / _n);
            for (var m = 0; m < _n; m++)
            {
                Along[node] += line.First[i, m] * Points[m + (_n * j)];
                Across[node] += line.First[j, m] * Points[i + (_n * m)];
            }

            Area[node] = line.Weights[i] * line.Weights[j] * PlanePoint.Cross(Along[node], Across[node]);
        }
    }

    /// <summary>Its shape.</summary>
    public Quad Quad { get; }

    /// <summary>The nodes.</summary>
    public PlanePoint[] Points { get; }

    /// <summary>The weight of each node in an integral over the element: the diagonal of the mass matrix.</summary>
    public double[] Area { get; }

    private PlanePoint[] Along { get; }

    private PlanePoint[] Across { get; }

    /// <summary>The nodes of a side, of which η = −1, ξ = 1, η = 1 and ξ = −1 are the first to fourth, each with its weight in an integral along it.</summary>
    public IEnumerable<(int Node, double Length)> OnSide(int side)
    {
        for (var m = 0; m < _n; m++)
        {
            var node = side switch { 0 => m, 1 => _n - 1 + (_n * m), 2 => m + (_n * (_n - 1)), _ => _n * m };
            yield return (node, _line.Weights[m] * (side % 2 == 0 ? Along : Across)[node].Length);
        }
    }

    /// <summary>∫ a ∇φ_r·∇φ_s + c φ_r φ_s, dense, row-major.</summary>
    public double[] Stiffness(Func<double, double, double> diffusion, Func<double, double, double> reaction)
    {
        var (n, d, size) = (_n, _line.First, _n * _n);
        var (alongAlong, acrossAcross, mixed) = (new double[size], new double[size], new double[size]);
        var matrix = new double[size * size];
        for (var node = 0; node < size; node++)
        {
            // ∇u = (u_ξ x_η⊥ − u_η x_ξ⊥) / J, so the products of the tangents stand crosswise.
            var (i, j) = (node % n, node / n);
            var jacobian = PlanePoint.Cross(Along[node], Across[node]);
            var factor = diffusion(Points[node].X, Points[node].Y) * _line.Weights[i] * _line.Weights[j] / jacobian;
            alongAlong[node] = factor * PlanePoint.Dot(Across[node], Across[node]);
            acrossAcross[node] = factor * PlanePoint.Dot(Along[node], Along[node]);
            mixed[node] = -factor * PlanePoint.Dot(Along[node], Across[node]);
            matrix[(node * size) + node] = reaction(Points[node].X, Points[node].Y) * Area[node];
        }

        for (var r = 0; r < size; r++)
        {
            var (i, j) = (r % n, r / n);
            for (var k = 0; k < n; k++)
            {
                var (sameRow, sameColumn) = (0.0, 0.0);
                for (var m = 0; m < n; m++)
                {
                    sameRow += d[m, i] * alongAlong[m + (n * j)] * d[m, k];
                    sameColumn += d[m, j] * acrossAcross[i + (n * m)] * d[m, k];
                }

                matrix[(r * size) + k + (n * j)] += sameRow;
                matrix[(r * size) + i + (n * k)] += sameColumn;
            }

            for (var s = 0; s < size; s++)
            {
                var (k, l) = (s % n, s / n);
                matrix[(r * size) + s] += (d[k, i] * mixed[k + (n * j)] * d[j, l]) + (d[i, k] * mixed[i + (n * l)] * d[l, j]);
            }
        }

        return matrix;
    }
}
