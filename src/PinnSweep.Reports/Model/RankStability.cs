using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model;

/// <summary>How sure the order of methods is: the probability of each place in a fresh study of the same problems with as many seeds.</summary>
/// <param name="Title">The column of which it is; empty for all problems together.</param>
/// <param name="Rows">Methods, the likeliest winner first.</param>
/// <param name="Places">By method and place.</param>
public sealed record RankStability(string Title, ImmutableArray<string> Rows, ImmutableArray<ImmutableArray<double>> Places)
{
    private const int MostColumns = 6;

    /// <summary>
    /// Of a block: over its problems, by the mean ranks of the aggregate and from the same draws as their intervals; of one problem, or of
    /// columns that are no problems, one for each column; none of so many columns that nobody would read them.
    /// </summary>
    public static ImmutableArray<RankStability> AllOf(ReportBlock block, Aggregate? aggregate)
    {
        if (aggregate is not null)
        {
            return aggregate.Rows.Any(row => row.Places.IsEmpty) ? [] : [Ordered("", [.. aggregate.Rows.Select(row => row.Row)], [.. aggregate.Rows.Select(row => row.Places)])];
        }

        return block.Columns.Length > MostColumns ? [] : [.. block.Columns.Select(column => Of(block, column)).OfType<RankStability>()];
    }

    private static RankStability? Of(ReportBlock block, string column)
    {
        var cells = block.Column(column).Where(cell => cell.Finished > 0).ToArray();
        double[][] logs = [.. cells.Select(cell => cell.RankedErrors().Select(error => double.IsInfinity(error) ? error : LogErrorMean.Log(error)).ToArray())];
        return cells.Length < 2 || PlaceBootstrap.Of(logs) is not { } places ? null : Ordered(block.Columns.Length == 1 ? "" : column, [.. cells.Select(cell => cell.Row)], places);
    }

    private static RankStability Ordered(string title, ImmutableArray<string> rows, ImmutableArray<ImmutableArray<double>> places)
    {
        // By the mean place; of two with the same the one that is before in the table.
        int[] order = [.. Enumerable.Range(0, rows.Length).OrderBy(i => Math.Round(places[i].Select((p, place) => p * place).Sum(), 9))];
        return new(title, [.. order.Select(i => rows[i])], [.. order.Select(i => places[i])]);
    }
}
