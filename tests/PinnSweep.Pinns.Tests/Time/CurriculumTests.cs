using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Time;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Pinns.Tests.Time;

public sealed class CurriculumTests
{
    [Theory]
    [InlineData("\"values\": [1, 3, 8]", new[] { 1.0, 3, 8, 30 })]
    [InlineData("\"values\": [1, 3], \"between\": 2", new[] { 1.0, 3, 12, 21, 30 })]
    public void Stages_train_on_the_rungs_of_the_ladder_and_end_at_the_problem_itself(string ladder, double[] rungs)
    {
        using var training = Trials.Begin(TimeConformanceTests.Describe("curriculum", $"{{\"parameter\": \"beta\", {ladder}}}", "convection"));
        var speeds = new List<double>();
        while (!training.IsFinished)
        {
            training.Advance();

            // u_t + β u_x with u_t = 0 and u_x = 1.
            speeds.Add(PointValue.Of(training.Trial.Problem.Terms[0].Residual, [0, 0], leaf => ((PinnSweep.Jets.Expressions.Expr.Derivative)leaf).Orders[0])!.Value);
        }

        Assert.Equal(rungs.SelectMany(rung => Enumerable.Repeat(rung, 40 / rungs.Length)), speeds);
    }

    [Fact]
    public void Errors_are_those_of_the_problem_itself_from_the_beginning()
    {
        using var training = Trials.Begin(TimeConformanceTests.Describe("curriculum", """{"parameter": "beta", "values": [1]}""", "convection"));
        using var plain = Trials.Begin(TimeConformanceTests.Describe("none", "{}", "convection"));

        training.Advance();
        plain.Advance();

        Assert.Equal(plain.Curve[0].RelativeL2, training.Curve[0].RelativeL2);
        Assert.Equal(plain.Curve[0].Metrics, training.Curve[0].Metrics);
        Assert.NotEqual(plain.Curve[0].Losses[0], training.Curve[0].Losses[0]);
    }

    [Fact]
    public void Weights_go_on_from_stage_to_stage_while_the_optimizer_starts_anew()
    {
        using var training = Trials.Begin(TimeConformanceTests.Describe("curriculum", """{"parameter": "beta", "values": [1]}""", "convection"));
        training.Take(20);
        var left = training.Theta.ToArray();

        training.Take(1);

        // Adam's first step moves every parameter by its learning rate at most, whatever came before.
        Assert.Equal(1, training.Trial.StageNumber);
        Assert.All(left.Zip(training.Theta.ToArray()), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1.001e-3));
        Assert.Contains(left.Zip(training.Theta.ToArray()), pair => Math.Abs(pair.First - pair.Second) > 0.99e-3);
    }

    [Theory]
    [InlineData("convection", "betta", "1", "problem convection has no parameter 'betta' that is a number (it has beta)")]
    [InlineData("convection", "initial", "1", "problem convection has no parameter 'initial' that is a number (it has beta)")]
    [InlineData("diffusion", "beta", "1", "problem diffusion has no parameter 'beta' that is a number; it has none at all")]
    [InlineData("convection", "beta", "0", "beta = 0 is not a number from 0.01 to 1000")]
    [InlineData("wave", "a", "1.5", "a = 1.5 is not a whole number from 1 to 50")]
    [InlineData("convection", "beta", "10, 30", "beta = 30 is the problem's own value, which comes last by itself and is left out of values")]
    [InlineData("convection", "beta", "1, 10, 20", null)]
    [InlineData("lid-driven-cavity", "reynolds", "10", null)]
    public void A_ladder_climbs_in_a_number_of_the_problem_within_its_bounds(string problem, string parameter, string values, string? expected)
    {
        var levels = TimeConformanceTests.Describe("curriculum", $$"""{"parameter": "{{parameter}}", "values": [{{values}}]}""", problem).Levels;

        Assert.Equal(expected, PinnCatalog.Instance.WhyNotApplicable(levels));
    }

    [Fact]
    public void Shares_that_do_not_match_the_stages_are_a_slip()
    {
        var levels = TimeConformanceTests.Describe("curriculum", """{"parameter": "beta", "values": [1, 3], "shares": [1, 1]}""", "convection").Levels;

        var mistake = Assert.Throws<UserMistakeException>(() => PinnCatalog.Instance.WhyNotApplicable(levels));

        Assert.Equal("time 'curriculum': 2 shares for 3 stages; there is one for each value before the problem's own and one for that", mistake.Message);
    }

    [Fact]
    public void What_the_level_within_stages_lacks_is_told_too()
    {
        var within = """{"kind": "causal", "chunks": 61, "epsilon": [1], "advance_above": 0.99, "initial_factor": 0, "residuals": "current"}""";
        var levels = TimeConformanceTests.Describe("curriculum", $$"""{"parameter": "beta", "values": [1], "within": {{within}}}""", "convection").Levels;

        Assert.Equal("60 interior points cannot be cut into 61 chunks of time", PinnCatalog.Instance.WhyNotApplicable(levels));
        Assert.Equal([CausalWeights.Entry.Method.Notice!], PinnCatalog.Instance.Notices([levels]));
    }
}
