using System.Collections.Immutable;
using System.Globalization;

namespace PinnSweep.Reports.Documents;

/// <summary>Numbered notes of one table; the same note has one number.</summary>
internal sealed class Footnotes
{
    private readonly List<string> _notes = [];

    public string Mark(string note)
    {
        var index = _notes.IndexOf(note);
        if (index < 0)
        {
            index = _notes.Count;
            _notes.Add(note);
        }

        return $"[{(index + 1).ToString(CultureInfo.InvariantCulture)}]";
    }

    public ImmutableArray<string> All => [.. _notes.Select((note, i) => $"[{(i + 1).ToString(CultureInfo.InvariantCulture)}] {note}")];
}
