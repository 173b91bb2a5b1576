using PinnSweep.Pinns.Tests.Scales;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Diagnosis;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Pinns.Tests.ProblemFiles.Cases;

/// <summary>Files whose numbers are far from one, as people wrote them: they train to what they are worth.</summary>
public sealed class ScaleCases
{
    private const string SmallUnits = """
        problem: small-units
        coordinates: {x: [0, 1]}
        equations: {p: 1e-4*(u_xx + pi^2*sin(pi*x))}
        conditions: {ends: {on: x, expression: 1e-4*(u - 5)}}
        """;

    private const string Plate = """
        problem: robin-plate
        coordinates: {x: [0, 0.6], y: [0, 1]}
        constants: {k: 52, h: 750}
        equations: {laplace: u_xx + u_yy}
        conditions:
          left: {on: x-lower, expression: u = sin(h/k*y)}
          bottom: {on: y-lower, expression: u}
          top: {on: y-upper, expression: u = exp(-h/k*x)*sin(h/k)}
          right: {on: x-upper, expression: -k*u_x = h*u}
        exact: {u: exp(-h/k*x)*sin(h/k*y)}
        """;

    private const string Torricelli = """
        problem: torricelli
        coordinates: {t: [0, 1]}
        time: t
        equations: {drain: u_t = -sqrt(u)}
        conditions: {full: {on: t-lower, expression: u = 1}}
        exact: {u: (1 - t/2)^2}
        """;

    [Theory]
    [InlineData("D07", UnitChoiceTests.Rod, 0.02)]
    [InlineData("D08", UnitChoiceTests.Unix, 0.02)]
    [InlineData("nm", UnitChoiceTests.Nanometres, 0.02)]
    public void A_file_trains_to_what_it_is_worth(string id, string text, double error)
    {
        using var training = Trials.Begin(Trials.Small(steps: 2000, Precision.Float32, problem: Files.Read(text), learningRate: 5e-3) with { EvaluateEvery = 500 }).RunToEnd();

        Assert.True(training.Curve[^1].RelativeL2 <= error, $"{id}: {training.Curve[^1].RelativeL2}");
        Assert.NotEqual(Outcome.Trivial, training.Outcome);
    }

    [Fact]
    public void D49_a_plate_with_a_robin_condition_is_solved_where_it_was_not()
    {
        var (scaled, stated) = (PlateError(""), PlateError("\nscale: none"));

        Assert.True(scaled < 0.6, $"{scaled}");
        Assert.True(stated > 0.9, $"{stated}");
    }

    private static double PlateError(string more)
    {
        var small = Trials.Small(steps: 2000, Precision.Float32, problem: Files.Read(Plate + more)) with { EvaluateEvery = 1000 };
        var description = small with
        {
            Levels = small.Levels with
            {
                Network = Balancers.MethodLevels.Of(Methods.Networks.Mlp.Entry.Method, ("hidden", new[] { 20, 20 })),
                Sampler = Balancers.MethodLevels.Of(Methods.Samplers.Designs.UniformSampler.Entry.Method, ("interior", 500), ("boundary", 100)),
            },
        };
        using var training = Trials.Begin(description).RunToEnd();
        return training.Curve[^1].RelativeL2;
    }

    [Theory]
    [InlineData("")]
    [InlineData("\nscale: none")]
    public void D06_is_not_converged_after_one_step(string more)
    {
        using var training = Trials.Begin(Trials.Small(steps: 1, Precision.Float32, problem: Files.Read(SmallUnits + more))).RunToEnd();
        using var whole = Trials.Begin(Trials.Small(steps: 1, Precision.Float32, problem: Files.Read((SmallUnits + more).Replace("1e-4*", "", StringComparison.Ordinal)))).RunToEnd();

        Assert.NotEqual(Outcome.Converged, training.Outcome);
        Assert.Equal(whole.Outcome, training.Outcome);
    }

    [Fact]
    public void D08_without_units_is_refused_in_single_precision()
    {
        var problem = Files.Read($"{UnitChoiceTests.Unix}\nscale: none");

        var refused = Assert.Throws<Studies.Mistakes.UserMistakeException>(() => Trials.Begin(Trials.Small(problem: problem, precision: Precision.Float32)));

        Assert.Contains("float32 numbers near t = 1700000003 are 128 apart", refused.Message, StringComparison.Ordinal);
        using var doubled = Trials.Begin(Trials.Small(steps: 10, problem: problem, precision: Precision.Float64)).RunToEnd();
    }

    [Theory]
    [InlineData("u_t = -sqrt(u)", "the square root in 'drain' has no value at t = ", "(u = -", "keep u positive")]
    [InlineData("u_t = -u^0.5", "the power in 'drain' has no value at t = ", "(u = -", "keep u positive")]
    [InlineData("u_t = -u^1.5", "the power in 'drain' has no value at t = ", "(u = -", "keep u positive")]
    [InlineData("u_t = log(u)", "the logarithm in 'drain' has no value at t = ", "(u = -", "keep u positive")]
    public void D09_is_told_by_its_place(string equation, string place, string value, string advice)
    {
        foreach (var (offset, amount) in new[] { (0.0, 1.0), (1e9, 1.0), (0.0, 1e6) })
        {
            var text = Torricelli.Replace("u_t = -sqrt(u)", equation, StringComparison.Ordinal).Replace("exact: {u: (1 - t/2)^2}", "", StringComparison.Ordinal)
                .Replace("[0, 1]", $"[{OtherUnits.Number(offset)}, {OtherUnits.Number(offset + 1)}]", StringComparison.Ordinal).Replace("u = 1}", $"u = {OtherUnits.Number(amount)}}}", StringComparison.Ordinal);
            var told = Enumerable.Range(1, 10).Select(seed => Told(text, seed)).First(symptom => symptom is not null)!;

            Assert.StartsWith(place, told.Finding, StringComparison.Ordinal);
            Assert.Contains(value, told.Finding, StringComparison.Ordinal);
            Assert.EndsWith("before any step", told.Finding, StringComparison.Ordinal);
            Assert.Contains(advice, told.Advice, StringComparison.Ordinal);
            Assert.DoesNotContain("learning rate", told.Advice, StringComparison.Ordinal);
        }
    }

    /// <summary>What the first values of a network say, which are negative for some seeds.</summary>
    private static Symptom? Told(string text, int seed)
    {
        using var training = Trials.Begin(Trials.Small(steps: 1, Precision.Float32, problem: Files.Read(text), seed: seed)).RunToEnd();
        return TrialDiagnosis.Of(training.Result(Trials.Evidence)).FirstOrDefault(symptom => symptom.Rule == "non-finite value");
    }
}
