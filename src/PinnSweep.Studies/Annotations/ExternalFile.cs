using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Studies.Annotations;

/// <summary>Reads results of others from comma-separated values. Every mistake is told with its place, all at once.</summary>
public sealed class ExternalFile
{
    /// <summary>What the program's own rows say in the column <c>source</c> of a tidy table.</summary>
    public const string Ours = "pinnsweep";

    private const int MostRows = 100_000;
    private const int LongestName = 100;
    private const int LongestSource = 200;
    private const int LongestNote = 500;
    private static readonly string[] Needed = ["method", "problem", "seed", "error", "source"];
    private static readonly string[] Allowed = [.. Needed, "seconds", "note"];

    private readonly MistakeList _mistakes = new();
    private readonly Dictionary<(string, string, string, long), Place> _seen = [];
    private readonly HashSet<string> _problems;
    private readonly Dictionary<(string, string, string, long), ExternalResult> _known;
    private readonly DateTimeOffset _now;

    private ExternalFile(IEnumerable<string> problems, IEnumerable<ExternalResult> known, DateTimeOffset now) =>
        (_problems, _known, _now) = ([.. problems], known.ToDictionary(result => result.Identity), now);

    /// <summary>The results of a file that are not known yet, and how many are.</summary>
    /// <param name="text">The file: a line of headings, then a line for each run.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="problems">The labels of the study's problems.</param>
    /// <param name="known">What was imported before.</param>
    /// <param name="now">When these come.</param>
    /// <exception cref="UserMistakeException">Something in it is wrong, or says otherwise what is known.</exception>
    public static (ImmutableArray<ExternalResult> New, int Known) Read(
        string text, string file, IEnumerable<string> problems, IEnumerable<ExternalResult> known, DateTimeOffset now) =>
        new ExternalFile(problems, known, now).Read(text, file);

    private (ImmutableArray<ExternalResult> New, int Known) Read(string text, string file)
    {
        using var rows = CsvRow.Read(text.TrimStart('\uFEFF'), file, _mistakes).GetEnumerator();
        var columns = rows.MoveNext() ? Columns(rows.Current) : throw new UserMistakeException($"{file}: is empty; expected a line of headings: {string.Join(",", Allowed)}");
        _mistakes.ThrowIfAny();
        var results = ImmutableArray.CreateBuilder<ExternalResult>();
        while (rows.MoveNext())
        {
            if (rows.Current.Fields.Length != columns.Length)
            {
                _mistakes.Add(rows.Current.Place, FormattableString.Invariant($"has {rows.Current.Fields.Length} fields; the headings are {columns.Length}"));
            }
            else if (Result(columns.Zip(rows.Current.Fields).ToDictionary(pair => pair.First, pair => pair.Second), rows.Current.Place) is { } result)
            {
                results.Add(result);
            }

            if (results.Count > MostRows)
            {
                throw new UserMistakeException(FormattableString.Invariant($"{file}: has more than {MostRows:N0} results"));
            }
        }

        if (results.Count == 0 && _mistakes.Count == 0)
        {
            throw new UserMistakeException($"{file}: has no result below its headings");
        }

        _mistakes.ThrowIfAny();
        return ([.. results.Where(result => !_known.ContainsKey(result.Identity))], results.Count(result => _known.ContainsKey(result.Identity)));
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
            _mistakes.Add(headings.Place, $"column '{missing}' is missing; expected {string.Join(",", Needed)}, and seconds and note where they are known");
        }

        return columns;
    }

    private ExternalResult? Result(Dictionary<string, CsvField> row, Place place)
    {
        var before = _mistakes.Count;
        var result = new ExternalResult(
            Name(row["source"], "source", LongestSource),
            Name(row["method"], "method", LongestName),
            Problem(row["problem"]),
            Seed(row["seed"]),
            Measure(row["error"], "error"),
            row.TryGetValue("seconds", out var seconds) && seconds.Text.Length > 0 ? Measure(seconds, "seconds") : null,
            row.TryGetValue("note", out var note) && note.Text.Length > 0 ? Name(note, "note", LongestNote) : null,
            _now);
        if (result.Source.Equals(Ours, StringComparison.OrdinalIgnoreCase))
        {
            _mistakes.Add(row["source"].Place, $"source '{result.Source}' is what this program calls its own results; name whose these are");
        }

        if (_mistakes.Count > before)
        {
            return null;
        }

        if (!_seen.TryAdd(result.Identity, place))
        {
            _mistakes.Add(place, FormattableString.Invariant($"{Named(result)} stands in line {_seen[result.Identity].Line} already"));
            return null;
        }

        if (_known.TryGetValue(result.Identity, out var known) && !known.IsSameAs(result))
        {
            _mistakes.Add(place, $"{Named(result)} was imported on {known.ImportedAt.UtcDateTime:yyyy-MM-dd} with another error, time or note (error {known.Error.ToString("R", CultureInfo.InvariantCulture)}); remove that source first");
            return null;
        }

        return result;
    }

    private static string Named(ExternalResult result) => FormattableString.Invariant($"{NearestMatch.Quote(result.Method)} on {NearestMatch.Quote(result.Problem)}, seed {result.Seed}, of {NearestMatch.Quote(result.Source)}");

    private string Name(CsvField field, string column, int longest)
    {
        if (AnnotationRules.Words(column, field.Text, longest) is { } mistake)
        {
            _mistakes.Add(field.Place, mistake);
        }

        return field.Text;
    }

    private string Problem(CsvField field)
    {
        if (!_problems.Contains(field.Text))
        {
            _mistakes.Add(field.Place, "problem", $"{NearestMatch.Quote(field.Text)} is no problem of the study{NearestMatch.Hint(field.Text, _problems)}");
        }

        return field.Text;
    }

    private long Seed(CsvField field)
    {
        if (!long.TryParse(field.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            _mistakes.Add(field.Place, "seed", $"{NearestMatch.Quote(field.Text)}: expected a whole number of at least 0, another for each run");
        }

        return seed;
    }

    private double Measure(CsvField field, string column)
    {
        if (!double.TryParse(field.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            _mistakes.Add(field.Place, column, $"{NearestMatch.Quote(field.Text)} is no number; expected one such as 0.0123 or 1.23e-2");
        }
        else if (!double.IsFinite(value) || value < 0)
        {
            _mistakes.Add(field.Place, column, $"{NearestMatch.Quote(field.Text)}: expected a finite number of at least 0; leave out what has none");
        }

        return value;
    }
}
