using System.Collections.Immutable;
using System.Text;

namespace PinnSweep.Pages.Live;

/// <summary>
/// What is told of one thing to everybody who looks at it: the newest text of each of its parts, made once and sent to all as the same
/// bytes. Nothing waits for a slow reader: it gets the newest of what it has not seen when it comes back for more.
/// </summary>
internal sealed class LiveTopic
{
    private readonly Lock _lock = new();
    private ImmutableArray<Told> _parts = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version;

    /// <summary>How many times something new was told.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Tells parts; what says the same as before is nothing new.</summary>
    public void Tell(params IReadOnlyCollection<(string Name, string Text)> parts)
    {
        lock (_lock)
        {
            var known = _parts.ToDictionary(part => part.Name);
            var news = parts.Where(part => !known.TryGetValue(part.Name, out var before) || before.Text != part.Text).ToList();
            if (news.Count == 0)
            {
                return;
            }

            var version = Interlocked.Increment(ref _version);
            foreach (var (name, text) in news)
            {
                known[name] = new(name, text, version, Event(name, text));
            }

            _parts = [.. known.Values.OrderBy(part => part.Version)];
            _changed.SetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>What was told after a version, as events; to be waited for where that is nothing yet.</summary>
    public (long Version, ImmutableArray<ReadOnlyMemory<byte>> Events, Task Changed) After(long version)
    {
        lock (_lock)
        {
            return (_version, [.. _parts.Where(part => part.Version > version).Select(part => part.Bytes)], _changed.Task);
        }
    }

    /// <summary>An event of the WHATWG's standard: every line of the text is a line of data.</summary>
    private static ReadOnlyMemory<byte> Event(string name, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => $"data: {line}\n");
        return Encoding.UTF8.GetBytes($"event: {name}\n{string.Concat(lines)}\n");
    }

    private sealed record Told(string Name, string Text, long Version, ReadOnlyMemory<byte> Bytes);
}
