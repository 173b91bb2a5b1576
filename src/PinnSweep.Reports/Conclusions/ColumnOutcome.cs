using System.Collections.Immutable;
using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Conclusions;

/// <summary>What a column of a table shows of the first place.</summary>
internal enum FirstPlace
{
    /// <summary>One method is the best, and every other that is ranked is worse.</summary>
    Won,

    /// <summary>The best has equals, and nothing beside these is open.</summary>
    Shared,

    /// <summary>Against some method the best is undecided, or not tested at all.</summary>
    Undecided,

    /// <summary>One method alone is ranked.</summary>
    Alone,

    /// <summary>One method alone is ranked, because nothing speaks for any other's having solved anything.</summary>
    OnlyOneSolved,

    /// <summary>Nothing speaks for any method's having solved it.</summary>
    Unsolved,

    /// <summary>Trials are finished, and no method is ranked.</summary>
    Unranked,

    /// <summary>Nothing is finished.</summary>
    Empty,
}

/// <summary>One column of a block as its marks have it: nothing here is computed anew.</summary>
/// <param name="Block">The block.</param>
/// <param name="Column">Its column.</param>
/// <param name="Best">The cell that the table prints in bold; null for none.</param>
/// <param name="Cells">All cells that can be trained, row by row.</param>
internal sealed record ColumnOutcome(ReportBlock Block, string Column, ReportCell? Best, ImmutableArray<ReportCell> Cells)
{
    /// <summary>The first place.</summary>
    public FirstPlace Place =>
        Best is null ? Cells.All(cell => cell.Finished == 0) ? FirstPlace.Empty : Cells.All(cell => cell.Finished == 0 || cell.IsWorthless) ? FirstPlace.Unsolved : FirstPlace.Unranked
        : With(Standing.Undecided).Length + With(Standing.NotTested).Length > 0 ? FirstPlace.Undecided
        : With(Standing.Equivalent).Length > 0 ? FirstPlace.Shared
        : With(Standing.Behind).Length > 0 ? FirstPlace.Won
        : Cells.Any(cell => cell.IsWorthless) && Cells.All(cell => cell == Best || cell.IsWorthless) ? FirstPlace.OnlyOneSolved
        : FirstPlace.Alone;

    /// <summary>The cells with this mark, the smallest mean first.</summary>
    public ReportCell[] With(Standing standing) => [.. Cells.Where(cell => cell.Standing == standing).OrderBy(cell => cell.Accuracy.Mean)];

    /// <summary>All columns of a report in reading order.</summary>
    public static ImmutableArray<ColumnOutcome> AllOf(StudyReport report) =>
    [
        .. from block in report.Blocks
           from column in block.Columns
           let cells = block.Column(column).Where(cell => cell.NotApplicable is null && cell.Void is null).ToImmutableArray()
           where !cells.IsEmpty
           select new ColumnOutcome(block, column, cells.FirstOrDefault(cell => cell.Standing == Standing.Best), cells),
    ];
}
