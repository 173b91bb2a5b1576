using PinnSweep.Numerics.Spectral;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Methods.Samplers.Parts;

/// <summary>A box divided into equal elements, each with the nodes of Gauss' quadrature along every coordinate.</summary>
/// <param name="Along">Elements along each coordinate.</param>
/// <param name="Nodes">Nodes along each coordinate of an element.</param>
/// <param name="Dimension">Coordinates.</param>
internal sealed record QuadratureElements(int Along, int Nodes, int Dimension)
{
    /// <summary>Nodes of an element.</summary>
    public int NodesEach { get; } = Power(Nodes, Dimension);

    /// <summary>As many elements along each coordinate as so many points allow; none where they are not enough for one.</summary>
    public static QuadratureElements AtMost(int points, int nodes, int dimension)
    {
        var along = 0;
        while (Math.Pow((along + 1.0) * nodes, dimension) <= points)
        {
            along++;
        }

        return new(along, nodes, dimension);
    }

    /// <summary>The nodes of one element after another, in problem units.</summary>
    public double[] Points(Problem problem)
    {
        var nodes = Legendre.Gauss(Nodes).Nodes;
        var points = new double[Power(Along, Dimension) * NodesEach * Dimension];
        for (var i = 0; i < points.Length; i++)
        {
            var (d, q, e) = (i % Dimension, i / Dimension % NodesEach, i / Dimension / NodesEach);
            var axis = problem.Axes[d];
            points[i] = axis.Lower + (axis.Extent * (Digit(e, Along, d) + ((1 + nodes[Digit(q, Nodes, d)]) / 2)) / Along);
        }

        return points;
    }

    /// <summary>
    /// For each product of so many test functions P_{k+1} − P_{k−1} along each coordinate its values at the nodes of an element, times
    /// their weights, which add up to 1: product after product.
    /// </summary>
    public double[] Tests(int tests)
    {
        var (nodes, weights) = Legendre.Gauss(Nodes);
        var values = Array.ConvertAll(nodes, node => Legendre.Values(tests + 1, node));
        var table = new double[Power(tests, Dimension) * NodesEach];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = 1;
            for (var d = 0; d < Dimension; d++)
            {
                var (k, q) = (Digit(i / NodesEach, tests, d), Digit(i % NodesEach, Nodes, d));
                table[i] *= weights[q] / 2 * (values[q][k + 2] - values[q][k]);
            }
        }

        return table;
    }

    private static int Digit(int number, int radix, int place) => number / Power(radix, place) % radix;

    private static int Power(int value, int exponent)
    {
        var power = 1;
        for (var i = 0; i < exponent; i++)
        {
            power *= value;
        }

        return power;
    }
}
