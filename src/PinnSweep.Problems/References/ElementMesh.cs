using PinnSweep.Numerics.Spectral;

namespace PinnSweep.Problems.References;

/// <summary>
/// A rectangle of spectral elements, nodes numbered x by x, y running fastest. Functions that multiply something are known element by element, so that
/// they may jump from one to the next; what the weak form multiplies them with is continuous, and fluxes come out continuous by themselves.
/// </summary>
/// <param name="x">The elements along x.</param>
/// <param name="y">Those along y, of the same degree.</param>
internal sealed class ElementMesh(ElementAxis x, ElementAxis y)
{
    /// <summary>The elements along x.</summary>
    public ElementAxis X => x;

    /// <summary>The elements along y.</summary>
    public ElementAxis Y => y;

    /// <summary>Nodes.</summary>
    public int Count => x.Nodes.Length * y.Nodes.Length;

    /// <summary>Elements.</summary>
    public int Elements => x.Elements * y.Elements;

    /// <summary>Nodes of an element.</summary>
    public int PerElement => (x.Element.Degree + 1) * (x.Element.Degree + 1);

    /// <summary>The number of a node of an element among all.</summary>
    public int Global(int element, int node)
    {
        var (degree, n) = (x.Element.Degree, x.Element.Degree + 1);
        return ((((element / y.Elements * degree) + (node / n)) * y.Nodes.Length) + (element % y.Elements * degree)) + (node % n);
    }

    /// <summary>Whether a node lies on a side of the rectangle.</summary>
    public bool IsOnSide(int global)
    {
        var (i, j) = (global / y.Nodes.Length, global % y.Nodes.Length);
        return i == 0 || i == x.Nodes.Length - 1 || j == 0 || j == y.Nodes.Length - 1;
    }

    /// <summary>A function at the nodes.</summary>
    public double[] AtNodes(Func<double, double, double> function) => [.. x.Nodes.SelectMany(position => y.Nodes.Select(other => function(position, other)))];

    /// <summary>A function at the nodes of each element, from within.</summary>
    public double[] Within(Func<double, double, double> function)
    {
        var (values, n) = (new double[Elements * PerElement], x.Element.Degree + 1);
        for (var k = 0; k < values.Length; k++)
        {
            var (element, node) = (k / PerElement, k % PerElement);
            values[k] = function(x.PlaceWithin(element / y.Elements, node / n), y.PlaceWithin(element % y.Elements, node % n));
        }

        return values;
    }

    /// <summary>∫ f v for the shape v of each node.</summary>
    /// <param name="f">Values <see cref="Within"/>.</param>
    public double[] Load(ReadOnlySpan<double> f)
    {
        var load = new double[Count];
        for (var k = 0; k < f.Length; k++)
        {
            load[Global(k / PerElement, k % PerElement)] += f[k] * Weight(k / PerElement, k % PerElement);
        }

        return load;
    }

    /// <summary>The integral of a node's shape over an element.</summary>
    public double Weight(int element, int node)
    {
        var n = x.Element.Degree + 1;
        return 0.25 * x.Length(element / y.Elements) * y.Length(element % y.Elements) * x.Element.Weights[node / n] * x.Element.Weights[node % n];
    }

    /// <summary>The integral of a node's shape over the sides of the rectangle that belong to an element.</summary>
    public double SideWeight(int element, int node)
    {
        var (n, degree) = (x.Element.Degree + 1, x.Element.Degree);
        var (ex, ey, i, j) = (element / y.Elements, element % y.Elements, node / n, node % n);
        var alongY = (ex == 0 && i == 0 ? 1 : 0) + (ex == x.Elements - 1 && i == degree ? 1 : 0);
        var alongX = (ey == 0 && j == 0 ? 1 : 0) + (ey == y.Elements - 1 && j == degree ? 1 : 0);
        return (alongY * 0.5 * y.Length(ey) * x.Element.Weights[j]) + (alongX * 0.5 * x.Length(ex) * x.Element.Weights[i]);
    }

    /// <summary>∫ a ∇v·∇w for the shapes of an element, row-major.</summary>
    /// <param name="element">The element.</param>
    /// <param name="a">Values <see cref="Within"/>.</param>
    public double[,] Stiffness(int element, ReadOnlySpan<double> a)
    {
        var (n, d, w) = (x.Element.Degree + 1, x.Element.First, x.Element.Weights);
        var ratio = y.Length(element % y.Elements) / x.Length(element / y.Elements);
        var matrix = new double[PerElement, PerElement];
        var here = a.Slice(element * PerElement, PerElement);
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < n; k++)
            {
                for (var j = 0; j < n; j++)
                {
                    var (alongX, alongY) = (0.0, 0.0);
                    for (var m = 0; m < n; m++)
                    {
                        alongX += d[m, i] * d[m, k] * w[m] * here[(m * n) + j];
                        alongY += d[m, i] * d[m, k] * w[m] * here[(j * n) + m];
                    }

                    matrix[(i * n) + j, (k * n) + j] += ratio * w[j] * alongX;
                    matrix[(j * n) + i, (j * n) + k] += w[j] * alongY / ratio;
                }
            }
        }

        return matrix;
    }

    /// <summary>Values at the nodes, interpolated to a grid of other places, the last coordinate running fastest.</summary>
    public double[] On(IReadOnlyList<double> xs, IReadOnlyList<double> ys, ReadOnlySpan<double> u)
    {
        var (fromX, fromY) = (xs.Select(x.Interpolation).ToArray(), ys.Select(y.Interpolation).ToArray());
        var values = new double[xs.Count * ys.Count];
        for (var k = 0; k < values.Length; k++)
        {
            var (along, across) = (fromX[k / ys.Count], fromY[k % ys.Count]);
            for (var i = 0; i < along.Weights.Length; i++)
            {
                for (var j = 0; along.Weights[i] != 0 && j < across.Weights.Length; j++)
                {
                    values[k] += along.Weights[i] * across.Weights[j] * u[((along.First + i) * y.Nodes.Length) + across.First + j];
                }
            }
        }

        return values;
    }
}
