using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Model;

/// <summary>Errors that are as small as the reference solution's own.</summary>
public sealed class FloorTests
{
    [Theory]
    [InlineData(1e-3, true)]
    [InlineData(1e-5, false)]
    [InlineData(null, false)]
    public void A_cell_below_three_times_the_floor_says_so(double? floor, bool isMarked)
    {
        var results = new StudyResultsBuilder().With(Factor.Balancer, "a", "b").Error((levels, _) => levels.Balancer.Kind == "a" ? 2e-3 : 0.5).Build();
        results = results with { Results = results.Results.SetItems(results.Results.Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { Floor = floor }))) };

        var report = StudyReport.Build(results);

        var table = TextFormat.Accuracy(report);
        Assert.Equal(isMarked, table.Contains("(at floor)", StringComparison.Ordinal));
        Assert.Equal(isMarked, table.Contains("At floor:", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Blocks[0].InOrder().Where(cell => cell.Row == "b"), cell => cell.IsAtFloor);
    }

    [Fact]
    public void In_a_table_of_several_problems_the_mark_stands_in_the_cell_itself()
    {
        var results = new StudyResultsBuilder().With(Factor.Problem, "p", "q").With(Factor.Balancer, "a", "b")
            .Error((levels, _) => levels is { Problem.Kind: "q", Balancer.Kind: "a" } ? 2.9e-3 : 3.1e-3).Build();
        results = results with { Results = results.Results.SetItems(results.Results.Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { Floor = 1e-3 }))) };
        var report = StudyReport.Build(results);

        var table = AccuracyTable.Of(report, report.Blocks[0]);

        var marked = from row in table.Rows from c in Enumerable.Range(0, row.Length) where Text(row[c]).Contains("(at floor)", StringComparison.Ordinal) select (Text(row[0]), table.Columns[c].Heading);
        Assert.Equal([("a", "q")], marked);
        Assert.Contains("at floor", LatexFormat.Render(table), StringComparison.Ordinal);
    }

    private static string Text(TableCell cell) => string.Concat(cell.Pieces.OfType<Inline.Words>().Select(words => words.Text));
}
