using System.Collections.Immutable;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>Measured values as they stand in a file.</summary>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">Rows of numbers.</param>
internal sealed record DataTable(ImmutableArray<DataCell> Columns, IReadOnlyList<DataRow> Rows);

/// <summary>A word of a table, and where it stands.</summary>
internal readonly record struct DataCell(string Text, Place Place)
{
    /// <summary>Whether it stood in quotes, where separators are letters like others.</summary>
    public bool IsQuoted { get; init; }
}

/// <summary>A row, and where it stands; not a number where nothing was measured.</summary>
internal sealed record DataRow(ImmutableArray<double> Values, Place Place)
{
    /// <summary>-0 and 0 are one number in a definition, and so one point.</summary>
    public static DataRow Of(IEnumerable<double> values, Place place) => new([.. values.Select(value => value == 0 ? 0 : value)], place);
}
