using System.Numerics.Tensors;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Jets.Verification;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Networks;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Methods.Samplers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Training.Steps;

namespace PinnSweep.Pinns.Tests.Problems;

public sealed class SoftPeriodicityTests
{
    private const string Soft = "{kind: convection, beta: 1, periodicity: soft, periodic_order: 1}";

    public static TheoryData<string> Balancers => [.. BalancerCatalog.All.Select(entry => entry.Method.Kind)];

    public static TheoryData<string> Optimizers => [.. OptimizerCatalog.All.Where(entry => entry.Method.Kind != "phases").Select(entry => entry.Method.Kind)];

    public static TheoryData<string> Samplers => [.. SamplerCatalog.All.Select(entry => entry.Method.Kind)];

    public static TheoryData<string> Networks => [.. NetworkCatalog.All.Select(entry => entry.Method.Kind)];

    public static TheoryData<string> Times => ["none", "causal", "{kind: windows, count: 2}", "{kind: curriculum, parameter: beta, values: [0.5]}"];

    [Theory]
    [InlineData("allen-cahn", 1)]
    [InlineData("convection", 0)]
    [InlineData("kdv", 2)]
    [InlineData("kuramoto-sivashinsky", 3)]
    [InlineData("reaction", 0)]
    [InlineData("reaction-diffusion", 1)]
    [InlineData("taylor-green", 1)]
    public void Levels_as_before_say_nothing_of_it_and_a_soft_period_compares_what_the_equation_needs(string kind, int order)
    {
        var (plain, embedded, soft) = (Problem(kind), Level(Factor.Problem, $"{{kind: {kind}, periodicity: embedded}}"), Level(Factor.Problem, $"{{kind: {kind}, periodicity: soft}}"));
        var periodic = PinnCatalog.Problem(soft);
        var before = PinnCatalog.Problem(plain);

        Assert.DoesNotContain(plain.Parameters.Entries.Keys, key => key.StartsWith("periodic", StringComparison.Ordinal));
        Assert.Equal(plain, embedded);
        Assert.Equal(["periodicity"], soft.Parameters.Entries.Keys.Except(plain.Parameters.Entries.Keys));
        Assert.Equal(order, periodic.Terms.Max(term => term.PairsOn is null ? 0 : ExprGraph.Order(term.Residual).OfType<Expr.Derivative>().Max(derivative => derivative.Orders.Sum())));
        Assert.Equal(before.Terms.Length + (before.Axes.Count(axis => axis.Periodic) * before.Outputs.Length * (order + 1)), periodic.Terms.Length);
        Assert.Contains(before.Axes, axis => axis.Periodic);
        Assert.DoesNotContain(periodic.Axes, axis => axis.Periodic);
        Assert.DoesNotContain(PinnCatalog.Network(Level(Factor.Network, "mlp"), periodic, 1).Nodes, node => node is Node.CosSin);
    }

    [Fact]
    public void Terms_are_named_by_coordinate_output_and_order_where_there_are_several()
    {
        Assert.Equal(["residual", "periodic", "periodic-1", "initial"], PinnCatalog.Problem(Level(Factor.Problem, Soft)).Terms.Select(term => term.Name));
        Assert.Equal(
            ["periodic-x-u", "periodic-x-v", "periodic-x-p", "periodic-y-u", "periodic-y-v", "periodic-y-p"],
            PinnCatalog.Problem(Level(Factor.Problem, "{kind: taylor-green, periodicity: soft, periodic_order: 0}")).Terms.Where(term => term.PairsOn is not null).Select(term => term.Name));
    }

    [Fact]
    public void A_form_without_a_period_is_told()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => PinnCatalog.Problem(Level(Factor.Problem, "{kind: allen-cahn, form: dirichlet, periodicity: soft}")));

        Assert.Equal("problem 'allen-cahn': periodicity: soft needs a coordinate in which the solution repeats, and this form of the problem has none", mistake.Message);
    }

    [Theory]
    [InlineData("fused", Precision.Float64)]
    [InlineData("fused", Precision.Float32)]
    [InlineData("torch", Precision.Float64)]
    public void The_loss_and_gradient_of_a_term_are_those_of_differences_between_the_sides(string engine, Precision precision)
    {
        var description = With(problem: Soft) with { Levels = With(problem: Soft).Levels with { Precision = precision } };
        using var training = Trials.Begin(description, engine);
        using var passes = new TermPasses(training.Trial.Problem, training.Trial.Engine, training.Theta.Length);
        passes.TakePoints(training.Trial.Sampler, null);
        var theta = training.Theta.ToArray();
        training.Trial.Engine.SetParameters(theta);
        passes.ForwardAndReverse(theta, training.Trial.Balancer, []);
        var gradients = passes.Gradients.ToArray();

        // Term 1 is the value. u on both sides by the reference, at the term's own points.
        var points = training.Trial.Sampler.Points(1).ToArray();
        var upper = new Across(0, 2 * Math.PI).Points(points, 2);
        double Loss(double[] at) => Enumerable.Range(0, points.Length / 2).Average(i => Math.Pow(Value(at, points, i) - Value(at, upper, i), 2));
        double Value(double[] at, double[] where, int i) => ReferenceJets.Evaluate(training.Trial.Engine.Network, at, where.AsSpan(2 * i, 2), JetLayout.ValuesOnly(2))[0];
        var limit = precision == Precision.Float64 ? 1e-9 : 1e-5;

        Assert.All(points.Chunk(2), point => Assert.Equal(0, point[0]));
        Assert.Equal(Loss(theta), passes.Losses[1], limit);
        for (var k = 0; k < theta.Length; k += 7)
        {
            var difference = ReferencePass.Difference(at => [Loss(at)], theta, k)[0];
            Assert.Equal(difference, gradients[theta.Length + k], precision == Precision.Float64 ? 1e-8 : 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Balancers))]
    public void Every_balancer_trains_pairs(string kind) => Trains(With(balancer: kind, optimizer: kind is "m-config" or "multiadam" ? "sgd" : "adam"));

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Every_optimizer_trains_pairs(string kind) => Trains(With(optimizer: kind));

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Every_sampler_draws_pairs(string kind) => Trains(With(sampler: $"{{kind: {kind}, interior: {(kind == "vpinn" ? 100 : 60)}, boundary: 20, initial: 15}}"));

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_network_trains_pairs_or_has_the_period_built_in(string kind)
    {
        var description = With(network: kind == "mlp" ? "{kind: mlp, hard: true, hidden: [10, 10]}" : kind);

        Trains(description, pairs: kind != "periodic");
    }

    [Theory]
    [MemberData(nameof(Times))]
    public void Every_way_to_treat_time_trains_pairs(string time) => Trains(With(time: time));

    [Fact]
    public void A_resumed_training_of_pairs_equals_an_uninterrupted_one()
    {
        var description = With(balancer: "self-adaptive");
        using var whole = Trials.Begin(description).RunToEnd();

        using var after = Trials.Resumed(description, 4).RunToEnd();

        Assert.Equal(whole.Digits(), after.Digits());
        Assert.Equal(whole.Theta.ToArray(), after.Theta.ToArray());
    }

    [Fact]
    public void Slow_convection_is_learnt_on_raw_coordinates_and_the_sides_come_together()
    {
        var description = With(problem: "{kind: convection, beta: 1, periodicity: soft}", sampler: "{kind: uniform, interior: 500, boundary: 100, initial: 100}", optimizer: "lbfgs", network: "{kind: mlp, hidden: [20, 20]}") with
        {
            Budget = Budget.OfSteps(400),
            EvaluateEvery = 400,
        };

        using var training = Trials.Begin(description).RunToEnd();

        var (first, last) = (training.Curve[0], training.Curve[^1]);
        Assert.InRange(last.RelativeL2, 0, 0.03);
        Assert.InRange(last.Metrics["constraint/periodic"], 0, 0.02);
        Assert.True(first.Metrics["constraint/periodic"] > 10 * last.Metrics["constraint/periodic"]);
        Assert.Equal(last.RelativeL2, Math.Sqrt(new[] { "low", "middle", "high" }.Sum(band => Math.Pow(last.Metrics[$"spectrum/{band}"], 2))), 0.01 * last.RelativeL2);
    }

    private static void Trains(TrialDescription description, bool pairs = true)
    {
        Assert.Null(PinnCatalog.Instance.WhyNotApplicable(description.Levels));
        using var training = Trials.Begin(description).RunToEnd();

        var term = training.Trial.Problem.Terms.IndexOf(training.Trial.Problem.Terms.FirstOrDefault(term => term.PairsOn is not null)!);
        Assert.Equal(pairs, term >= 0);
        Assert.NotEqual(Outcome.Diverged, training.Outcome);
        Assert.NotEqual(training.Curve[0].Losses, training.Curve[^1].Losses);
        Assert.Equal(pairs, training.Curve[^1].Metrics.ContainsKey("constraint/periodic"));
        Assert.All(training.Curve, point => Assert.True(TensorPrimitives.IsFiniteAll<double>(point.Losses.AsSpan())));
    }

    private static TrialDescription With(
        string problem = Soft, string network = "{kind: mlp, hidden: [10, 10]}", string balancer = "static", string sampler = "{kind: uniform, interior: 60, boundary: 20, initial: 15}", string optimizer = "adam", string time = "none")
    {
        var small = Trials.Small(steps: 8);
        return small with
        {
            EvaluateEvery = 4,
            Levels = new(
                Level(Factor.Problem, problem),
                Level(Factor.Network, network),
                Level(Factor.Balancer, balancer),
                Level(Factor.Sampler, sampler),
                Level(Factor.Optimizer, optimizer),
                Level(Factor.Time, time),
                Precision.Float64),
        };
    }

    private static Level Problem(string kind) => Level(Factor.Problem, kind);

    private static Level Level(Factor factor, string text) => LevelText.Parse(factor, text, PinnCatalog.Instance, "test");
}
