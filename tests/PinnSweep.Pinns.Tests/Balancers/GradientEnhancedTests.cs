using PinnSweep.Jets.Expressions;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Balancers;

public sealed class GradientEnhancedTests
{
    private const double Step = 1e-5;

    /// <summary>u of no importance in place of the network: the added residual is √w times the difference quotient of the one it derives.</summary>
    [Theory]
    [InlineData("burgers", "residual", "x")]
    [InlineData("burgers", "residual", "t")]
    [InlineData("burgers", "boundary", "t")]
    [InlineData("burgers", "initial", "x")]
    [InlineData("kdv", "residual", "x")]
    [InlineData("helmholtz", "boundary", "y")]
    [InlineData("lid-driven-cavity", "momentum-y", "x")]
    [InlineData("{kind: convection, periodicity: soft}", "periodic", "t")]
    public void An_added_residual_is_the_derivative_of_the_one_it_is_called_after(string problem, string term, string axis)
    {
        var extended = Extended(problem, "weight: 4, conditions_weight: 4");
        var (x, y) = (Expr.Coordinate(0), Expr.Coordinate(1));
        var any = new ClosedForm([.. extended.Outputs.Select((_, output) => (Expr.Sin((1.3 + output) * x) * Expr.Exp(-0.4 * y)) + (x * x * y))]);
        var (original, added) = (Find(extended, term), Find(extended, $"{term}-by-{axis}"));
        var a = extended.Axes.ToList().FindIndex(one => one.Name == axis);
        double[] point = [0.3, 0.7];
        double At(LossTerm of, double shift)
        {
            var moved = point.ToArray();
            moved[a] += shift;
            return ClosedForm.Evaluate(any.Insert(of.Residual, [], extended.AcrossOf(of)), moved);
        }

        var quotient = (At(original, Step) - At(original, -Step)) / (2 * Step);

        Assert.True(added.IsAdded);
        Assert.Equal(original.Role, added.Role);
        Assert.InRange(At(added, 0) / (2 * quotient), 1 - 1e-6, 1 + 1e-6);
    }

    [Fact]
    public void Conditions_are_derived_along_their_own_sides_only()
    {
        var terms = Extended("helmholtz", "conditions_weight: 1").Terms;

        Assert.Equal(["residual", "residual-by-x", "residual-by-y", "boundary", "boundary-by-x", "boundary-by-y"], terms.Select(term => term.Name));
        Assert.All(terms.Single(term => term.Name == "boundary-by-x").Faces, face => Assert.Equal(1, face.Axis));
        Assert.Equal(["residual", "residual-by-x", "residual-by-y", "boundary"], Extended("helmholtz", "").Terms.Select(term => term.Name));
    }

    /// <summary>At the start both networks are the same, and what is measured is the problem, not what was added to its loss.</summary>
    [Fact]
    public void Nothing_is_measured_by_what_was_added()
    {
        using var plain = Trials.Begin(Trials.Small(steps: 1));
        using var enhanced = Trials.Begin(Trials.Small(steps: 1, balancer: Level("conditions_weight: 1")));

        Assert.NotEqual(plain.Trial.Problem.Terms.Length, enhanced.Trial.Problem.Terms.Length);
        Assert.Equal(plain.RunToEnd().Curve[0].Metrics, enhanced.RunToEnd().Curve[0].Metrics);
    }

    [Theory]
    [InlineData("kuramoto-sivashinsky", "'residual' derived by x takes derivatives of a network beyond order 4")]
    [InlineData("burgers", null)]
    public void What_networks_cannot_be_derived_to_is_not_applicable(string problem, string? reason) =>
        Assert.StartsWith(reason ?? "none", PinnCatalog.Instance.WhyNotApplicable(Levels(problem, "")) ?? "none", StringComparison.Ordinal);

    [Fact]
    public void Another_balancer_weighs_the_added_terms_too()
    {
        var levels = Levels("burgers", "balancer: {kind: static, weights: {residual-by-x: 3}}");

        Assert.Null(PinnCatalog.Instance.WhyNotApplicable(levels));
        Assert.Contains("has no term 'residual-by-z'", PinnCatalog.Instance.WhyNotApplicable(Levels("burgers", "balancer: {kind: static, weights: {residual-by-z: 3}}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pcgrad")]
    [InlineData("multiadam")]
    public void What_its_balancer_cannot_be_trained_with_it_cannot_either(string balancer)
    {
        var levels = Levels("burgers", $"balancer: {balancer}") with { Optimizer = LevelText.Parse(Factor.Optimizer, "lbfgs", PinnCatalog.Instance, "--optimizer") };

        Assert.NotNull(PinnCatalog.Instance.WhyNotApplicable(levels));
        Assert.Null(PinnCatalog.Instance.WhyNotApplicable(levels with { Balancer = Level("") }));
    }

    private static Problem Extended(string problem, string parameters) => PinnCatalog.Problem(Levels(problem, parameters));

    private static LossTerm Find(Problem problem, string name) => problem.Terms.Single(term => term.Name == name);

    private static CellLevels Levels(string problem, string parameters) =>
        Trials.Small(balancer: Level(parameters), problem: LevelText.Parse(Factor.Problem, problem, PinnCatalog.Instance, "--problem")).Levels;

    private static Level Level(string parameters) => LevelText.Parse(Factor.Balancer, $"{{kind: gradient-enhanced, {parameters}}}", PinnCatalog.Instance, "--balancer");
}
