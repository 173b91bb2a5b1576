using PinnSweep.Methods.Optimizers;
using PinnSweep.Numerics.Matrices;
using PinnSweep.Numerics.Streams;
using PinnSweep.Pinns.Tests.Training;

namespace PinnSweep.Pinns.Tests.Optimizers;

public sealed class MatrixOptimizerTests
{
    /// <summary>
    /// A gradient of one entry g is a matrix of rank one: X = g/‖g‖_F has the one singular value 1, which five times x ← 3.4445 x − 4.775
    /// x³ + 2.0315 x⁵ maps to p. The step is lr √max(1, 3/2) p on that entry.
    /// </summary>
    [Fact]
    public void Muon_on_a_matrix_of_rank_one_by_hand()
    {
        var muon = Create("muon", 6, [new(0, 3, 2)], ("lr", 0.1));
        var theta = new double[6];

        muon.Step(theta, [0, 0, 0, -5, 0, 0], 0);

        var p = 1.0;
        for (var i = 0; i < 5; i++)
        {
            p = (3.4445 * p) - (4.775 * p * p * p) + (2.0315 * p * p * p * p * p);
        }

        Assert.Equal([0, 0, 0, 0.1 * Math.Sqrt(1.5) * p, 0, 0], theta, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    /// <summary>
    /// A diagonal gradient keeps its axes: every singular value σ/‖g‖_F goes through the same polynomial, in wide matrices as in tall ones.
    /// </summary>
    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    public void Muon_maps_each_singular_value_by_its_polynomial(int rows, int columns)
    {
        var muon = Create("muon", 6, [new(0, rows, columns)], ("lr", 1.0), ("momentum", 0.0));
        var (theta, gradient) = (new double[6], new double[6]);
        (gradient[0], gradient[columns + 1]) = (3, 4);

        muon.Step(theta, gradient, 0);

        var scale = Math.Sqrt(Math.Max(1, (double)rows / columns));
        Assert.Equal(-scale * Polynomial(0.6), theta[0], 1e-6);
        Assert.Equal(-scale * Polynomial(0.8), theta[columns + 1], 1e-6);
    }

    [Fact]
    public void Entries_outside_matrices_are_adams()
    {
        var adam = Create("adam", 2, [], ("lr", 0.1), ("beta1", 0.9), ("beta2", 0.999));
        double[] expected = [1, 2];
        foreach (var kind in new[] { "muon", "soap" })
        {
            double[] theta = [0, 0, 0, 0, 1, 2];
            var optimizer = kind == "muon"
                ? Create(kind, 6, [new(0, 2, 2)], ("lr", 0.1))
                : Create(kind, 6, [new(0, 2, 2)], ("lr", 0.1), ("beta1", 0.9), ("beta2", 0.999));
            optimizer.Step(theta, [1, 0, 0, 1, 0.5, -3], 0);
            if (kind == "muon")
            {
                adam.Step(expected, [0.5, -3], 0);
            }

            Assert.Equal(expected, theta[4..]);
        }
    }

    /// <summary>
    /// Two gradients of rank one along the same axes, 3 e₁e₂ᵀ and then 2 e₁e₂ᵀ: the bases are unit vectors up to sign, the rotated gradient
    /// has the one entry 2 and the step is Adam's first: lr m̂ / (√v̂ + ε) with m̂ = (1 − β₁) 2 / (1 − β₁) and v̂ = 4, so lr · 2/(2 + ε).
    /// The first gradient moves nothing.
    /// </summary>
    [Fact]
    public void Soap_by_hand_on_axes()
    {
        var soap = Create("soap", 6, [new(0, 2, 3)], ("lr", 0.1));
        var theta = new double[6];

        soap.Step(theta, [0, 3, 0, 0, 0, 0], 0);
        Assert.Equal(new double[6], theta);

        soap.Step(theta, [0, 2, 0, 0, 0, 0], 0);
        Assert.Equal([0, -0.1, 0, 0, 0, 0], theta, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    /// <summary>
    /// G₁ = u vᵀ with u = (3, 4)/5 and v = (1, 1)/√2, then 2 G₁: in the basis of u and v the second gradient is the one entry 2, so the
    /// step is lr u vᵀ, where Adam would move every entry by lr.
    /// </summary>
    [Fact]
    public void Soap_by_hand_in_a_turned_basis()
    {
        var soap = Create("soap", 4, [new(0, 2, 2)], ("lr", 0.1));
        double[] rank1 = [0.6 * Math.Sqrt(0.5), 0.6 * Math.Sqrt(0.5), 0.8 * Math.Sqrt(0.5), 0.8 * Math.Sqrt(0.5)];
        var theta = new double[4];

        soap.Step(theta, rank1, 0);
        soap.Step(theta, [.. rank1.Select(value => 2 * value)], 0);

        Assert.Equal(rank1.Select(value => -0.1 * value).ToArray(), theta, (a, b) => Math.Abs(a - b) < 1e-8);
    }

    [Fact]
    public void Orthonormal_columns_span_what_they_came_from()
    {
        var stream = new RandomStream(1, "columns");
        double[] a = [.. Enumerable.Range(0, 7 * 7).Select(_ => stream.NextGaussian())];
        for (var i = 0; i < 7; i++)
        {
            // Column 3 is twice column 1.
            a[(i * 7) + 3] = 2 * a[(i * 7) + 1];
        }

        SmallMatrices.Orthonormalise(a, 7, 7);

        for (var j = 0; j < 7; j++)
        {
            for (var k = 0; k < 7; k++)
            {
                Assert.Equal(j == k ? 1 : 0, Enumerable.Range(0, 7).Sum(i => a[(i * 7) + j] * a[(i * 7) + k]), 1e-14);
            }
        }
    }

    [Fact]
    public void Matrices_of_a_network_are_its_dense_layers()
    {
        var description = Trials.Small();
        using var trial = Trials.Begin(description);

        var matrices = ParameterMatrix.Of(trial.Trial.Engine.Network);

        Assert.Equal([(10, 2), (10, 10), (1, 10)], matrices.Select(matrix => (matrix.Rows, matrix.Columns)));
        Assert.Equal([0, 30, 140], matrices.Select(matrix => matrix.Offset));
    }

    private static double Polynomial(double x)
    {
        for (var i = 0; i < 5; i++)
        {
            x = (3.4445 * x) - (4.775 * Math.Pow(x, 3)) + (2.0315 * Math.Pow(x, 5));
        }

        return x;
    }

    private static IOptimizer Create(string kind, int size, ParameterMatrix[] matrices, params (string, object)[] parameters) =>
        OptimizerCatalog.Create(new(size, RoundToSingle: false) { Matrices = [.. matrices] }, Made.Level(kind, parameters));
}
