using PinnSweep.Numerics.Checkpoints;

namespace PinnSweep.Methods.Events;

/// <summary>Counts of noteworthy things during a training, by name.</summary>
public sealed class EventCounts : IStateful
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The counts so far.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Adds one.</summary>
    public void Count(string name) => Count(name, 1);

    /// <summary>Adds so many.</summary>
    public void Count(string name, int times) => _counts[name] = _counts.GetValueOrDefault(name) + times;

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        var entries = archive.List("events", _counts);
        if (archive.IsLoading)
        {
            _counts.Clear();
        }

        foreach (var (key, value) in entries)
        {
            var (name, count) = (key, value);
            archive.Text("event", ref name);
            archive.Count("count", ref count);
            _counts[name] = count;
        }
    }
}
