using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Verification;

namespace PinnSweep.Pinns.Tests.Verification;

/// <summary>A problem's solution against its own conditions, and void forms, which have to fail it.</summary>
public sealed class SolutionChecksTests
{
    public static TheoryData<string> Void => ["wave-2d-multiscale", "poisson-inverse"];

    [Theory]
    [MemberData(nameof(Void))]
    public void A_void_form_fails_in_its_equation_and_says_why_and_the_corrected_one_passes(string kind)
    {
        var entry = ProblemCatalog.All.Single(entry => entry.Method.Kind == kind);
        var published = entry.Create(entry.Standard.With("form", entry.Variants[0].Value));

        var failing = Assert.Single(SolutionChecks.Of(kind, published), check => !check.Passed);

        Assert.Equal((published.Void, $"{kind}: its solution makes 'residual' zero"), (failing.Void, failing.Name));
        Assert.True(failing.Error > 1e-3, $"{failing}");
        Assert.All(SolutionChecks.Of(kind, entry.Create(entry.Standard)), check => Assert.True(check is { Passed: true, Void: null }, $"{check}"));
    }

    [Fact]
    public void A_form_that_is_called_void_and_keeps_its_equations_fails()
    {
        var sound = Poisson2D.Entry.Create(Poisson2D.Entry.Standard) with { Void = "somebody said so" };

        var failing = Assert.Single(SolutionChecks.Of("poisson-2d", sound), check => !check.Passed);

        Assert.Null(failing.Void);
        Assert.Equal("poisson-2d: is void as published, and yet nothing of it fails (somebody said so)", failing.Name);
    }

    [Theory]
    [InlineData("poisson-2d-classic")]
    [InlineData("heat-nd")]
    [InlineData("poisson-nd")]
    [InlineData("heat-inverse")]
    public void Domains_with_holes_balls_and_many_dimensions_are_checked_where_their_conditions_hold(string kind)
    {
        var entry = ProblemCatalog.All.Single(entry => entry.Method.Kind == kind);
        var problem = entry.Create(MethodLevels.Of(entry.Method));

        Assert.All(SolutionChecks.Of(kind, problem), check => Assert.True(check.Passed, $"{check}"));

        // A condition that is wrong by a thousandth is found on every kind of side.
        var wrong = problem with { Terms = [.. problem.Terms.Select(term => term.Role == TermRole.Boundary ? term with { Residual = term.Residual + 1e-3 } : term)] };
        Assert.Contains(SolutionChecks.Of(kind, wrong), check => !check.Passed);
    }
}
