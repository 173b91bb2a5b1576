using System.Text.Json;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Tests.Json;

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
          - {source: another, within: 3, equivalence: 1.2, statistic: geometric-mean, rows: [{problem: plate, precision: float64, balancer: static, value: 1, rerun: {source: us, values: [2, 3]}}]}
          - {source: a third, rows: [{problem: plate, precision: float64, balancer: static, value: 1, rerun: {source: them, value: 2, sd: 0.5, runs: 3}}]}
        """;

    private static readonly StudyPlan Plan = Planner.Plan(StudyFile.Parse(Rich, "rich.yaml", SmallCatalog.Instance), SmallCatalog.Instance) with { Notices = ["a patent claim"] };

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
    public void A_plan_of_before_there_were_factors_of_equivalence_and_reruns_reads_as_it_meant()
    {
        // As the first versions wrote a table: neither key is there.
        var text = StoredPlanJson.Write(Plan);
        var at = text.IndexOf("\"published\":", StringComparison.Ordinal);
        var old = text[..at] + """
            "published":[{"source":"Someone 2020, table 1","metric":"mse","statistic":"median","runs":4,"budget":null,"hardware":null,"note":"scaled down","within":2,"rows":[{"levels":{"balancer":{"kind":"static","parameters":{}}},"value":0.01,"sd":0.002}]}]
            """.Trim() + text[text.IndexOf(",\"notices\":", StringComparison.Ordinal)..];

        var table = Assert.Single(StoredPlanJson.Read(old).Spec.Published);

        Assert.Equal((PublishedStatistic.Median, 2.0, 1.5), (table.Statistic, table.Within, table.Equivalence));
        Assert.Equal((0.01, 0.002, null), (table.Rows[0].Value, table.Rows[0].Deviation, table.Rows[0].Rerun));
    }

    [Fact]
    public void What_is_as_usual_is_written_as_it_always_was()
    {
        var usual = Plan with { Spec = Plan.Spec with { Published = [Plan.Spec.Published[0]] } };

        var text = StoredPlanJson.Write(usual);

        Assert.DoesNotContain("equivalence", text, StringComparison.Ordinal);
        Assert.DoesNotContain("rerun", text, StringComparison.Ordinal);
        Assert.Contains("\"within\":2,", text, StringComparison.Ordinal);
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
