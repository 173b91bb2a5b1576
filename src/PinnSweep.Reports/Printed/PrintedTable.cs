using System.Collections.Immutable;

namespace PinnSweep.Reports.Printed;

/// <summary>A table as it stands in a file.</summary>
/// <param name="Name">Its label or name; empty where the file gives none.</param>
/// <param name="Headings">Headings, markup removed.</param>
/// <param name="Rows">Cells, markup removed.</param>
/// <param name="Line">Line of its headings, from 1.</param>
internal sealed record PrintedTable(string Name, ImmutableArray<string> Headings, ImmutableArray<ImmutableArray<string>> Rows, int Line)
{
    /// <summary>Lines of the rows, from 1; empty where there is no file.</summary>
    public ImmutableArray<int> Lines { get; init; } = [];

    /// <summary>Which columns of the whole table they are, where the file says it: two columns of one heading may be in different parts.</summary>
    public ImmutableArray<int>? Columns { get; init; }

    /// <summary>The columns at the left that say what a row is: those before the first that holds a number alone.</summary>
    public int Labels => Math.Max(1, Enumerable.Range(0, Headings.Length)
        .TakeWhile(c => !Rows.Any(row => row[c].Length > 0 && PrintedNumbers.Of(row[c]) is [var first, ..] && row[c].TrimStart('[', '–', ' ').StartsWith(first.Text, StringComparison.Ordinal)) || c == 0).Count());
}

/// <summary>A number of a printed table that the store does not give.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Row">Label of the row.</param>
/// <param name="Column">Heading of the column.</param>
/// <param name="Printed">What is printed.</param>
/// <param name="Stored">What the store gives.</param>
public sealed record TableDifference(string Table, string Row, string Column, string Printed, string Stored)
{
    /// <summary>The line of the file, from 1; 0 where it is not known.</summary>
    public int Line { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Table}: {(Row.Length + Column.Length > 0 ? $"{Row}, {Column}: " : "")}printed {Printed}, the store gives {Stored}";
}
