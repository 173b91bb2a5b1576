using System.Collections.Immutable;

namespace PinnSweep.Reports.Printed;

/// <summary>A table as it stands in a file.</summary>
/// <param name="Name">Its label or name; empty where the file gives none.</param>
/// <param name="Headings">Headings, markup removed.</param>
/// <param name="Rows">Cells, markup removed.</param>
/// <param name="Line">Line of its headings, from 1.</param>
internal sealed record PrintedTable(string Name, ImmutableArray<string> Headings, ImmutableArray<ImmutableArray<string>> Rows, int Line);

/// <summary>A number of a printed table that the store does not give.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Row">Label of the row.</param>
/// <param name="Column">Heading of the column.</param>
/// <param name="Printed">What is printed.</param>
/// <param name="Stored">What the store gives.</param>
public sealed record TableDifference(string Table, string Row, string Column, string Printed, string Stored)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Table}: {Row}, {Column}: printed {Printed}, the store gives {Stored}";
}
