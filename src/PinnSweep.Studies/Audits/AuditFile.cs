using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Studies.Annotations;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Studies.Audits;

/// <summary>
/// Reads a published table from comma-separated values, a line a number. Every mistake is told with its place, all at once. Two lines on the
/// same case, method, metric and source are a mistake; the same quantity in two sources is what an audit looks for.
/// </summary>
public sealed class AuditFile
{
    private const int MostRows = 100_000;
    private const int LongestName = 200;
    private static readonly string[] Needed = ["case", "method", "mean"];
    private static readonly string[] Allowed = [.. Needed, "sd", "metric", "source", "n", "floor", "trivial", "void"];

    private readonly MistakeList _mistakes = new();
    private readonly Dictionary<(string, string, string, string), Place> _seen = [];

    private AuditFile()
    {
    }

    /// <summary>The numbers of a file; cells that are empty, <c>-</c> or <c>–</c> are left out.</summary>
    /// <param name="text">The file: a line of headings, then a line for each number.</param>
    /// <param name="file">What messages call it.</param>
    /// <exception cref="UserMistakeException">Something in it is wrong.</exception>
    public static ImmutableArray<AuditedValue> Read(string text, string file) => new AuditFile().ReadRows(text, file);

    private ImmutableArray<AuditedValue> ReadRows(string text, string file)
    {
        using var rows = CsvRow.Read(text.TrimStart('\uFEFF'), file, _mistakes).GetEnumerator();
        var columns = rows.MoveNext() ? Columns(rows.Current) : throw new UserMistakeException($"{file}: is empty; expected a line of headings: {string.Join(",", Allowed)}");
        _mistakes.ThrowIfAny();
        var values = ImmutableArray.CreateBuilder<AuditedValue>();
        while (rows.MoveNext())
        {
            if (rows.Current.Fields.Length != columns.Length)
            {
                _mistakes.Add(rows.Current.Place, FormattableString.Invariant($"has {rows.Current.Fields.Length} field{(rows.Current.Fields.Length == 1 ? "" : "s")}; the headings are {columns.Length}"));
            }
            else if (Value(columns.Zip(rows.Current.Fields).ToDictionary(pair => pair.First, pair => pair.Second), rows.Current.Place) is { } value)
            {
                values.Add(value);
            }

            if (values.Count > MostRows)
            {
                throw new UserMistakeException(FormattableString.Invariant($"{file}: has more than {MostRows:N0} numbers"));
            }
        }

        if (values.Count == 0 && _mistakes.Count == 0)
        {
            throw new UserMistakeException($"{file}: has no number below its headings");
        }

        _mistakes.ThrowIfAny();
        return values.ToImmutable();
    }

    private string[] Columns(CsvRow headings)
    {
        string[] columns = [.. headings.Fields.Select(field => field.Text)];
        foreach (var (i, field) in headings.Fields.Index())
        {
            if (!Allowed.Contains(field.Text))
            {
                _mistakes.Add(field.Place, $"column {NearestMatch.Quote(field.Text)} is unknown{NearestMatch.Hint(field.Text, Allowed)}{(field.Text.Contains(';', StringComparison.Ordinal) ? "; fields are divided by commas" : "")}");
            }
            else if (columns.AsSpan(0, i).Contains(field.Text))
            {
                _mistakes.Add(field.Place, $"column '{field.Text}' stands twice");
            }
        }

        foreach (var missing in Needed.Except(columns))
        {
            _mistakes.Add(headings.Place, $"column '{missing}' is missing; expected {string.Join(",", Needed)}, and {string.Join(", ", Allowed.Except(Needed))} where they are known");
        }

        return columns;
    }

    private AuditedValue? Value(Dictionary<string, CsvField> row, Place place)
    {
        if (row["mean"].Text is "" or "-" or "–")
        {
            return null;
        }

        var before = _mistakes.Count;
        var value = new AuditedValue(
            Name(row["case"], "case"),
            Name(row["method"], "method"),
            row.TryGetValue("metric", out var metric) ? metric.Text : "",
            row.TryGetValue("source", out var source) ? source.Text : "",
            Number(row["mean"], "mean", isZeroAllowed: false),
            Optional(row, "sd", isZeroAllowed: true),
            Optional(row, "n", isZeroAllowed: false) is { } runs ? Whole(runs, row["n"]) : null,
            Optional(row, "floor", isZeroAllowed: true),
            Optional(row, "trivial", isZeroAllowed: true),
            row.TryGetValue("void", out var reason) && reason.Text.Length > 0 ? reason.Text : null,
            place);
        if (_mistakes.Count > before)
        {
            return null;
        }

        if (!_seen.TryAdd((value.Case, value.Method, value.Metric, value.Source), place))
        {
            _mistakes.Add(place, FormattableString.Invariant($"{value.Method} on {value.Case}{(value.Metric.Length > 0 ? $" ({value.Metric})" : "")} stands in line {_seen[(value.Case, value.Method, value.Metric, value.Source)].Line} already; where the table says it twice, the column 'source' tells where"));
            return null;
        }

        return value;
    }

    private string Name(CsvField field, string column)
    {
        if (field.Text.Length is 0 or > LongestName)
        {
            _mistakes.Add(field.Place, field.Text.Length == 0 ? $"{column} is empty" : FormattableString.Invariant($"{column} has {field.Text.Length} characters; at most {LongestName}"));
        }

        return field.Text;
    }

    private double? Optional(Dictionary<string, CsvField> row, string column, bool isZeroAllowed) =>
        row.TryGetValue(column, out var field) && field.Text is not ("" or "-" or "–") ? Number(field, column, isZeroAllowed) : null;

    private double Number(CsvField field, string column, bool isZeroAllowed)
    {
        if (double.TryParse(field.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && (value > 0 || (isZeroAllowed && value == 0)))
        {
            return value;
        }

        _mistakes.Add(field.Place, $"{column} {NearestMatch.Quote(field.Text)}: expected a number {(isZeroAllowed ? "of 0 or more" : "above 0")}");
        return 1;
    }

    private int? Whole(double runs, CsvField field)
    {
        if (runs is >= 1 and <= 1_000_000 && Math.Floor(runs) == runs)
        {
            return (int)runs;
        }

        _mistakes.Add(field.Place, $"n {NearestMatch.Quote(field.Text)}: expected a whole number of runs");
        return null;
    }
}
