using PinnSweep.Studies;
using PinnSweep.Testing;

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
}
