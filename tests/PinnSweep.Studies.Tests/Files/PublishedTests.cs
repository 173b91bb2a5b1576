namespace PinnSweep.Studies.Tests;

public sealed class PublishedTests
{
    private const string Study = """
        study: s
        budget: {steps: 5}
        factors:
          problem: helmholtz
          network: [{kind: mlp, hidden: [30]}, {kind: mlp, hidden: [50]}]
          balancer: [static, relobralo]
        published:

        """;

    [Fact]
    public void A_published_table_is_read_with_its_cells()
    {
        var spec = Parse("""
              source: Someone 2020, table 1
              metric: mse
              statistic: median
              runs: 4
              hardware: one CPU
              rows:
                - {network: {hidden: [30]}, balancer: static, value: 1e-2, sd: 2e-3}
                - {network: {hidden: [50]}, balancer: relobralo, value: 3e-4, interval: [1e-4, 9e-4]}
            """);

        var table = Assert.Single(spec.Published);
        Assert.Equal(("Someone 2020, table 1", "mse", PublishedStatistic.Median, 4, "one CPU", 2.0), (table.Source, table.Metric, table.Statistic, table.Runs, table.Hardware, table.Within));
        Assert.Equal([(1e-2, 2e-3, null, null), (3e-4, null, 1e-4, 9e-4)], table.Rows.Select(row => (row.Value, row.Deviation, row.Lower, row.Upper)));
        var plan = Planner.Plan(spec, SmallCatalogue.Instance);
        Assert.All(table.Rows, row => Assert.Single(plan.Cells, cell => row.Matches(cell.Levels)));
    }

    [Fact]
    public void What_was_published_is_no_part_of_the_study()
    {
        var with = Planner.Plan(Parse("  {source: a, rows: [{network: {hidden: [30]}, balancer: static, value: 1}]}"), SmallCatalogue.Instance);
        var without = Planner.Plan(StudyFile.Parse(Study.Replace("published:", "", StringComparison.Ordinal), "study.yaml", SmallCatalogue.Instance), SmallCatalogue.Instance);

        Assert.Equal(without.Hash, with.Hash);
    }

    [Theory]
    [InlineData("{rows: [{network: {hidden: [30]}, balancer: static, value: 1}]}", "published: 'source' is missing; expected authors, year, identifier and number of the table")]
    [InlineData("{source: a}", "published.rows: expected a list of numbers with the cells they belong to, for instance {balancer: static, value: 1.2e-2}")]
    [InlineData("{source: a, rows: [{balancer: static, value: 1}]}", "published.rows: fits 2 levels of 'network'; name one")]
    [InlineData("{source: a, rows: [{network: mlp, balancer: static, value: 1}]}", "published.rows: fits 2 levels of 'network'; name the parameters that tell it apart")]
    [InlineData("{source: a, rows: [{network: {hidden: [30]}, balancer: relobrallo, value: 1}]}", "published.rows.balancer: 'relobrallo' is not a balancer of this study; nearest 'relobralo'; allowed: static, relobralo")]
    [InlineData("{source: a, rows: [{network: {hidden: [30]}, balancer: static}]}", "published.rows: 'value' is missing; expected the published number")]
    [InlineData("{source: a, rows: [{network: {hidden: [30]}, balancer: static, value: 0}]}", "published.rows.value: expected a number above 0; found '0'")]
    [InlineData("{source: a, rows: [{network: {hidden: [30]}, balancer: static, value: 1, interval: [2, 1]}]}", "published.rows.interval: expected [LOWER, UPPER]; found a list")]
    [InlineData("{source: a, metrik: mse, rows: [{network: {hidden: [30]}, balancer: static, value: 1}]}", "published: unknown key 'metrik'; nearest 'metric'; allowed: source, metric, statistic, runs, budget, hardware, note, within, rows")]
    public void A_mistake_is_told_with_its_line(string published, string expected) =>
        Assert.StartsWith($"study.yaml:8: {expected}", Assert.Throws<UserMistakeException>(() => Parse($"  {published}\n")).Message, StringComparison.Ordinal);

    private static StudySpec Parse(string published) => StudyFile.Parse(Study + published, "study.yaml", SmallCatalogue.Instance);
}
