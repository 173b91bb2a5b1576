using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Verification;

/// <summary>One check: the largest relative error found and what it may be.</summary>
public sealed record DerivativeCheck(string Name, double Error, double Limit)
{
    /// <summary>Whether the error is within its limit; a NaN is not.</summary>
    public bool Passed => Error <= Limit;
}

/// <summary>Makes the engine under check.</summary>
public delegate IJetEngine EngineFactory(NetworkGraph network, int coefficients, Precision precision);

/// <summary>
/// Checks an engine's jets, losses, gradients, Jacobian rows and pullbacks over random networks, layouts, residuals and points:
/// values against power series, derivatives by θ against five-point differences of these, float32 against float64.
/// Errors are relative to the largest entry of the expected vector, or to 1 where that is smaller.
/// </summary>
public sealed class DerivativeChecks
{
    private const int SampledParameters = 12;

    private readonly string _engine;
    private readonly EngineFactory _factory;
    private readonly SortedDictionary<string, DerivativeCheck> _checks = new(StringComparer.Ordinal);

    private DerivativeChecks(string engine, EngineFactory factory)
    {
        _engine = engine;
        _factory = factory;
    }

    /// <summary>Runs all checks on both engines, for <c>pinnsweep verify</c>: some seconds. Loads libtorch.</summary>
    public static IReadOnlyList<DerivativeCheck> RunAll() =>
        [.. new[] { JetEngines.Torch, JetEngines.Fused }.SelectMany(engine => Run(engine, (network, coefficients, precision) => JetEngines.Create(engine, network, precision, coefficients), graphs: 20))];

    /// <summary>Runs all checks on one engine.</summary>
    /// <param name="engine">The engine's name, which begins the names of the rows.</param>
    /// <param name="factory">Makes the engine.</param>
    /// <param name="graphs">Number of random networks.</param>
    /// <param name="seed">Of the random networks.</param>
    public static IReadOnlyList<DerivativeCheck> Run(string engine, EngineFactory factory, int graphs, long seed = 1)
    {
        var checks = new DerivativeChecks(engine, factory);
        for (var i = 0; i < graphs; i++)
        {
            checks.CheckOne(new RandomStream(seed + i, "verify"), new RandomStream(seed + i, "verify across"));
        }

        return [.. checks._checks.Values];
    }

    private void CheckOne(RandomStream stream, RandomStream other)
    {
        var (dimension, outputs, n) = (1 + stream.NextInt(3), 1 + stream.NextInt(3), 3 + stream.NextInt(4));
        var graph = ArbitraryNetwork.Draw(stream, dimension, outputs);
        var layout = ArbitraryNetwork.DrawLayout(stream, dimension);
        var program = ArbitraryNetwork.DrawProgram(stream, layout, outputs);
        var points = ArbitraryNetwork.DrawPoints(stream, n, dimension);
        double[] theta = [.. graph.Initialize(stream), 0.7];
        var pairs = ArbitraryNetwork.DrawProgram(other, layout, outputs, new(other.NextInt(dimension), 2));
        double[] weights = [.. Enumerable.Range(0, 2 * n).Select(_ => stream.NextDouble() + 0.5)];
        int[] sampled = [.. Enumerable.Range(0, SampledParameters).Select(_ => stream.NextInt(theta.Length)), theta.Length - 1];

        foreach (var precision in Enum.GetValues<Precision>())
        {
            using var engine = _factory(graph, 1, precision);
            engine.SetParameters(theta);
            CheckTape(engine, layout, points, theta, sampled, stream);
            CheckPass(engine, program, "", points, theta, weights, sampled);
            CheckPass(engine, pairs, " of pairs", points, theta, weights, sampled);
        }
    }

    private void CheckTape(IJetEngine engine, JetLayout layout, double[] points, double[] theta, int[] sampled, RandomStream stream)
    {
        using var tape = engine.CreateTape(layout);
        var (d, size) = (layout.InputDimension, engine.Network.Outputs * layout.Channels);
        double[] Reference(double[] at) =>
            [.. Enumerable.Range(0, points.Length / d).SelectMany(i => ReferenceJets.Evaluate(engine.Network, at, points.AsSpan(i * d, d), layout))];
        var jets = new double[points.Length / d * size];
        tape.SetPoints(points);
        tape.Forward(jets);
        Record(engine, "jets against power series", 1e-12, 3e-5, jets, Reference(theta));

        double[] cotangents = [.. jets.Select(_ => stream.NextGaussian())];
        var gradient = new double[theta.Length];
        tape.Pullback(cotangents, gradient);
        RecordSampled(engine, "pullback against differences", gradient, sampled, parameter => [ReferencePass.Difference(Reference, theta, parameter).Zip(cotangents, (jet, cotangent) => jet * cotangent).Sum()]);
    }

    private void CheckPass(IJetEngine engine, ResidualProgram program, string of, double[] points, double[] theta, double[] weights, int[] sampled)
    {
        var reference = new ReferencePass(engine.Network, program, points);
        var (n, p) = (reference.PointCount, theta.Length);
        using var pass = engine.CreatePass(program);
        pass.SetPoints(points);
        var (losses, weighted, residuals, gradients) = (new double[2], new double[2], new double[2 * n], new double[2 * p]);

        pass.Run(weights, losses, weighted, residuals, gradients);
        Record(engine, $"residuals{of} against power series", 1e-12, 3e-5, residuals, reference.Residuals(theta));
        Record(engine, $"losses{of} against power series", 1e-12, 3e-5, [.. losses, .. weighted], [.. reference.Losses(theta, []), .. reference.Losses(theta, weights)]);
        RecordSampled(engine, $"gradients{of} against differences", gradients, sampled, parameter => ReferencePass.Difference(at => reference.Losses(at, weights), theta, parameter));

        var combined = new double[p];
        pass.RunCombined(weights, [0.3, -1.7], losses, weighted, residuals, combined);
        Record(engine, $"combined gradient{of} against its terms", 1e-12, 3e-5, combined, [.. Enumerable.Range(0, p).Select(k => (0.3 * gradients[k]) - (1.7 * gradients[p + k]))]);

        var rows = new double[n * p];
        for (var j = 0; j < 2; j++)
        {
            pass.Jacobian(j, residuals.AsSpan(0, n), rows);
            var gradient = new double[p];
            for (var index = 0; index < rows.Length; index++)
            {
                gradient[index % p] += 2 * weights[(j * n) + (index / p)] * residuals[index / p] * rows[index] / n;
            }

            Record(engine, $"Jacobian rows{of} against gradients", 1e-12, 3e-5, gradient, gradients[(j * p)..((j + 1) * p)]);

            var squares = new double[n];
            if (pass.TrySquaredNorms(j, squares))
            {
                Record(engine, "squared norms against Jacobian rows", 1e-12, 3e-5, squares, [.. rows.Chunk(p).Select(row => row.Sum(value => value * value))]);
            }
        }
    }

    // Gradients stand one after another; expected(k) has the k-th entry of each. Differences tell float32 nothing that its comparison
    // with float64 does not.
    private void RecordSampled(IJetEngine engine, string what, double[] gradients, int[] sampled, Func<int, double[]> expected)
    {
        if (engine.Precision == Precision.Float64)
        {
            var columns = sampled.Select(expected).ToArray();
            var p = gradients.Length / columns[0].Length;
            for (var j = 0; j < columns[0].Length; j++)
            {
                var scale = Math.Max(1, gradients.Skip(j * p).Take(p).Max(Math.Abs));
                Record(engine, what, 1e-7, 1, [.. sampled.Select(k => gradients[(j * p) + k] / scale)], [.. columns.Select(column => column[j] / scale)]);
            }
        }
    }

    private void Record(IJetEngine engine, string what, double limit64, double limit32, double[] actual, double[] expected)
    {
        var scale = Math.Max(1, expected.Select(Math.Abs).DefaultIfEmpty(0).Max());
        var error = actual.Zip(expected, (a, b) => Math.Abs(a - b) / scale).DefaultIfEmpty(0).Max();
        var precision = engine.Precision == Precision.Float64 ? "float64" : "float32";
        var name = $"{_engine} {precision}: {what}";
        var known = _checks.GetValueOrDefault(name) ?? new(name, 0, engine.Precision == Precision.Float64 ? limit64 : limit32);
        _checks[name] = known with { Error = double.IsNaN(error) || double.IsNaN(known.Error) ? double.NaN : Math.Max(error, known.Error) };
    }
}
