using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Training.Exports;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Pinns.Tests.Solutions;

/// <summary>Exported models run by ONNX Runtime.</summary>
public class OnnxTests
{
    private const int Points = 300;

    public static TheoryData<string, string, string> Networks => new()
    {
        { "burgers", "{kind: mlp, hidden: [50, 50, 50, 50]}", "none" },
        { "burgers", "{kind: mlp, hidden: [10, 10], hard: true}", "none" },
        { "poisson-2d", "{kind: mlp, hidden: [10, 10], hard: true}", "none" },
        { "convection", "{kind: mlp, hidden: [10, 10]}", "{kind: windows, count: 3}" },
        { "allen-cahn", "{kind: modified-mlp, width: 10, depth: 2}", "none" },
        { "kovasznay", "{kind: mlp, hidden: [10, 10], factorization: {mean: 1, deviation: 0.1}}", "none" },
        { "diffusion", "{kind: mlp, hidden: [10, 10], activation: silu}", "none" },
        { "diffusion", "{kind: mlp, hidden: [10, 10], activation: gelu}", "none" },
        { "diffusion", "{kind: mlp, hidden: [10, 10], activation: softplus}", "none" },
        { "diffusion", "{kind: mlp, hidden: [10, 10], activation: sigmoid}", "none" },
        { "diffusion", "siren", "none" },
        { "diffusion", "piratenet", "none" },
        { "diffusion", "fourier-features", "none" },
        { "diffusion", "adaptive-activation", "none" },
        { "diffusion", "resnet", "none" },
        { "diffusion", "chebyshev-kan", "none" },
        { "convection", "periodic", "none" },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_model_has_the_values_of_the_network_in_single_precision(string problem, string network, string time)
    {
        using var solution = TrainedSolution.Of(Solved.Train(Solved.Describe(problem, network, time, Precision.Float32)));
        var points = PointsOf(solution.Problem);

        using var session = new InferenceSession(OnnxFile.Write(solution));
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(OnnxFile.Input, new DenseTensor<float>(Array.ConvertAll(points, value => (float)value), [Points, solution.Problem.Dimension]))]);
        double[] found = [.. results.Single().AsEnumerable<float>().Select(value => (double)value)];

        // The recurrence of Chebyshev polynomials enlarges what is rounded: 1.2e-6 with this seed.
        Expect(Predicted(solution, points), found, network == "chebyshev-kan" ? 3e-6 : 1e-6);
        Assert.Equal([-1, solution.Problem.Outputs.Length], session.OutputMetadata[OnnxFile.Output].Dimensions);
        Assert.Equal(string.Join(',', solution.Problem.Axes.Select(axis => axis.Name)), session.ModelMetadata.CustomMetadataMap["coordinates"]);
    }

    [Fact]
    public void A_network_of_double_precision_stays_one()
    {
        using var solution = TrainedSolution.Of(Solved.Train(Solved.Describe("burgers", "{kind: mlp, hidden: [10, 10]}")));
        var points = PointsOf(solution.Problem);

        using var session = new InferenceSession(OnnxFile.Write(solution));
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(OnnxFile.Input, new DenseTensor<double>(points, [Points, 2]))]);

        Expect(Predicted(solution, points), [.. results.Single().AsEnumerable<double>()], 1e-13);
    }

    [Fact]
    public void What_cannot_be_said_in_onnx_is_refused_by_name()
    {
        var builder = new OnnxBuilder(Precision.Float32);
        var expressions = new OnnxExpressions(builder, ["x"]);

        Assert.Contains("'measured'", Assert.Throws<NotSupportedException>(() => expressions.Add(1.0 + new Expr.KnownFunction("measured", point => point[0]))).Message, StringComparison.Ordinal);
        Assert.Null(Record.Exception(() => expressions.Add(Expr.Tanh(Expr.Coordinate(0)) / 2.0)));
    }

    private static void Expect(double[] expected, double[] found, double relative)
    {
        var size = expected.Max(Math.Abs);
        Assert.Equal(expected.Length, found.Length);
        Assert.InRange(expected.Zip(found, (a, b) => Math.Abs(a - b)).Max() / size, 0, relative);
    }

    /// <summary>Points that are the same in single precision.</summary>
    private static double[] PointsOf(Problem problem)
    {
        var stream = new RandomStream(3, "onnx");
        return [.. Enumerable.Range(0, Points).SelectMany(_ => problem.Axes.Select(axis => (double)(float)(axis.Lower + (axis.Extent * (0.01 + (0.98 * stream.NextDouble()))))))];
    }

    /// <summary>Outputs running fastest.</summary>
    private static double[] Predicted(TrainedSolution solution, double[] points)
    {
        var outputs = solution.Problem.Outputs.Length;
        using var values = solution.Prepare([.. Enumerable.Range(0, outputs).Select(output => (Expr)Expr.OutputOf(output, solution.Problem.Dimension))]);
        var found = new double[outputs * Points];
        values.At(points, found);
        return [.. Enumerable.Range(0, found.Length).Select(k => found[(k % outputs * Points) + (k / outputs)])];
    }
}
