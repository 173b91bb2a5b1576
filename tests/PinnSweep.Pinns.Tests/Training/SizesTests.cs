using PinnSweep.Jets.Expressions;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Samplers.Designs;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Diagnosis;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Training;
using PinnSweep.Training.Results;
using PinnSweep.Training.Sizes;

namespace PinnSweep.Pinns.Tests.Training;

/// <summary>Sizes that are worked out by hand, and places without a value, on small problem files.</summary>
public sealed class SizesTests
{
    private static readonly OutputExpr U = Expr.OutputOf(0, 2);

    [Fact]
    public void Parts_of_a_sum_carry_its_signs_and_factors()
    {
        // 2 (u − 3 u_x) − u·u_y / 4 has the parts 2 u, 6 u_x and u·u_y / 4, whatever their signs.
        var residual = (2 * (U - (3 * U.D(0)))) - (U * U.D(1) / 4);

        Assert.Equal(["(2 * u0_0.0)", "(6 * u0_1.0)", "(0.25 * (u0_0.0 * u0_0.1))"], Summands.All(residual, 24).Select(part => part.ToString()));
    }

    [Fact]
    public void Conditions_say_what_an_output_should_amount_to()
    {
        var problem = Problem("coordinates: {x: [0, 1]}\nequations: {heat: u_xx}\nconditions: {ends: {on: x, expression: 2*u = 200 - 100*x}}\nscale: none");

        // u is 100 on one side and 50 on the other.
        Assert.Equal(Math.Sqrt((10000 + 2500) / 2.0), AskedSizes.Of(problem)[0]!.Value, 1e-9);
        Assert.Null(AskedSizes.Of(Problem("coordinates: {x: [0, 1]}\nequations: {heat: u_xx = 1}\nconditions: {ends: {on: x, expression: u_x}}"))[0]);
    }

    [Theory]
    [InlineData("u_t = -sqrt(u)", "the square root", "u", "value")]
    [InlineData("u_t = log(u - 5)", "the logarithm", "u - 5", "value")]
    [InlineData("u_t = 1/(u - u)", "the quotient", "u - u", "value")]
    [InlineData("u_t = exp(1e6 + 1e5*u)", "the exponential", "1000000 + 100000*u", "value")]
    [InlineData("u_t = sqrt(tanh(1000*(u - 5)) + 1)", "the square root", "tanh(1000*(u - 5)) + 1", "derivative")]
    public void The_operation_without_a_value_is_found_with_the_value_it_was_taken_of(string equation, string operation, string operand, string lacks)
    {
        var level = Level($"coordinates: {{t: [0, 1]}}\ntime: t\nequations: {{drain: {equation}}}\nconditions: {{full: {{on: t-lower, expression: u = 1}}}}");

        var result = Train(level, 50);

        Assert.Equal((Outcome.Diverged, 0), (result.Outcome, result.Steps));
        Assert.Equal(("drain", operation, operand, lacks), (result.NonFinite!.Term, result.NonFinite.Operation, result.NonFinite.Operand, result.NonFinite.Lacks));
        Assert.StartsWith("t = 0.", result.NonFinite.Point, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_knows_the_sizes_of_its_quantities()
    {
        var result = Train(Level("coordinates: {x: [0, 1]}\nequations: {heat: u_xx}\nconditions: {ends: {on: x, expression: 7*u = 7*(100 - 50*x)}}\nexact: {u: 100 - 50*x}\nscale: none"), 20);

        // ∫(100 − 50x)² dx = 17500/3 and the variance of 50x is 2500/12, on a grid of 101 points.
        var output = Assert.Single(result.Sizes!.Outputs);
        Assert.Equal(Math.Sqrt(17500 / 3.0), output.Asked!.Value, 0.1);
        Assert.Equal(Math.Sqrt(2500 / 12.0), output.AskedVariation!.Value, 0.2);
        Assert.InRange(output.Start, 0, 5);

        // The condition adds 7 u, 700 and 350 x.
        Assert.Equal(700, result.Sizes.Terms[1].Start, 0.01);
        Assert.Equal(["x"], result.Sizes.Coordinates.Select(axis => axis.Name));
        Assert.Equal(1.1920929e-7, result.Sizes.Coordinates[0].Resolution, 1e-12);
    }

    [Fact]
    public void A_resumed_trial_has_the_sizes_of_an_uninterrupted_one()
    {
        var description = Describe(Level("coordinates: {x: [0, 1]}\nequations: {heat: u_xx = 1}\nconditions: {ends: {on: x, expression: u}}"), 20);
        using var first = new TrainingLoop(PinnTrials.Assemble(description, "auto"), TimeProvider.System);
        using var second = new TrainingLoop(PinnTrials.Assemble(description, "auto"), TimeProvider.System);
        using var checkpoint = new MemoryStream();
        for (var step = 0; step < 20; step++)
        {
            first.Advance();
            if (step == 9)
            {
                first.Save(checkpoint);
            }
        }

        checkpoint.Position = 0;
        second.Load(checkpoint);
        while (!second.IsFinished)
        {
            second.Advance();
        }

        Assert.Equal(Text(first), Text(second));

        static string Text(TrainingLoop training) => System.Text.Json.JsonSerializer.Serialize(training.Result(EvidenceOf.Trial(training.Trial, default, default)).Sizes, TrainerProtocol.Json);
    }

    [Theory]
    [InlineData("badly scaled outputs", "coordinates: {x: [0, 1]}\nequations: {heat: u_xx}\nconditions: {ends: {on: x, expression: u = 100 - 50*x}}\nexact: {u: 100 - 50*x}\nscale: none")]
    [InlineData("badly scaled outputs", "coordinates: {x: [0, 1]}\nequations: {heat: u_xx}\nconditions: {ends: {on: x, expression: u = 100 - 50*x}}\nscale: none")]
    [InlineData("distant coordinates", "coordinates: {t: [8000000, 8000100]}\ntime: t\nconstants: {t0: 8000000}\nequations: {decay: u_t = -u/30}\nconditions: {start: {on: t-lower, expression: u = 1}}\nexact: {u: exp(-(t - t0)/30)}\nscale: none")]
    [InlineData("non-finite value", "coordinates: {t: [0, 1]}\ntime: t\nequations: {drain: u_t = -sqrt(u)}\nconditions: {full: {on: t-lower, expression: u = 1}}\nexact: {u: (1 - t/2)^2}")]
    [InlineData("uneven terms", "coordinates: {x: [0, 0.6], y: [0, 1]}\nconstants: {k: 52, h: 750}\nequations: {laplace: u_xx + u_yy}\nconditions:\n  right: {on: x-upper, expression: -k*u_x = h*u}\n  left: {on: x-lower, expression: u = sin(h/k*y)}\n  bottom: {on: y-lower, expression: u}\n  top: {on: y-upper, expression: u = exp(-h/k*x)*sin(h/k)}\nexact: {u: exp(-h/k*x)*sin(h/k*y)}\nscale: none")]
    public void What_the_scales_of_a_problem_cause_is_named_and_no_learning_rate_is_blamed(string rule, string problem)
    {
        var symptoms = TrialDiagnosis.Of(Train(Level(problem), 200));

        Assert.Equal(rule, symptoms[0].Rule);
        Assert.DoesNotContain(symptoms, symptom => symptom.Advice.Contains("lr", StringComparison.Ordinal));
    }

    private static TrialResult Train(Level problem, int steps) => PinnTrials.Run(Describe(problem, steps), "auto", TimeProvider.System);

    private static TrialDescription Describe(Level problem, int steps) => new(
        Trials.Small().Levels with { Problem = problem, Sampler = MethodLevels.Of(UniformSampler.Entry.Method), Precision = Precision.Float32 },
        1, Budget.OfSteps(steps), 10, StudyDefaults.ConvergedBelow);

    private static Problem Problem(string text) => PinnCatalog.Problem(Level(text));

    private static Level Level(string text)
    {
        var mistakes = new MistakeList();
        var level = ProblemFile.Read($"problem: p\n{text}\n", "p.yaml", [], _ => throw new UserMistakeException("no files"), mistakes);
        mistakes.ThrowIfAny();
        return level!;
    }
}
