using System.Text.Json;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;

namespace PinnSweep.Studies.Tests.Planning.Stages;

/// <summary>What an optimizer outside may propose.</summary>
public sealed class ToldPointsTests
{
    private const string Study = """
        study: asked
        factors:
          problem: helmholtz
          balancer: [static, {kind: relobralo, temperature: {log: [0.01, 10]}}]
          sampler: {kind: uniform, interior: {integer: [10, 20]}}
          optimizer: {kind: adam, lr: {log: [1e-4, 1e-2]}}
        budget: {steps: 100}
        tune: {each: [problem], design: external, trials: 4, seeds: {from: 100001, count: 1}}
        """;

    private readonly StudyPlan _plan = Planner.Plan(StudyFile.Parse(Study, "my.yaml", SmallCatalog.Instance), SmallCatalog.Instance);

    [Fact]
    public void Points_are_read_by_name_with_levels_by_kind_and_what_means_nothing_left_out()
    {
        var points = Read("""[{"balancer": "static", "sampler.interior": 11, "optimizer.lr": 0.001}, {"balancer": "relobralo", "balancer[relobralo].temperature": 1, "sampler.interior": 20, "optimizer.lr": 1e-2}]""");

        Assert.Equal(2, points.Length);
        var state = SearchState.Of(_plan)[0];
        Assert.Equal(("static", "relobralo"), (state.LevelsAt(points[0]).Balancer.Kind, state.LevelsAt(points[1]).Balancer.Kind));
        Assert.Equal("{\"kind\":\"relobralo\",\"lookback\":0.99,\"temperature\":1}", state.LevelsAt(points[1]).Balancer.ToString());
        Assert.Equal("{\"interior\":11,\"kind\":\"uniform\",\"resample\":false}", state.LevelsAt(points[0]).Sampler.ToString());
    }

    [Fact]
    public void What_was_told_is_a_stage_with_its_trials_and_their_scores_are_seen_once_they_are_settled()
    {
        Assert.True(StageMachine.AwaitsProposals(_plan));
        Assert.Null(StageMachine.Next(_plan, key => new(1, 1, 1, false, 2)));
        var points = Read("""[{"balancer": "static", "sampler.interior": 11, "optimizer.lr": 0.001}, {"balancer": "static", "sampler.interior": 12, "optimizer.lr": 0.001}]""");

        var decision = StageMachine.Told(_plan, new Dictionary<int, System.Collections.Immutable.ImmutableArray<PinnSweep.Studies.Spaces.SpacePoint>> { [0] = points }, _ => new(0.5, 1, 1, false, 2));
        var grown = PlanGrowth.Grow(_plan, decision);

        Assert.Equal((1, 2, false), (decision.Number, decision.Trials.Length, decision.IsLast));
        Assert.Equal(0.5, decision.Searches[0].Observed.Single().Score);
        Assert.Equal(1, StageMachine.LeftOf(grown, SearchState.Of(grown)[0]));
        Assert.Equal(StageJson.Write(decision), StageJson.Write(StageJson.Read(StageJson.Write(decision))));
        var seen = StageMachine.Seen(grown, key => key == grown.Trials[^1].Key ? null : new(0.25, 1, 1, false, 2))[0];
        Assert.Equal([0.5, 0.25, double.PositiveInfinity], seen.Points.Select(point => Math.Round(point.Scores.Single().Score, 12)));
        Assert.Equal([0, 0, 1], seen.Points.Select(point => point.Scores.Single().Failed));
    }

    [Theory]
    [InlineData("""[{"balancer": "static", "sampler.interor": 11, "optimizer.lr": 0.001}]""", "search 0, point 0: no dimension is called 'sampler.interor'; nearest 'sampler.interior'; allowed: ")]
    [InlineData("""[{"balancer": "static", "optimizer.lr": 0.001}]""", "search 0, point 0: sampler.interior is missing; expected 10 … 20 (whole)")]
    [InlineData("""[{"balancer": "static", "sampler.interior": 11.5, "optimizer.lr": 0.001}]""", "search 0, point 0: sampler.interior is '11.5'; expected 10 … 20 (whole)")]
    [InlineData("""[{"balancer": "static", "sampler.interior": 11, "optimizer.lr": 0.1}]""", "search 0, point 0: optimizer.lr is '0.1'; expected 0.0001 … 0.01 (log)")]
    [InlineData("""[{"balancer": "static", "sampler.interior": 11, "optimizer.lr": 1e400}]""", "search 0, point 0: optimizer.lr is '1e400'; expected")]
    [InlineData("""[{"balancer": "static", "sampler.interior": 11, "optimizer.lr": "0.001"}]""", "search 0, point 0: optimizer.lr is '\"0.001\"'; expected")]
    [InlineData("""[{"balancer": "soft", "sampler.interior": 11, "optimizer.lr": 0.001}]""", "search 0, point 0: balancer is '\"soft\"'; expected one of ")]
    [InlineData("""[{"balancer": "static", "balancer[relobralo].temperature": 1, "sampler.interior": 11, "optimizer.lr": 0.001}]""", "search 0, point 0: balancer[relobralo].temperature means nothing at this point; leave it out")]
    [InlineData("""[{"balancer": "static", "sampler.interior": 11, "optimizer.lr": 0.001}, {"balancer": "static", "sampler.interior": 11.0, "optimizer.lr": 1e-3}]""", "search 0, point 1: is search 0, point 0 of what is told already")]
    public void A_point_with_a_mistake_is_refused_with_place_and_what_is_expected(string points, string expected)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Read(points));

        Assert.StartsWith(expected, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_that_was_proposed_before_and_more_than_the_purse_are_refused()
    {
        var first = SearchState.Of(_plan)[0].Points[0].Point;
        var told = $$"""{"balancer": {{first.Values[0]!.Canonical()}}, "sampler.interior": {{first.Values[2]!.Canonical()}}, "optimizer.lr": {{first.Values[3]!.Canonical()}}}""";

        // The default of the catalog lies outside the range, so it cannot even be told.
        Assert.Contains("expected 10 … 20 (whole)", Assert.Throws<UserMistakeException>(() => Read($"[{told}]")).Message, StringComparison.Ordinal);
        var inside = Planner.Plan(StudyFile.Parse(Study.Replace("[10, 20]", "[10, 2000]", StringComparison.Ordinal), "my.yaml", SmallCatalog.Instance), SmallCatalog.Instance);
        Assert.StartsWith("search 0, point 0: is proposal 0 already", Assert.Throws<UserMistakeException>(() => Read($"[{told}]", inside)).Message, StringComparison.Ordinal);
        var many = string.Join(", ", Enumerable.Range(11, 4).Select(interior => $$"""{"balancer": "static", "sampler.interior": {{interior}}, "optimizer.lr": 0.001}"""));
        Assert.Equal("search 0 (helmholtz): 4 points are told and 3 of its purse of 4 are left", Assert.Throws<UserMistakeException>(() => Read($"[{many}]")).Message);
    }

    [Fact]
    public void A_purse_of_seconds_is_refused()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => StudyFile.Parse(Study.Replace("trials: 4", "seconds: 4", StringComparison.Ordinal), "my.yaml", SmallCatalog.Instance));

        Assert.StartsWith("my.yaml:8: tune.seconds: design external takes a purse of trials", mistake.Message, StringComparison.Ordinal);
    }

    private System.Collections.Immutable.ImmutableArray<PinnSweep.Studies.Spaces.SpacePoint> Read(string points, StudyPlan? plan = null) =>
        new ToldPoints(plan ?? _plan, SearchState.Of(plan ?? _plan)[0]).Read(JsonSerializer.Deserialize<Dictionary<string, JsonElement>[]>(points)!);
}
