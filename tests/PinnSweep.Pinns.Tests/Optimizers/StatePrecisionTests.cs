using System.Globalization;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Pinns.Tests.Optimizers;

/// <summary>What optimizers keep from step to step under float32: single as in PyTorch, or double as it was before the parameter.</summary>
public sealed class StatePrecisionTests
{
    private static readonly string[] Kinds = ["adam", "lbfgs", "muon", "nncg", "sgd", "soap"];

    public static TheoryData<string> Rows => [.. Kinds];

    [Fact]
    public void Every_optimizer_that_a_pytorch_user_has_in_single_precision_has_the_parameter() => Assert.Equal(
        [.. Kinds.Append("adam-lbfgs").Order(StringComparer.Ordinal)],
        OptimizerCatalog.All.Where(entry => entry.Method.Parameters.Any(parameter => parameter.Name == "state")).Select(entry => entry.Method.Kind));

    /// <summary>
    /// g = 1e-25: its square is below the smallest float, 1.4e-45. In single precision v is 0 and θ moves by lr m̂ / ε = 0.1 · 1e-25 /
    /// 1e-30 = 10⁴, as in PyTorch; in double by lr m̂ / (√v̂ + ε) = 0.1 · 1e-25 / (1e-25 + 1e-30).
    /// </summary>
    [Theory]
    [InlineData("precision", -1e4)]
    [InlineData("double", -0.1 / 1.00001)]
    public void Squares_of_small_gradients_vanish_in_single_precision(string state, double expected)
    {
        foreach (var length in new[] { 1, 40 })
        {
            var adam = Create("adam", length, matrices: [], ("lr", 0.1), ("epsilon", 1e-30), ("state", state));
            var theta = new double[length];

            adam.Step(theta, [.. Enumerable.Repeat(1e-25, length)], 0);

            Assert.All(theta, value => Assert.Equal(expected, value, Math.Abs(expected) * 1e-6));
        }
    }

    /// <summary>
    /// The update as PyTorch's documentation writes it, each operation rounded to single precision; 1003 entries leave a remainder beside
    /// whole vectors.
    /// </summary>
    [Fact]
    public void A_step_in_single_precision_follows_the_plain_formulas_in_floats()
    {
        const int Length = 1003;
        var stream = new RandomStream(1, "init");
        var adam = Create("adam", Length, matrices: [], ("lr", 0.02), ("beta1", 0.8), ("beta2", 0.95), ("epsilon", 1e-6));
        double[] theta = [.. Enumerable.Range(0, Length).Select(_ => (double)(float)stream.NextGaussian())];
        float[] expected = [.. theta.Select(value => (float)value)];
        var (m, v) = (new float[Length], new float[Length]);
        for (var step = 1; step <= 20; step++)
        {
            double[] gradient = [.. Enumerable.Range(0, Length).Select(_ => stream.NextGaussian() * 1e-3)];
            adam.Step(theta, gradient, 0);
            for (var i = 0; i < Length; i++)
            {
                var g = (float)gradient[i];
                m[i] = (0.8f * m[i]) + (0.2f * g);
                v[i] = (0.95f * v[i]) + (0.05f * g * g);
                expected[i] -= (float)(0.02 / (1 - Math.Pow(0.8, step))) * m[i] / ((MathF.Sqrt(v[i]) / (float)Math.Sqrt(1 - Math.Pow(0.95, step))) + 1e-6f);
            }
        }

        Assert.Equal([.. expected.Select(value => (double)value)], theta, (a, b) => Math.Abs(a - b) < 2e-6);
        Assert.All(theta, value => Assert.Equal((float)value, value));
    }

    /// <summary>Everything but the unrounded scalars of L-BFGS's scale is a float; kept in double, hardly any value is.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void What_is_kept_is_a_float_under_float32_and_not_where_double_is_asked_for(string kind)
    {
        Assert.DoesNotContain(Kept(kind, "precision"), value => (float)value != value);
        Assert.Contains(Kept(kind, "double"), value => (float)value != value);
    }

    /// <summary>
    /// The digits of commit 627c9b7, before the parameter: levels without it mean <c>double</c>. They guard stored trials; what is right is
    /// held by the tests of each optimizer.
    /// </summary>
    [Theory]
    [InlineData("adam", "-1.0888206 1.1115863 -0.61828023 0.6829434")]
    [InlineData("lbfgs", "-0.31137624 0.056889012 0.11136166 0.0065931473")]
    [InlineData("muon", "-1.1090367 0.98440444 -0.5005414 0.7020445")]
    [InlineData("nncg", "0.8172152 0.6619651 0.562704 0.30057743")]
    [InlineData("sgd", "-0.9501768 1.0784227 -0.84639573 0.45965067")]
    [InlineData("soap", "-1.1331456 1.0143635 -0.5298174 0.6484632")]
    public void Levels_from_before_the_parameter_keep_their_digits(string kind, string digits)
    {
        var theta = new Rosenbrock().Start;
        Flat.RoundToSingle(theta);
        Turn(kind, "double", theta, 12);

        Assert.Equal(digits, string.Join(' ', theta.Select(value => ((float)value).ToString("R", CultureInfo.InvariantCulture))));
    }

    private static List<double> Kept(string kind, string state)
    {
        var optimizer = Turn(kind, state, new Rosenbrock().Start, 7);
        using var stream = new MemoryStream();
        using (var writer = new StateWriter(stream))
        {
            optimizer.State(writer);
        }

        // The vectors of the state: text, length and doubles in turn; scalars are left out.
        stream.Position = 0;
        var kept = new List<double>();
        foreach (var name in (string[])["adam.first", "adam.second", "lbfgs.s", "lbfgs.y", "muon.momentum", "nncg.direction", "nystrom.vectors", "nystrom.values", "sgd.velocity", "soap.first", "soap.second", "soap.statistics", "soap.basis"])
        {
            kept.AddRange(Vectors(stream.ToArray(), name));
        }

        Assert.NotEmpty(kept);
        return kept;
    }

    private static IEnumerable<double> Vectors(byte[] state, string name)
    {
        // With its length before it, or lbfgs.scale would pass for lbfgs.s.
        byte[] text = [(byte)name.Length, .. System.Text.Encoding.UTF8.GetBytes(name)];
        for (var at = state.AsSpan().IndexOf(text); at >= 0;)
        {
            var from = at + text.Length;
            var length = BitConverter.ToInt32(state, from);
            for (var i = 0; i < length; i++)
            {
                yield return BitConverter.ToDouble(state, from + 4 + (8 * i));
            }

            var next = state.AsSpan(from).IndexOf(text);
            at = next < 0 ? -1 : from + next;
        }
    }

    private static IOptimizer Turn(string kind, string state, double[] theta, int steps)
    {
        var problem = new Rosenbrock();
        (string, object)[] parameters = kind switch
        {
            "lbfgs" => [],
            "nncg" => [("damping", 1e-3)],
            "sgd" => [("lr", 1e-4), ("momentum", 0.9)],
            _ => [("lr", 0.01)],
        };
        var optimizer = Create(kind, problem.Size, problem.Matrices, [.. parameters, ("state", state)]);
        for (var step = 0; step < steps; step++)
        {
            problem.Step(optimizer, theta);
        }

        return optimizer;
    }

    private static IOptimizer Create(string kind, int length, System.Collections.Immutable.ImmutableArray<ParameterMatrix> matrices, params (string, object)[] parameters) => OptimizerCatalog.Create(
        new(length, RoundToSingle: true) { Matrices = matrices, Stream = new(1, "optimizer") },
        Made.Level(kind, parameters));
}
