using System.Collections.Immutable;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Documents;

/// <summary>How a piece of a table cell stands out.</summary>
public enum Emphasis
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Bold: the best of its column.</summary>
    Best,

    /// <summary>Marked with ≈: practically equivalent to the best.</summary>
    Equivalent,

    /// <summary>Marked with ?: compared with the best, and undecided.</summary>
    Undecided,

    /// <summary>Marked with †: not compared with the best.</summary>
    NotTested,

    /// <summary>Marked with ‡: no trial solved the problem, so the number counts for no method.</summary>
    Unsolved,
}

/// <summary>A piece of a table cell; each format writes numbers in its own way.</summary>
public abstract record Inline
{
    private Inline()
    {
    }

    /// <summary>Text as it is.</summary>
    public sealed record Words(string Text) : Inline;

    /// <summary>A number with this many significant digits, as a power of ten.</summary>
    public sealed record Scientific(double Value, int Digits, Emphasis Emphasis = Emphasis.None) : Inline;

    /// <summary>A number with this many significant digits, written out.</summary>
    public sealed record Decimal(double Value, int Digits, Emphasis Emphasis = Emphasis.None) : Inline;

    /// <summary>A space where a narrow column may go on in the next line.</summary>
    public sealed record Space : Inline;

    /// <summary>Text that stands out.</summary>
    public sealed record Strong(string Text) : Inline;

    /// <summary>A word that is code: a key, a name of a file.</summary>
    public sealed record Code(string Text) : Inline
    {
        /// <summary>The trial whose key it is; null where it is none's.</summary>
        public TrialKey? Trial { get; init; }
    }
}

/// <summary>The pieces of one table cell.</summary>
public readonly record struct TableCell(ImmutableArray<Inline> Pieces)
{
    /// <summary>
    /// A trial of the cell of the study that the numbers are of, so that pages lead from a number to what is behind it; null for none.
    /// </summary>
    public TrialKey? Behind { get; init; }

    /// <summary>A cell of text.</summary>
    public static TableCell Of(string text) => new([new Inline.Words(text)]);

    /// <summary>A cell of one number.</summary>
    public static TableCell Of(double value, int digits) => new([new Inline.Decimal(value, digits)]);

    /// <summary>A cell of several pieces.</summary>
    public static TableCell Of(params ReadOnlySpan<Inline> pieces) => new([.. pieces]);

    /// <summary>Text becomes a cell of text.</summary>
    public static implicit operator TableCell(string text) => Of(text);
}

/// <summary>A column of a table.</summary>
/// <param name="Heading">With the unit in brackets where it has one.</param>
/// <param name="IsNumber">Whether it is set flush right.</param>
public sealed record TableColumn(string Heading, bool IsNumber = true);

/// <summary>A table before any format.</summary>
/// <param name="Name">Short name for files and labels, <c>kebab-case</c>.</param>
/// <param name="Caption">What the numbers are; complete enough to be read without the text.</param>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Cells, as many a row as there are columns.</param>
/// <param name="Notes">Footnotes.</param>
public sealed record TableModel(
    string Name,
    string Caption,
    ImmutableArray<TableColumn> Columns,
    ImmutableArray<ImmutableArray<TableCell>> Rows,
    ImmutableArray<string> Notes);
