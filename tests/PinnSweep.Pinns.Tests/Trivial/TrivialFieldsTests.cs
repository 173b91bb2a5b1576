using PinnSweep.Methods.Catalogs;
using PinnSweep.Pinns.Tests.ProblemFiles;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Trivial;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Training.Results;

namespace PinnSweep.Pinns.Tests.Trivial;

public sealed class TrivialFieldsTests
{
    private const string GrayScott = """
        problem: gray-scott
        coordinates: {x: {range: [-1, 1], periodic: true}, y: {range: [-1, 1], periodic: true}, t: [0, 200]}
        time: t
        outputs: [u, v]
        constants: {b: 0.04, d: 0.1, eu: 1e-5, ev: 5e-6}
        equations:
          u: u_t = eu*(u_xx + u_yy) + b*(1 - u) - u*v^2
          v: v_t = ev*(v_xx + v_yy) - d*v + u*v^2
        conditions:
          start-u: {on: t-lower, expression: u = 1 - exp(-80*((x + 0.05)^2 + (y + 0.02)^2))}
          start-v: {on: t-lower, expression: v = exp(-80*((x - 0.05)^2 + (y - 0.02)^2))}
        equilibria: [{u: 1, v: 0}]
        test_points: 11
        """;

    [Fact]
    public void Trivial_fields_score_what_their_distance_from_the_solution_says()
    {
        // Of u = sin(x − t) on whole periods: the mean is 0 (the edge counts twice), and ‖sin x − sin(x − t)‖² = 1 − cos t, of which the
        // mean over [0, 1] is 1 − sin 1, where ‖u‖² is ½.
        var scores = Scores(PinnCatalog.Problem(Level("{kind: convection, beta: 1}")));

        Assert.Equal(["initial", "mean", "zero"], scores.Keys);
        Assert.Equal(1, scores["zero"]);
        Assert.Equal(1, scores["mean"], 1e-3);
        Assert.Equal(Math.Sqrt(2 * (1 - Math.Sin(1))), scores["initial"], 0.01);
    }

    [Fact]
    public void Constant_states_have_their_scores()
    {
        Assert.Equal(["initial", "mean", "u=1", "zero"], Scores(PinnCatalog.Problem(Level("reaction"))).Keys);
        Assert.Equal([[-1], [0], [1]], PinnCatalog.Problem(Level("allen-cahn")).Equilibria);

        // u* = x on [0, 1]: ‖u − 1‖ / ‖u‖ is 1 on a symmetric grid, the mean ½ scores √(1/12) / √(1/3) = ½ but for the grid's edges.
        var line = Scores(Files.Problem("""
            problem: line
            coordinates: {x: [0, 1]}
            equations: {p: u_xx}
            conditions: {ends: {on: x, expression: u - x}}
            equilibria: [{u: 0}, {u: 1}]
            exact: {u: x}
            """));
        Assert.Equal(["mean", "u=1", "zero"], line.Keys);
        Assert.Equal(1, line["u=1"], 1e-12);
        Assert.Equal(0.5, line["mean"], 5e-3);
    }

    [Theory]
    [InlineData(0, "zero")]
    [InlineData(0.02, "zero")]
    [InlineData(0.98, "u=1")]
    [InlineData(0.5, "mean")]
    [InlineData(0.2, null)]
    public void A_network_within_a_twentieth_of_the_solutions_distance_has_settled(double value, string? field)
    {
        var problem = Files.Problem("""
            problem: line
            coordinates: {x: [0, 1]}
            equations: {p: u_xx}
            conditions: {ends: {on: x, expression: u - x}}
            equilibria: [{u: 1}]
            exact: {u: x}
            """);
        var (fields, exact) = Fields(problem);

        Assert.Equal(field, fields.Settled([.. exact.Select(_ => value)]));
        Assert.Null(fields.Settled(exact));
        Assert.Null(fields.Settled([.. exact.Select(u => 0.9 * u)]));
    }

    [Fact]
    public void A_solution_close_to_a_trivial_field_stays_apart_from_it_and_one_that_is_trivial_itself_is_no_failure()
    {
        var close = Files.Problem("""
            problem: nearly-one
            coordinates: {x: [0, 1]}
            equations: {p: u_xx}
            conditions: {ends: {on: x, expression: u = 1 + 0.01*x}}
            equilibria: [{u: 1}]
            exact: {u: 1 + 0.01*x}
            scale: none
            """);
        var (fields, exact) = Fields(close);

        Assert.Null(fields.Settled(exact));
        Assert.Null(fields.Settled([.. exact.Select((u, i) => u + (0.001 * (i % 2)))]));
        Assert.Equal("u=1", fields.Settled([.. exact.Select(_ => 1.0)]));

        var (same, one) = Fields(Files.Problem("""
            problem: one
            coordinates: {x: [0, 1]}
            equations: {p: u_xx}
            conditions: {ends: {on: x, expression: u = 1}}
            equilibria: [{u: 1}]
            exact: {u: 1 + 0*x}
            """));
        Assert.Null(same.Settled(one));
        Assert.Equal("zero", same.Settled(new double[one.Length]));
    }

    [Fact]
    public void A_trivial_result_is_trivial_whatever_it_scores_and_says_so()
    {
        // u = 1 scores 0.006, far below the threshold; the network is told by its conditions to be 1.
        var description = Trials.Small(steps: 300, learningRate: 1e-2, problem: Files.Read("""
            problem: nearly-one
            coordinates: {x: [0, 1]}
            equations: {p: u_xx}
            conditions: {ends: {on: x, expression: u = 1}}
            equilibria: [{u: 1}]
            reference: {file: nearly.csv}
            """, _ => $"x,u\n{string.Join('\n', Enumerable.Range(0, 101).Select(i => FormattableString.Invariant($"{i / 100.0:R},{1 + (0.02 * Math.Sin(Math.PI * i / 100)):R}")))}")) with { EvaluateEvery = 300 };
        var fitted = description with { Levels = description.Levels with { Optimizer = LevelText.Parse(Factor.Optimizer, "levenberg-marquardt", PinnCatalog.Instance, "test") } };
        using var training = Trials.Begin(fitted).RunToEnd();
        using var loaded = Trials.Begin(fitted);
        loaded.Load(training.Saved());

        var result = training.Result(EvidenceOf.Trial(training.Trial, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));

        Assert.InRange(result.Final.RelativeL2, 0, 0.02);
        Assert.Equal((Outcome.Trivial, "u=1"), (result.Outcome, result.SettledOn));
        Assert.Equal(0.02 / Math.Sqrt(2), result.TrivialScores!["u=1"], 1e-3);
        Assert.Equal(Outcome.Trivial, loaded.Outcome);
    }

    [Fact]
    public void Without_a_solution_a_declared_state_is_recognised_by_what_the_conditions_prescribe()
    {
        var problem = Files.Problem(GrayScott);
        var (fields, unknown) = Fields(problem);
        var state = unknown.Select((_, i) => i % 2 == 0 ? 1.0 : 0.0).ToArray();

        Assert.Null(fields.Scores);
        Assert.Equal("u=1,v=0", fields.Settled(state));
        Assert.Equal("u=1,v=0", fields.Settled([.. state.Select(value => value + 1e-3)]));
        Assert.Null(fields.Settled([.. state.Select((value, i) => value + (0.1 * Math.Sin(i)))]));
        Assert.True(double.IsNaN(unknown[0]));
    }

    [Fact]
    public void A_solution_that_fades_at_once_is_not_trivial_where_it_keeps_its_start()
    {
        // u = exp(−200 t) is 0.02 of its start in the mean over [0, 10], and nobody knows it.
        var problem = Files.Problem("""
            problem: fading
            coordinates: {x: [0, 1], t: [0, 10]}
            time: t
            equations: {p: u_t + 200*u + 0*u_x}
            conditions: {start: {on: t-lower, expression: 2*u = 2}}
            free: [x-lower, x-upper]
            """);
        var (fields, unknown) = Fields(problem);
        var grid = problem.TestGrid();

        Assert.Equal("zero", fields.Settled(new double[unknown.Length]));
        Assert.Null(fields.Settled([.. unknown.Select((_, i) => Math.Exp(-200 * grid[(2 * i) + 1]))]));
    }

    [Theory]
    [InlineData("[{u: 1, v: 0}]", "[{u: 1}]", "equilibria[1]: 'v' is missing; a state has a value for every output")]
    [InlineData("[{u: 1, v: 0}]", "[{u: 1, v: 0}, {u: 0.5, v: 0}]", "equilibria[2]: is no constant state: it leaves 0.02 in equation 'u'")]
    [InlineData("[{u: 1, v: 0}]", "{u: 1, v: 0}", "equilibria: expected a list of states, for instance [{u: 0, v: 1}]; found a map")]
    [InlineData("[{u: 1, v: 0}]", "[{u: 1, w: 0}]", "equilibria[1]: unknown key 'w'")]
    public void Mistakes_in_states_are_told(string right, string wrong, string message) =>
        Assert.Contains(message, Files.Mistakes(GrayScott.Replace($"equilibria: {right}", $"equilibria: {wrong}", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Files_without_states_keep_their_keys() =>
        Assert.DoesNotContain("equilibria", Trials.Small(problem: Files.Read(Files.Burgers)).Canonical(), StringComparison.Ordinal);

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, double> Scores(Problem problem) => Fields(problem).Fields.Scores!;

    private static (TrivialFields Fields, double[] Exact) Fields(Problem problem)
    {
        var grid = problem.TestGrid();
        var (outputs, n) = (problem.Outputs.Length, grid.Length / problem.Dimension);
        var exact = new double[n * outputs];
        for (var i = 0; i < n; i++)
        {
            problem.Exact(grid.AsSpan(i * problem.Dimension, problem.Dimension), exact.AsSpan(i * outputs, outputs));
        }

        return (TrivialFields.Of(problem, grid, exact, _ => { }), exact);
    }

    private static Level Level(string text) => LevelText.Parse(Factor.Problem, text, PinnCatalog.Instance, "test");
}
