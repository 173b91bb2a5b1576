using PinnSweep.Methods.Catalogs;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.HardConstraints;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.HardConstraints;

public sealed class ExactStartTests
{
    /// <summary>Problems with a start that can be kept, with the terms that must be left.</summary>
    public static TheoryData<string, string[]> Kept => new()
    {
        { "burgers", ["residual", "boundary"] },
        { "allen-cahn", ["residual"] },
        { "kdv", ["residual", "boundary", "slope"] },
    };

    [Theory]
    [MemberData(nameof(Kept))]
    public void The_start_holds_for_any_network_and_nothing_else_leaves_the_loss(string kind, string[] left)
    {
        var method = ProblemCatalog.All.Single(entry => entry.Method.Kind == kind).Method;
        var problem = PinnCatalog.Problem(kind == "kdv" ? MethodLevels.Of(method, ("initial", "two-soliton")) : MethodLevels.Of(method));

        var exact = ExactStart.Apply(problem);

        Assert.Equal(left, exact.Terms.Select(term => term.Name));
        Assert.True(exact.IsInAnsatz);
        var (time, values, solution) = (problem.Axes[1], new double[2], new double[1]);
        var form = new ClosedForm([exact.Ansatz[0].Lift, exact.Ansatz[0].Multiplier]);
        foreach (var share in (double[])[0, 0.1, 0.37, 0.5, 0.9])
        {
            var x = problem.Axes[0].Lower + (share * problem.Axes[0].Extent);
            form.At([x, time.Lower], values);
            Assert.Equal(0, values[1]);
            Assert.Equal(Start(kind, x), values[0], 1e-13);
            form.At([x, time.Upper], values);
            Assert.Equal(1, values[1], 1e-15);
        }

        double Start(string name, double x)
        {
            if (name == "kdv")
            {
                problem.Exact([x, 0], solution);
                return solution[0];
            }

            return name == "burgers" ? -Math.Sin(Math.PI * x) : x * x * Math.Cos(Math.PI * x);
        }
    }

    [Fact]
    public void A_periodic_network_with_an_exact_start_has_the_equation_alone_in_its_loss_and_trains()
    {
        var small = Trials.Small(steps: 1, problem: MethodLevels.Of(Burgers.Entry.Method));
        var description = small with { Levels = small.Levels with { Network = Level(hard: false) } };
        using var training = Trials.Begin(description);
        training.Advance();

        Assert.Equal(["residual"], training.Trial.Problem.Terms.Select(term => term.Name));
        Assert.Null(PinnCatalog.Instance.WhyNotApplicable(description.Levels));
    }

    [Fact]
    public void Levels_that_cannot_keep_a_start_are_told_why()
    {
        Assert.Equal("hard and exact_start are two forms of the same output; take one", Reason(MethodLevels.Of(Burgers.Entry.Method), Level(hard: true)));
        Assert.Equal(
            "an exact start needs a time axis, which this problem has not",
            Reason(MethodLevels.Of(Helmholtz.Entry.Method), Level(hard: false)));

        // Its start is of u and of u_t.
        Assert.StartsWith("an exact start needs one initial condition of the form u − g", ExactStart.WhyNot(PinnCatalog.Problem(MethodLevels.Of(KleinGordon.Entry.Method))), StringComparison.Ordinal);
    }

    private static string? Reason(Level problem, Level network) => PinnCatalog.Instance.WhyNotApplicable(Trials.Small(problem: problem).Levels with { Network = network });

    private static Level Level(bool hard)
    {
        var network = PinnCatalog.Instance.Find(Factor.Network, "periodic")!;
        var level = MethodLevels.Of(network).With("exact_start", new SpecValue.Flag(true));
        return hard ? level.With("hard", new SpecValue.Flag(true)) : level;
    }
}
