using System.Text.Json;

namespace PinnSweep.Studies.Tests;

public sealed class StoredPlanJsonTests
{
    private const string Rich = """
        study: rich
        description: "Words with \"quotes\", ü and <signs>."
        metric: max_error
        seeds: [9007199254740992, -3]
        precision: [float64, float32]
        factors:
          problem: [helmholtz, plate]
          network: [{kind: mlp, hidden: [30]}]
          balancer: [static, gradnorm, relobralo, {kind: relobralo, temperature: 1.0e-5}]
          optimizer: [{kind: adam, decay: {every: 10}}]
        exclude:
          - {balancer: {kind: relobralo, temperature: 1.0e-5}, problem: plate}
          - {balancer: {temperature: 0.1}, problem: plate}
        budget: {seconds: 2.5}
        control: {balancer: static}
        published:
          - source: Someone 2020, table 1
            metric: mse
            statistic: median
            runs: 4
            note: scaled down
            rows:
              - {problem: helmholtz, precision: float32, balancer: static, value: 1e-2, sd: 2e-3}
              - {problem: helmholtz, precision: float32, balancer: {kind: relobralo, temperature: 1.0e-5}, value: 3e-4, interval: [1e-4, 9e-4]}
          - {source: another, within: 3, rows: [{problem: plate, precision: float64, balancer: static, value: 1}]}
        """;

    private static readonly StudyPlan Plan = Planner.Plan(StudyFile.Parse(Rich, "rich.yaml", SmallCatalogue.Instance), SmallCatalogue.Instance) with { Notices = ["a patent claim"] };

    [Fact]
    public void A_plan_comes_back_as_it_was()
    {
        var back = StoredPlanJson.Read(StoredPlanJson.Write(Plan));

        Assert.Equivalent(Plan, back, strict: true);
        Assert.Equal(PlanJson.Write(Plan), PlanJson.Write(back));
        Assert.Equal(Plan.Trials, back.Trials);
        Assert.Equal(Plan.Spec.Control, back.Spec.Control);
        Assert.Equal(Plan.Spec.Published.SelectMany(table => table.Rows.Select(row => Plan.Cells.Count(cell => row.Matches(cell.Levels)))), back.Spec.Published.SelectMany(table => table.Rows.Select(row => back.Cells.Count(cell => row.Matches(cell.Levels)))));
    }

    [Fact]
    public void Keys_and_hash_are_the_stored_ones_whatever_this_program_would_compute()
    {
        var foreign = Plan with { Hash = "some-hash", Trials = [.. Plan.Trials.Select((trial, i) => trial with { Key = new($"key {i}"), Description = trial.Description with { EvaluateEvery = 7 } })] };

        var back = StoredPlanJson.Read(StoredPlanJson.Write(foreign));

        Assert.Equal("some-hash", back.Hash);
        Assert.Equal(foreign.Trials, back.Trials);
    }

    [Fact]
    public void Levels_stand_once_however_many_cells_carry_them()
    {
        var many = Plan with { Trials = [.. Enumerable.Repeat(Plan.Trials, 100).SelectMany(trials => trials)] };

        Assert.InRange((StoredPlanJson.Write(many).Length - StoredPlanJson.Write(Plan).Length) / (99.0 * Plan.Trials.Length), 60, 100);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format\":2}")]
    [InlineData("{\"format\":1}")]
    [InlineData("{\"format\":\"1\"}")]
    public void What_is_no_plan_is_refused(string text) => Assert.ThrowsAny<JsonException>(() => StoredPlanJson.Read(text));

    [Fact]
    public void A_plan_cut_short_or_with_a_place_that_is_not_there_is_refused()
    {
        var text = StoredPlanJson.Write(Plan);

        Assert.ThrowsAny<JsonException>(() => StoredPlanJson.Read(text[..^1]));
        Assert.ThrowsAny<JsonException>(() => StoredPlanJson.Read(text.Replace("\"cells\":[[0", "\"cells\":[[99", StringComparison.Ordinal)));
        Assert.ThrowsAny<JsonException>(() => StoredPlanJson.Read(text.Replace("float64", "float65", StringComparison.Ordinal)));
    }
}
