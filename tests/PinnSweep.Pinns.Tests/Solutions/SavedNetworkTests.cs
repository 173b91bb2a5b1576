using PinnSweep.Jets.Expressions;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Trivial;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Training.Evaluations;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Pinns.Tests.Solutions;

public sealed class SavedNetworkTests
{
    [Theory]
    [MemberData(nameof(Solved.Cases), MemberType = typeof(Solved))]
    public void The_saved_network_has_the_error_of_the_result(string problem, string network, string time, Precision precision)
    {
        var saved = Solved.Train(Solved.Describe(problem, network, time, precision));

        using var solution = TrainedSolution.Of(saved);
        var rounding = precision == Precision.Float32 ? 1e-5 : 1e-12;
        Assert.Equal(saved.RelativeL2, Error(solution), rounding * saved.RelativeL2);
    }

    [Fact]
    public void Derivatives_are_those_of_the_values_with_a_hard_constraint_too()
    {
        using var solution = TrainedSolution.Of(Solved.Train(Solved.Describe("burgers", "{kind: mlp, hidden: [10, 10], hard: true}")));
        var u = Expr.OutputOf(0, 2);
        using var values = solution.Prepare([u, u.D(0), u.D(0, 0), u.D(0, 1), u.D(1)]);
        const double h = 1e-4;
        double[] at = [0.3, 0.4];

        double U(double x, double t) => At(values, [at[0] + x, at[1] + t])[0];
        var found = At(values, at);

        Assert.Equal((U(h, 0) - U(-h, 0)) / (2 * h), found[1], 1e-6);
        Assert.Equal((U(h, 0) - (2 * U(0, 0)) + U(-h, 0)) / (h * h), found[2], 1e-5);
        Assert.Equal((U(h, h) - U(-h, h) - U(h, -h) + U(-h, -h)) / (4 * h * h), found[3], 1e-5);
        Assert.Equal((U(0, h) - U(0, -h)) / (2 * h), found[4], 1e-6);
        Assert.Equal(0, At(values, [1, 0.7])[0], 1e-15);
        Assert.Equal(-Math.Sin(Math.PI * 0.25), At(values, [0.25, 0])[0], 1e-15);
    }

    [Fact]
    public void Windows_answer_for_their_part_of_the_time_in_whatever_order_points_come()
    {
        var saved = Solved.Train(Solved.Describe("convection", "{kind: mlp, hidden: [10, 10]}", "{kind: windows, count: 3}"));
        using var solution = TrainedSolution.Of(saved);
        using var values = solution.Prepare([Expr.OutputOf(0, 2)]);
        double[] times = [0.9, 0.1, 0.5, 0.34, 1.0 / 3, 0.2];
        var together = new double[times.Length];

        values.At([.. times.SelectMany(time => new[] { 1.0, time })], together);

        Assert.Equal(3, saved.Parts.Length);
        Assert.Equal(times.Select(time => At(values, [1, time])[0]), together);
        using var first = TrainedSolution.Of(saved with { Parts = [saved.Parts[0] with { Until = null }] });
        using var ofFirst = first.Prepare([Expr.OutputOf(0, 2)]);
        Assert.Equal(At(ofFirst, [1, 0.1])[0], together[1]);
        Assert.Equal(At(ofFirst, [1, 1.0 / 3])[0], together[4]);
        Assert.NotEqual(At(ofFirst, [1, 0.34])[0], together[3]);
    }

    [Fact]
    public void The_file_says_what_it_is_and_keeps_every_bit()
    {
        using var training = Trials.Begin(Solved.Describe("burgers-inverse", "{kind: mlp, hidden: [10, 10]}", precision: Precision.Float32)).RunToEnd();
        var network = training.Network()!;

        var bytes = NetworkFile.Write(network);
        var back = NetworkFile.Read(bytes);

        Assert.Equal(network.Parts[0].Theta, back.Parts[0].Theta);
        Assert.Equal(training.Curve[^1].Metrics[$"coefficient/{back.Coefficients.Keys.First()}"], back.Coefficients.Values.First());
        Assert.Equal((network.Description, network.Steps, network.RelativeL2), (back.Description, back.Steps, back.RelativeL2));
        Assert.Equal(bytes, NetworkFile.Write(back));
        Assert.InRange(bytes.Length, 4 * back.Parts[0].Theta.Length, (4 * back.Parts[0].Theta.Length) + 3000);
    }

    [Fact]
    public void A_file_that_is_none_of_another_version_or_damaged_is_told_as_that()
    {
        using var training = Trials.Begin(Solved.Describe("burgers", "{kind: mlp, hidden: [4]}")).RunToEnd();
        var bytes = NetworkFile.Write(training.Network()!);

        Assert.Contains("no trained network", Why("{\"a\": 1}"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("format 7; this version reads 1", Why(Changed(bytes, 8, 7)), StringComparison.Ordinal);
        Assert.Contains("damaged", Why(Changed(bytes, bytes.Length - 100, 1)), StringComparison.Ordinal);
        Assert.Contains("damaged", Why(bytes[..^1]), StringComparison.Ordinal);
        Assert.Contains("damaged", Why(bytes[..20]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_diverged_training_leaves_no_network()
    {
        using var training = Trials.Begin(Trials.Small(40, learningRate: 1e300)).RunToEnd();

        Assert.Equal(Outcome.Diverged, training.Outcome);
        Assert.Null(training.Network());
    }

    private static byte[] Changed(byte[] bytes, int place, byte by)
    {
        var changed = bytes.ToArray();
        changed[place] = (byte)(place == 8 ? by : changed[place] ^ by);
        return changed;
    }

    private static string Why(byte[] bytes) => Assert.Throws<InvalidDataException>(() => NetworkFile.Read(bytes)).Message;

    private static double[] At(SolutionValues values, double[] point)
    {
        var found = new double[values.Count];
        values.At(point, found);
        return found;
    }

    /// <summary>As <see cref="TestGridError"/> measures it, from predicted values.</summary>
    private static double Error(TrainedSolution solution)
    {
        var problem = solution.Problem;
        var grid = problem.TestGrid();
        var (outputs, n) = (problem.Outputs.Length, grid.Length / problem.Dimension);
        using var values = solution.Prepare([.. Enumerable.Range(0, outputs).Select(output => (Expr)Expr.OutputOf(output, problem.Dimension))]);
        var byOutput = new double[outputs * n];
        values.At(grid, byOutput);
        double[] predicted = [.. Enumerable.Range(0, n * outputs).Select(k => byOutput[(k % outputs * n) + (k / outputs)])];
        double[] exact = [.. grid.Chunk(problem.Dimension).SelectMany(point =>
        {
            var at = new double[outputs];
            problem.Exact(point, at);
            return at;
        })];
        var means = new SpatialMeans(problem, grid);
        means.RemoveFrom(predicted);
        means.RemoveFrom(exact);
        var measured = Enumerable.Range(0, exact.Length).Where(k => problem.MeasuredOutputs.Contains(k % outputs)).ToArray();
        return Math.Sqrt(measured.Sum(k => Square(predicted[k] - exact[k])) / measured.Sum(k => Square(exact[k])));
    }

    private static double Square(double value) => value * value;
}
