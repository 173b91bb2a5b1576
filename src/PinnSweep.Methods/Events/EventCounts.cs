using PinnSweep.Numerics.Checkpoints;

namespace PinnSweep.Methods.Events;

/// <summary>Counts of noteworthy things during a training, by name.</summary>
public sealed class EventCounts : IStateful
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The counts so far.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Adds one.</summary>
    public void Count(string name) => _counts[name] = _counts.GetValueOrDefault(name) + 1;

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Write("events", (long)_counts.Count);
        foreach (var (name, count) in _counts)
        {
            writer.Write("event", name);
            writer.Write("count", (long)count);
        }
    }

    /// <inheritdoc/>
    public void Load(StateReader reader)
    {
        _counts.Clear();
        for (var n = reader.ReadLong("events"); n > 0; n--)
        {
            var name = reader.ReadText("event");
            _counts[name] = (int)reader.ReadLong("count");
        }
    }
}
