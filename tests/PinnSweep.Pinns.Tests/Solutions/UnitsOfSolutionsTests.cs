using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PinnSweep.Jets.Expressions;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Pinns.Tests.ProblemFiles;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Training.Exports;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Pinns.Tests.Solutions;

/// <summary>A network that was trained in units of its own is asked, exported and told of in those of its file.</summary>
public sealed class UnitsOfSolutionsTests
{
    private const string Furnace = """
        problem: furnace
        coordinates: {x: [0, 2e-6], t: [1700000000, 1700000100]}
        time: t
        equations: {heat: u_t = 4e-14*u_xx}
        conditions:
          ends: {on: x, expression: u = 900}
          start: {on: t-lower, expression: u = 900 + 2*sin(pi*x/2e-6)}
        exact: {u: 900 + 2*exp(-4e-14*(pi/2e-6)^2*(t - 1700000000))*sin(pi*x/2e-6)}
        """;

    private const string Hard = "\nhard: {u: {lift: 900 + 2*sin(pi*x/2e-6), multiplier: x*(2e-6 - x)*(t - 1700000000)}}";

    public static TheoryData<string, Precision> Cases => new() { { "", Precision.Float64 }, { "", Precision.Float32 }, { Hard, Precision.Float64 }, { Hard, Precision.Float32 } };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_derivatives_are_physical(string more, Precision precision)
    {
        using var solution = Solution(more, precision);
        var u = Expr.OutputOf(0, 2);
        using var pass = solution.Prepare([u.Value, u.D(0), u.D(1), u.D(0, 0)]);

        // A difference over a thousandth of the range, and what single precision leaves of it.
        var (x, t, h) = (0.7e-6, 1_700_000_030.0, 2e-9);
        double[] Of(double at, double then)
        {
            var values = new double[4];
            pass.At([at, then], values);
            return values;
        }

        var (left, here, right, before, after) = (Of(x - h, t), Of(x, t), Of(x + h, t), Of(x, t - 0.1), Of(x, t + 0.1));
        var isDouble = precision == Precision.Float64;
        Assert.InRange(here[0], 880, 920);
        Assert.Equal((right[0] - left[0]) / (2 * h), here[1], (isDouble ? 1e-5 : 0.05) * Math.Max(1e6, Math.Abs(here[1])));
        Assert.Equal((after[0] - before[0]) / 0.2, here[2], (isDouble ? 1e-5 : 0.05) * Math.Max(0.1, Math.Abs(here[2])));
        Assert.Equal((right[1] - left[1]) / (2 * h), here[3], (isDouble ? 1e-4 : 0.1) * Math.Max(1e12, Math.Abs(here[3])));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_error_of_the_trial_is_that_of_the_solution(string more, Precision precision)
    {
        using var solution = Solution(more, precision);
        using var pass = solution.Prepare([Expr.OutputOf(0, 2).Value]);
        var (grid, exact) = (solution.Problem.TestGrid(), new double[1]);
        var values = new double[grid.Length / 2];
        pass.At(grid, values);

        var (difference, norm) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            solution.Problem.Exact(grid.AsSpan(2 * i, 2), exact);
            (difference, norm) = (difference + ((values[i] - exact[0]) * (values[i] - exact[0])), norm + (exact[0] * exact[0]));
        }

        Assert.Equal(solution.Saved.RelativeL2, Math.Sqrt(difference / norm), 1e-4 * solution.Saved.RelativeL2);
        Assert.Equal((0, 2e-6), (solution.Problem.Axes[0].Lower, solution.Problem.Axes[0].Upper));
        Assert.Equal(1_700_000_100, solution.Problem.Axes[1].Upper);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_model_in_onnx_takes_and_gives_physical_values(string more, Precision precision)
    {
        using var solution = Solution(more, precision);
        double[] points = [0.1e-6, 1_700_000_000, 1.1e-6, 1_700_000_042.5, 2e-6, 1_700_000_100];
        var expected = new double[3];
        using var pass = solution.Prepare([Expr.OutputOf(0, 2).Value]);
        pass.At(points, expected);

        using var session = new InferenceSession(OnnxFile.Write(solution));
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(OnnxFile.Input, new DenseTensor<double>(points, [3, 2]))]);
        double[] found = precision == Precision.Float32 ? [.. results.Single().AsEnumerable<float>().Select(value => (double)value)] : [.. results.Single().AsEnumerable<double>()];

        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, precision == Precision.Float32 ? 5e-4 : 1e-9));
    }

    [Fact]
    public void The_files_of_a_network_say_its_units()
    {
        using var solution = Solution("", Precision.Float64);

        var json = System.Text.Json.Nodes.JsonNode.Parse(NetworkJson.Write(solution))!;

        Assert.Equal(2, (int)json["version"]!);
        Assert.Equal(1.7e9, (double)json["units"]!["coordinates"]![1]!["offset"]!);
        Assert.Equal(solution.Own.Units!.Outputs[0].Offset, (double)json["units"]!["outputs"]![0]!["offset"]!);
    }

    private static TrainedSolution Solution(string more, Precision precision)
    {
        var description = Solved.Describe("burgers", "{kind: mlp, hidden: [10, 10]}", precision: precision);
        var problem = Files.Read(Furnace + more);
        Assert.NotEqual(0, PinnCatalog.Problem(problem).Units!.Outputs[0].Offset);
        return TrainedSolution.Of(Solved.Train(description with { Levels = description.Levels with { Problem = problem, Network = more.Length == 0 ? description.Levels.Network : Solved.Describe("burgers", "{kind: mlp, hidden: [10, 10], hard: true}").Levels.Network } }));
    }
}
