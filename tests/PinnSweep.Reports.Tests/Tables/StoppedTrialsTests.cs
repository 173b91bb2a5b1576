using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;

namespace PinnSweep.Reports.Tests.Tables;

public sealed class StoppedTrialsTests
{
    private const string Note =
        "Stopped early by the study's own rules: 2 by flat_for 20, 1 by weights_above 1e8 (boundary). The error of such a trial is that of its last evaluation and not of the budget; in searches it counts as failed.";

    [Fact]
    public void Tables_count_and_explain_what_was_stopped()
    {
        var report = Report(i => i switch { 0 or 1 => "flat_for 20", 2 => "weights_above 1e8 (boundary)", _ => null });
        var block = Assert.Single(report.Blocks);

        Assert.Contains(Note, AccuracyTable.Of(report, block).Notes);
        Assert.Contains(Note, RobustnessTable.Of(report, block).Notes);
        Assert.Equal(3, block.InOrder().Sum(cell => cell.Stopped));
        Assert.Contains(Texts(AccuracyTable.Of(report, block)), text => text.Contains("stopped early", StringComparison.Ordinal));
        Assert.Contains(Texts(RobustnessTable.Of(report, block)), text => text.Contains("stopped early)", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_nothing_was_stopped_nothing_is_said()
    {
        var report = Report(_ => null);
        var block = Assert.Single(report.Blocks);

        Assert.All(
            new[] { AccuracyTable.Of(report, block), RobustnessTable.Of(report, block) },
            table => Assert.DoesNotContain(Texts(table).Concat(table.Notes), text => text.Contains("topped early", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Texts(TableModel table) => table.Rows.SelectMany(row => row).SelectMany(cell => cell.Pieces).OfType<Inline.Words>().Select(words => words.Text);

    private static StudyReport Report(Func<int, string?> stoppedBy)
    {
        var made = Made.FourMethods().Build();
        var order = made.Results.Keys.OrderBy(key => key.Hex, StringComparer.Ordinal).ToImmutableArray();
        return StudyReport.Build(made with { Results = made.Results.ToImmutableDictionary(pair => pair.Key, pair => pair.Value with { StoppedBy = stoppedBy(order.IndexOf(pair.Key)) }) });
    }
}
