using PinnSweep.Methods.Balancers.PerPoint;
using PinnSweep.Methods.Balancers.PerTerm;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Networks;
using PinnSweep.Numerics.Streams;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.ProblemFiles;
using PinnSweep.Pinns.Tests.Problems;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.HardConstraints;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Training.Steps;

namespace PinnSweep.Pinns.Tests.HardConstraints;

public sealed class HardConstraintTests
{
    /// <summary>Every problem that declares an ansatz, with the terms that must be left.</summary>
    public static TheoryData<string, string[]> Declared => new()
    {
        { "allen-cahn dirichlet", ["residual"] },
        { "burgers", ["residual"] },
        { "convection", ["residual"] },
        { "convection periodicity=soft", ["residual", "periodic"] },
        { "diffusion", ["residual"] },
        { "helmholtz", ["residual"] },
        { "kirchhoff-plate", ["residual", "moment-x-lower", "moment-x-upper", "moment-y-lower", "moment-y-upper"] },
        { "poisson-1d-multiscale", ["residual"] },
        { "poisson-2d", ["residual"] },
        { "poisson-2d-multiscale", ["residual"] },
        { "reaction", ["residual"] },
        { "reaction periodicity=soft", ["residual", "periodic"] },
        { "wave", ["residual"] },
    };

    [Theory]
    [MemberData(nameof(Declared))]
    public void Apply_removes_the_terms_that_hold_and_no_other(string kind, string[] left) =>
        Assert.Equal(left, HardConstraint.Apply(Problem(kind)).Terms.Select(term => term.Name));

    /// <summary>
    /// At (½, ½): sin(π/2) + ½ sin 2π = 1 of the lift, and c/4 · ¼ of the multiplier: ¼ as declared here, 20/16 as Wu et al. 2023 have it.
    /// </summary>
    [Theory]
    [InlineData(4.0, 0.25)]
    [InlineData(20.0, 1.25)]
    public void The_waves_ansatz_has_the_factor_that_is_asked_for(double factor, double multiplier)
    {
        var ansatz = Wave.Entry.Create(MethodLevels.Of(Wave.Entry.Method, ("ansatz_factor", factor))).Ansatz[0];
        var values = new double[2];

        new ClosedForm([ansatz.Lift, ansatz.Multiplier]).At([0.5, 0.5], values);

        Assert.Equal([1, multiplier], values, (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Theory]
    [MemberData(nameof(Declared))]
    public void The_removed_conditions_hold_to_rounding_for_any_field(string kind, string[] left)
    {
        var problem = Problem(kind);
        var field = InAnsatz(problem);
        foreach (var term in problem.Terms.Where(term => !left.Contains(term.Name)))
        {
            foreach (var point in Points(problem, term))
            {
                Assert.InRange(Math.Abs(ExactJets.Evaluate(term, field, problem, point)), 0, 1e-9 * Math.Max(1, term.Scale));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Declared))]
    public void The_rewritten_residual_of_a_field_is_the_residual_of_its_ansatz(string kind, string[] left)
    {
        Assert.NotEmpty(left);
        var problem = Problem(kind);
        var hard = HardConstraint.Apply(problem);
        foreach (var term in hard.Terms)
        {
            var soft = problem.Terms.Single(same => same.Name == term.Name);
            foreach (var point in Points(problem, term))
            {
                var expected = ExactJets.Evaluate(soft, InAnsatz(problem), problem, point);
                var found = ExactJets.Evaluate(term, Wavy, problem, point);
                Assert.Equal(expected, found, 2e-5 * Math.Max(1, term.Scale));
            }
        }
    }

    [Theory]
    [InlineData("fused")]
    [InlineData("torch")]
    public void The_test_grid_sees_the_constrained_field_at_random_parameters(string engine)
    {
        using var training = Trials.Begin(Hard(Trials.Small(steps: 1)), engine);
        training.Advance();

        // At t = 0 and x = ±1 the field is exact whatever θ is, so the largest error lies inside and the relative error is below that of N
        // alone.
        using var soft = Trials.Begin(Trials.Small(steps: 1), engine);
        soft.Advance();
        var grid = training.Trial.Problem.TestGrid();
        var field = AnsatzField.Of(training.Trial.Problem, grid)!;
        var values = Enumerable.Repeat(123.0, grid.Length / 2).ToArray();
        field.Apply(values);
        var exact = new double[1];
        for (var i = 0; i < values.Length; i++)
        {
            if (Math.Abs(grid[2 * i]) == 1 || grid[(2 * i) + 1] == 0)
            {
                training.Trial.Problem.Exact(grid.AsSpan(2 * i, 2), exact);
                Assert.Equal(exact[0], values[i], 1e-14);
            }
        }

        Assert.True(training.Curve[0].RelativeL2 < soft.Curve[0].RelativeL2);
        Assert.Equal(["residual"], training.Trial.Problem.Terms.Select(term => term.Name));
        Assert.Equal(1, training.Trial.Events.Counts["kept-by-construction/boundary"]);
    }

    [Fact]
    public void Both_engines_give_the_same_loss_and_gradient()
    {
        var fused = Pass("fused");
        var torch = Pass("torch");

        Assert.Equal(fused.Loss, torch.Loss, 1e-10 * Math.Abs(fused.Loss));
        Assert.All(fused.Gradient.Zip(torch.Gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * Math.Max(1, Math.Abs(pair.First))));

        static (double Loss, double[] Gradient) Pass(string engine)
        {
            using var training = Trials.Begin(Hard(Trials.Small()), engine);
            using var passes = new TermPasses(training.Trial.Problem, training.Trial.Engine, training.Theta.Length);
            passes.TakePoints(training.Trial.Sampler, null);
            training.Trial.Engine.SetParameters(training.Theta);
            passes.ForwardAndReverse(training.Theta, training.Trial.Balancer, []);
            return (passes.Losses[0], passes.Gradients.ToArray());
        }
    }

    [Fact]
    public void A_hard_constraint_trains_to_a_small_error()
    {
        using var training = Trials.Begin(Hard(Trials.Small(steps: 1500, learningRate: 3e-3)) with { EvaluateEvery = 1500 }).RunToEnd();

        Assert.InRange(training.Curve[^1].RelativeL2, 0, 5e-2);
    }

    [Fact]
    public void A_problem_without_an_ansatz_and_a_balancer_of_terms_without_terms_are_told()
    {
        Assert.Equal(
            "hard constraints need an ansatz, which this problem does not declare",
            Reason(Hard(Trials.Small(problem: MethodLevels.Of(Kovasznay.Entry.Method)))));
        Assert.Equal(
            "only the term 'residual' is in the loss; relobralo weighs terms against each other",
            Reason(Hard(Trials.Small(balancer: MethodLevels.Of(ReLoBRaLo.Entry.Method)))));
        Assert.Null(Reason(Hard(Trials.Small(balancer: MethodLevels.Of(ResidualBasedAttention.Entry.Method)))));
    }

    [Fact]
    public void A_problem_file_declares_its_own_ansatz()
    {
        var text = Files.Burgers + "\nhard: {u: {lift: -sin(pi*x), multiplier: t*(1 - x^2)}}";

        var mine = HardConstraint.Apply(Files.Problem(text));

        Assert.Equal(["residual"], mine.Terms.Select(term => term.Name));
        Assert.Contains("my.yaml:10:1: hard: lift + multiplier * N keeps none", Files.Mistakes(Files.Burgers + "\nhard: {u: {lift: 0, multiplier: 1}}"), StringComparison.Ordinal);
        Assert.Contains("my.yaml:10:18: hard.u.lift: name 'u' unknown", Files.Mistakes(Files.Burgers + "\nhard: {u: {lift: u, multiplier: t}}"), StringComparison.Ordinal);
    }

    private static string? Reason(TrialDescription description) => PinnCatalog.Instance.WhyNotApplicable(description.Levels);

    private static TrialDescription Hard(TrialDescription description) => description with
    {
        Levels = description.Levels with { Network = description.Levels.Network.With(HardOption.Option.Name, new SpecValue.Flag(true)) },
    };

    /// <summary>A kind, or a kind and its form or another parameter.</summary>
    private static Problem Problem(string name)
    {
        var words = name.Split(' ');
        var method = ProblemCatalog.All.Single(entry => entry.Method.Kind == words[0]).Method;
        return PinnCatalog.Problem(words is [_, var form] ? MethodLevels.Of(method, form.Split('=') is [var parameter, var word] ? (parameter, word) : ("form", form)) : MethodLevels.Of(method));
    }

    private static IEnumerable<double[]> Points(Problem problem, LossTerm term)
    {
        var stream = new RandomStream(3, term.Name);
        foreach (var region in Region.Of(problem, term))
        {
            for (var i = 0; i < 8; i++)
            {
                var unit = new double[region.FreeDimensions];
                stream.FillUniform(unit);
                var point = new double[problem.Dimension];
                region.Place(unit, point);
                yield return point;
            }
        }
    }

    /// <summary>Some network's values.</summary>
    private static void Wavy(ReadOnlySpan<double> point, Span<double> values) => values[0] = Math.Cos(point[0] + (0.7 * point[^1])) + (0.3 * point[0] * point[^1]);

    private static ExactSolution InAnsatz(Problem problem) => (point, values) =>
    {
        Wavy(point, values);
        values[0] = PointValue.Of(problem.Ansatz[0].Lift, point)!.Value + (PointValue.Of(problem.Ansatz[0].Multiplier, point)!.Value * values[0]);
    };
}
