using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Samplers.Designs;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Problems;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Training.Steps;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

public sealed class ProblemFileTests
{
    private static readonly Problem BuiltIn = PinnCatalog.Problem(MethodLevels.Of(Burgers.Entry.Method));

    public static TheoryData<string> Examples => [.. ProblemFileExamples.Names];

    [Fact]
    public void A_file_equal_to_a_built_in_problem_compiles_to_the_same_program()
    {
        var mine = Files.Problem(Files.Burgers);

        Assert.Equal(BuiltIn.Terms.Length, mine.Terms.Length);
        foreach (var (ours, theirs) in mine.Terms.Zip(BuiltIn.Terms))
        {
            var (a, b) = (mine.Compile([ours]), BuiltIn.Compile([theirs]));
            Assert.Equal(b.Instructions, a.Instructions);
            Assert.Equal(b.Layout, a.Layout);
            Assert.Equal(b.Columns, a.Columns);
            Assert.Equal(b.Results, a.Results);
            Assert.Equal((theirs.Name, theirs.Role, theirs.PointSet, theirs.Scale), (ours.Name, ours.Role, ours.PointSet, ours.Scale));
        }
    }

    [Theory]
    [InlineData("fused", Precision.Float64)]
    [InlineData("fused", Precision.Float32)]
    [InlineData("torch", Precision.Float64)]
    public void A_file_equal_to_a_built_in_problem_gives_the_same_losses_and_gradients(string engine, Precision precision)
    {
        var theirs = Pass(MethodLevels.Of(Burgers.Entry.Method));
        var mine = Pass(Files.Read(Files.Burgers));

        Assert.Equal(theirs.Losses, mine.Losses);
        Assert.Equal(theirs.Gradients, mine.Gradients);

        (double[] Losses, double[] Gradients) Pass(Level problem)
        {
            using var training = Trials.Begin(Trials.Small(precision: precision, problem: problem), engine);
            using var passes = new TermPasses(training.Trial.Problem, training.Trial.Engine, training.Theta.Length);
            passes.TakePoints(training.Trial.Sampler, null);
            training.Trial.Engine.SetParameters(training.Theta);
            passes.ForwardAndReverse(training.Theta, training.Trial.Balancer, []);
            return (passes.Losses.ToArray(), passes.Gradients.ToArray());
        }
    }

    [Fact]
    public void An_equation_is_its_left_side_minus_its_right_side()
    {
        var moved = Files.Problem(Files.Burgers.Replace("u_t + u*u_x - nu*u_xx", "u_t + u*u_x = nu*u_xx", StringComparison.Ordinal));

        Assert.Equal(BuiltIn.Terms[0].Residual, moved.Terms[0].Residual);
    }

    [Fact]
    public void The_key_of_a_trial_says_everything_and_no_more()
    {
        var description = Trials.Small(problem: Files.Read(Files.Burgers));
        var spaced = Files.Burgers.Replace("u_t + u*u_x - nu*u_xx", "u_t+u * u_x-  nu*u_xx", StringComparison.Ordinal)
            .Replace("{x: [-1, 1], t: [0, 1]}", "  # a comment\n  x: {range: [-1.0, 1], periodic: false}\n  t: [0, 1e0]", StringComparison.Ordinal);

        var again = TrialDescription.Parse(description.Canonical());

        Assert.Equal(description.Key(), again.Key());
        Assert.Equal(BuiltIn.Terms[0].Residual, PinnCatalog.Problem(again.Levels.Problem).Terms[0].Residual);
        Assert.Equal(description.Key(), Trials.Small(problem: Files.Read(spaced)).Key());
        Assert.NotEqual(description.Key(), Trials.Small(problem: Files.Read(Files.Burgers, ("nu", "0.02"))).Key());
    }

    [Fact]
    public void A_constant_that_a_study_sets_reaches_everything_made_from_it()
    {
        const string Text = """
            problem: string
            coordinates: {x: [0, length]}
            constants: {length: 2, k: pi/length}
            equations: {residual: {expression: u_xx + k^2*u, scale: k^2}}
            conditions: {ends: {on: x, expression: u}}
            exact: {u: sin(k*x)}
            """;

        var problem = Files.Problem(Text, ("length", "4"));

        Assert.Equal(4, problem.Axes[0].Upper);
        Assert.Equal(Math.Pow(Math.PI / 4, 2), problem.Terms[0].Scale);
        var value = new double[1];
        problem.Exact([2], value);
        Assert.Equal(1, value[0], 1e-15);
    }

    [Fact]
    public void A_study_with_a_file_labels_it_by_name_and_by_what_it_sets()
    {
        const string Study = """
            study: mine
            metric: residual_l2
            factors:
              problem: [{kind: file, path: my.yaml}, {kind: file, path: my.yaml, nu: 0.02}, diffusion]
              balancer: [static, relobralo]
            exclude: [{problem: {nu: 0.02}, balancer: relobralo}]
            seeds: 1
            budget: {steps: 1}
            control: static
            """;

        var plan = Planner.Plan(StudyFile.Parse(Study, "study.yaml", PinnCatalog.Instance, texts: _ => Files.Burgers), PinnCatalog.Instance);

        Assert.Equal(
            ["my-burgers (nu 0.003183)", "my-burgers (nu 0.02)", "diffusion"],
            plan.Cells.Select(cell => cell.Labels[Factor.Problem]).Distinct());
        Assert.Equal("my-burgers (nu 0.02)", Assert.Single(plan.NotApplicable).Labels[Factor.Problem]);
        Assert.Equal(5, plan.Trials.Length);
    }

    [Fact]
    public void Sides_of_short_names_and_of_holes_become_faces()
    {
        var problem = Files.Problem(ProblemFileExamples.Text("holes"));

        Assert.Equal(Box.SidesOf(0, 1), problem.Terms[1].Faces);
        Assert.Equal(["hole-1", "hole-2", "hole-3", "hole-4"], problem.Terms[2].Faces.Select(face => face.Name(problem)));
        Assert.Equal(new Hole(0, 1, 0.4, -0.4, 0.4), problem.Holes[1]);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_trains_in_both_precisions_on_points_of_its_domain(string name)
    {
        foreach (var precision in Enum.GetValues<Precision>())
        {
            using var training = Trials.Begin(Trials.Small(steps: 200, precision: precision, problem: Files.Read(ProblemFileExamples.Text(name))) with { EvaluateEvery = 200 }).RunToEnd();

            Assert.Equal(200, training.Step);
            Assert.NotEqual(Outcome.Diverged, training.Outcome);
            Assert.True(training.Curve[^1].Losses.Sum() < training.Curve[0].Losses.Sum());
        }
    }

    [Fact]
    public void The_exact_solution_of_the_example_satisfies_its_own_equations()
    {
        var problem = Files.Problem(ProblemFileExamples.Text("example"));
        var sampler = UniformSampler.Entry.Create(MethodLevels.Of(UniformSampler.Entry.Method, ("interior", 20), ("boundary", 12), ("initial", 8)), problem, 7);

        for (var k = 0; k < problem.Terms.Length; k++)
        {
            foreach (var point in sampler.Points(k).ToArray().Chunk(2))
            {
                Assert.Equal(0, ExactJets.Evaluate(problem.Terms[k], problem.Exact, problem, point), 1e-6);
            }
        }
    }

    [Fact]
    public void Without_a_solution_errors_are_not_a_number_and_training_goes_on()
    {
        using var training = Trials.Begin(Trials.Small(steps: 20, problem: Files.Read(Files.Burgers))).RunToEnd();

        Assert.Equal(20, training.Step);
        Assert.False(training.IsDiverged);
        Assert.All(training.Curve, point => Assert.True(double.IsNaN(point.RelativeL2)));
        Assert.All(training.Curve, point => Assert.All([.. point.Losses, point.Metrics[CurvePoint.ResidualL2]], number => Assert.True(double.IsFinite(number))));
    }

    [Theory]
    [InlineData(1e3, Outcome.Converged)]
    [InlineData(1e-6, Outcome.Stalled)]
    public void Without_a_solution_the_residual_decides_the_outcome(double convergedBelow, Outcome outcome)
    {
        using var training = Trials.Begin(Trials.Small(steps: 20, problem: Files.Read(Files.Burgers), convergedBelow: convergedBelow)).RunToEnd();

        Assert.InRange(training.Curve[^1].Metrics[CurvePoint.ResidualL2], 1e-6, 1e3);
        Assert.Equal(outcome, training.Outcome);
    }

    [Theory]
    [InlineData("", "study.yaml:3: metric: relative_l2 needs")]
    [InlineData("metric: max_error", "study.yaml:2: metric: max_error needs")]
    [InlineData("metric: mse", "study.yaml:2: metric: mse needs")]
    public void A_metric_that_needs_a_solution_is_refused_where_there_is_none(string metric, string told)
    {
        var study = $"study: mine\n{metric}\nfactors: {{problem: [diffusion, {{kind: file, path: my.yaml}}, {{kind: file, path: my.yaml, nu: 1}}]}}\nbudget: {{steps: 1}}\n";
        StudySpec Read(string text, string problem) => StudyFile.Parse(text, "study.yaml", PinnCatalog.Instance, texts: _ => problem);

        var mistake = Assert.Throws<UserMistakeException>(() => Read(study, Files.Burgers));

        Assert.StartsWith($"{told} a solution to compare with, and 'my-burgers' has none; take 'metric: residual_l2', or give its file 'exact'", mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("diffusion", mistake.Message, StringComparison.Ordinal);
        Assert.Equal(3, Read(study, Files.Burgers.Replace("u + sin(pi*x)", "u", StringComparison.Ordinal) + "\nexact: {u: 0}").Factors[Factor.Problem].Length);
        Assert.Equal("residual_l2", Read(study.Replace($"\n{metric}\n", "\nmetric: residual_l2\n", StringComparison.Ordinal), Files.Burgers).Metric);
    }
}
