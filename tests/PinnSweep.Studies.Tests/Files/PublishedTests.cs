using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Tests.Files;

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
        var plan = Planner.Plan(spec, SmallCatalog.Instance);
        Assert.All(table.Rows, row => Assert.Single(plan.Cells, cell => row.Matches(cell.Levels)));
    }

    [Fact]
    public void A_factor_of_equivalence_a_geometric_mean_and_reruns_are_read()
    {
        var table = Assert.Single(Parse("""
              source: Someone 2020, table 1
              statistic: geometric-mean
              equivalence: 1.2
              rows:
                - {network: {hidden: [30]}, balancer: static, value: 1e-2, rerun: {source: us, values: [2e-2, 3e-2]}}
                - {network: {hidden: [50]}, balancer: static, value: 1e-2, rerun: {source: them, value: 4e-2, sd: 1e-2, runs: 5}}
                - {network: {hidden: [50]}, balancer: relobralo, value: 1e-2}
            """).Published);

        Assert.Equal((PublishedStatistic.GeometricMean, 1.2, 2.0), (table.Statistic, table.Equivalence, table.Within));
        Assert.Equal([0.02, 0.03], table.Rows[0].Rerun!.Values);
        Assert.Equal(("us", null, null, null), (table.Rows[0].Rerun!.Source, table.Rows[0].Rerun!.Value, table.Rows[0].Rerun!.Deviation, table.Rows[0].Rerun!.Runs));
        Assert.Equal(("them", 0.04, 0.01, 5), (table.Rows[1].Rerun!.Source, table.Rows[1].Rerun!.Value, table.Rows[1].Rerun!.Deviation, table.Rows[1].Rerun!.Runs));
        Assert.Empty(table.Rows[1].Rerun!.Values);
        Assert.Null(table.Rows[2].Rerun);
    }

    [Fact]
    public void Without_a_word_of_it_one_and_a_half_is_equivalent() =>
        Assert.Equal(1.5, Assert.Single(Parse("  {source: a, rows: [{network: {hidden: [30]}, balancer: static, value: 1}]}").Published).Equivalence);

    [Fact]
    public void What_was_published_is_no_part_of_the_study()
    {
        var with = Planner.Plan(Parse("  {source: a, rows: [{network: {hidden: [30]}, balancer: static, value: 1}]}"), SmallCatalog.Instance);
        var without = Planner.Plan(StudyFile.Parse(Study.Replace("published:", "", StringComparison.Ordinal), "study.yaml", SmallCatalog.Instance), SmallCatalog.Instance);

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
    [InlineData("{source: a, metrik: mse, rows: [{network: {hidden: [30]}, balancer: static, value: 1}]}", "published: unknown key 'metrik'; nearest 'metric'; allowed: source, metric, statistic, runs, budget, hardware, note, equivalence, within, rows")]
    [InlineData("{source: a, statistic: geometric, rows: [{network: {hidden: [30]}, balancer: static, value: 1}]}", "published.statistic: expected one of mean, median, geometric-mean, best, single; found 'geometric'; nearest 'geometric-mean'")]
    [InlineData("{source: a, equivalence: 1, rows: [{network: {hidden: [30]}, balancer: static, value: 1}]}", "published.equivalence: expected a number above 1; found '1'")]
    [InlineData("{source: a, rows: [{network: {hidden: [30]}, balancer: static, value: 1, rerun: 2}]}", "published.rows.rerun: expected a map with 'source' and 'values' or 'value'; found '2'")]
    [InlineData("{source: a, rows: [{network: {hidden: [30]}, balancer: static, value: 1, rerun: {values: [1]}}]}", "published.rows.rerun: 'source' is missing; expected who ran what")]
    [InlineData("{source: a, rows: [{network: {hidden: [30]}, balancer: static, value: 1, rerun: {source: b}}]}", "published.rows.rerun: expected either 'values', the error of each run, or 'value', the table's statistic of the runs")]
    [InlineData("{source: a, rows: [{network: {hidden: [30]}, balancer: static, value: 1, rerun: {source: b, value: 1, values: [1]}}]}", "published.rows.rerun: expected either 'values', the error of each run, or 'value', the table's statistic of the runs")]
    [InlineData("{source: a, rows: [{network: {hidden: [30]}, balancer: static, value: 1, rerun: {source: b, values: [1, 2], sd: 1}}]}", "published.rows.rerun: 'sd' belongs to 'value'; 'values' tell it themselves")]
    [InlineData("{source: a, rows: [{network: {hidden: [30]}, balancer: static, value: 1, rerun: {source: b, values: [1, -2]}}]}", "published.rows.rerun.values: expected a number above 0; found '-2'")]
    [InlineData("{source: a, rows: [{network: {hidden: [30]}, balancer: static, value: 1, rerun: {source: b, values: 3}}]}", "published.rows.rerun.values: expected a list of the runs' errors; found '3'")]
    [InlineData("{source: a, rows: [{network: {hidden: [30]}, balancer: static, value: 1, rerun: {source: b, vales: [1]}}]}", "published.rows.rerun: unknown key 'vales'; nearest 'values'; allowed: source, values, value, sd, runs")]
    public void A_mistake_is_told_with_its_line(string published, string expected) =>
        Assert.StartsWith($"study.yaml:8: {expected}", Assert.Throws<UserMistakeException>(() => Parse($"  {published}\n")).Message, StringComparison.Ordinal);

    private static StudySpec Parse(string published) => StudyFile.Parse(Study + published, "study.yaml", SmallCatalog.Instance);
}
