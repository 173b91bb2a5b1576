namespace PinnSweep.Studies;

/// <summary>A line of a file (from 1), or a source without lines (line 0) such as a command-line option.</summary>
internal readonly record struct Place(string Source, int Line)
{
    public override string ToString() => Line > 0 ? FormattableString.Invariant($"{Source}:{Line}") : Source;
}

/// <summary>Gathers the mistakes of a file so that all are told at once.</summary>
internal sealed class MistakeList
{
    private const int Shown = 40;
    private readonly List<(Place Place, string Text)> _mistakes = [];

    public int Count => _mistakes.Count;

    public void Add(Place place, string text) => _mistakes.Add((place, text));

    public void Add(Place place, string key, string text) => Add(place, $"{key}: {text}");

    /// <exception cref="UserMistakeException">There are mistakes.</exception>
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
            .Distinct()
            .OrderBy(mistake => mistake.Place.Line)
            .Select(mistake => $"{mistake.Place}: {mistake.Text}")
            .ToList();
        var rest = lines.Count > Shown ? FormattableString.Invariant($"\n… and {lines.Count - Shown} more mistakes") : "";
        return new(string.Join('\n', lines.Take(Shown)) + rest, inner);
    }
}
