using PinnSweep.Numerics.Matrices;
using PinnSweep.Numerics.Spectral;

namespace PinnSweep.Pinns.Tests.Solvers.SpectralElements;

/// <summary>What spectral elements are made of.</summary>
public sealed class LinearAlgebraTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(11)]
    [InlineData(20)]
    public void Gauss_Lobatto_points_integrate_degree_2n_minus_1_and_differentiate_degree_n(int degree)
    {
        var line = new GaussLobatto(degree);
        var factors = new double[degree + 1];
        line.Interpolation(0.3, factors);

        Assert.Equal((-1.0, 1.0), (line.Nodes[0], line.Nodes[^1]));
        for (var power = 0; power < 2 * degree; power++)
        {
            Assert.Equal(power % 2 == 0 ? 2.0 / (power + 1) : 0, line.Nodes.Zip(line.Weights, (x, w) => w * Math.Pow(x, power)).Sum(), 1e-13);
        }

        for (var i = 0; i <= degree; i++)
        {
            var slope = Enumerable.Range(0, degree + 1).Sum(j => line.First[i, j] * Math.Pow(line.Nodes[j], degree));
            Assert.Equal(degree * Math.Pow(line.Nodes[i], degree - 1), slope, 1e-11);
        }

        Assert.Equal(Math.Pow(0.3, degree), line.Nodes.Zip(factors, (x, f) => f * Math.Pow(x, degree)).Sum(), 1e-13);
    }

    [Fact]
    public void An_envelope_factor_solves_what_was_added_up()
    {
        // Second differences with one far neighbour, so that the envelope fills: A x = b for x = 1, 2, …, 6.
        var matrix = new EnvelopeMatrix([0, 0, 1, 2, 0, 4]);
        var dense = new double[6, 6];
        void Add(int row, int column, double value)
        {
            matrix.Add(row, column, value);
            (dense[row, column], dense[column, row]) = (value, value);
        }

        for (var i = 0; i < 6; i++)
        {
            Add(i, i, 3 + i);
        }

        foreach (var (row, column) in new[] { (1, 0), (2, 1), (3, 2), (4, 0), (4, 3), (5, 4) })
        {
            Add(row, column, -1);
        }

        double[] right = [.. Enumerable.Range(0, 6).Select(i => Enumerable.Range(0, 6).Sum(j => dense[i, j] * (j + 1)))];
        matrix.Factorize();
        matrix.Solve(right);

        Assert.All(right.Index(), entry => Assert.Equal(entry.Index + 1, entry.Item, 1e-13));
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused()
    {
        var matrix = new EnvelopeMatrix([0, 0]);
        matrix.Add(0, 0, 1);
        matrix.Add(1, 0, 2);
        matrix.Add(1, 1, 1);

        Assert.Throws<ArithmeticException>(matrix.Factorize);
    }
}
