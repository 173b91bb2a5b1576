namespace PinnSweep.Studies.Mistakes;

/// <summary>A place in a file.</summary>
/// <param name="Source">What messages call the file, or a source without lines such as a command-line option.</param>
/// <param name="Line">From 1; 0 where there are no lines.</param>
/// <param name="Column">From 1; 0 where the column says nothing.</param>
public readonly record struct Place(string Source, int Line, int Column = 0)
{
    /// <summary><c>study.yaml:14</c>, <c>problem.yaml:9:21</c>, <c>--balancer</c>.</summary>
    public override string ToString() =>
        Line == 0 ? Source : Column == 0 ? FormattableString.Invariant($"{Source}:{Line}") : FormattableString.Invariant($"{Source}:{Line}:{Column}");
}

/// <summary>Gathers the mistakes of a file so that all are told at once.</summary>
public sealed class MistakeList
{
    private const int Shown = 40;

    // Finding the nearest match for each of 90,000 unknown keys takes seconds, and nobody reads so many.
    private const int Enough = 2000;
    private readonly HashSet<(Place Place, string Text)> _mistakes = [];

    /// <summary>How many there are, the same told twice counted twice.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a mistake.</summary>
    /// <exception cref="UserMistakeException">There are so many that reading on would not help.</exception>
    public void Add(Place place, string text)
    {
        Count++;
        if (_mistakes.Add((place, text)) && _mistakes.Count >= Enough)
        {
            throw ToException();
        }
    }

    /// <summary>Adds a mistake under a key.</summary>
    public void Add(Place place, string key, string text) => Add(place, $"{key}: {text}");

    /// <summary>Ends the reading if there are mistakes.</summary>
    /// <exception cref="UserMistakeException">There are.</exception>
    public void ThrowIfAny()
    {
        if (Count > 0)
        {
            throw ToException();
        }
    }

    /// <summary>One line a mistake, in the order of the file.</summary>
    public UserMistakeException ToException(Exception? inner = null)
    {
        var lines = _mistakes
            .OrderBy(mistake => mistake.Place.Line)
            .ThenBy(mistake => mistake.Place.Column)
            .Select(mistake => $"{mistake.Place}: {mistake.Text}")
            .ToList();
        var rest = lines.Count > Shown ? FormattableString.Invariant($"\n… and {(lines.Count >= Enough ? "at least " : "")}{lines.Count - Shown} more mistakes") : "";
        return new(string.Join('\n', lines.Take(Shown)) + rest, inner);
    }
}
