using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>Reports that are not acknowledged yet, each with the time of its next repetition.</summary>
internal sealed class Outbox(TimeSpan firstRepeat, TimeSpan longestRepeat)
{
    private readonly SortedDictionary<long, Entry> _entries = [];
    private long _last;

    public bool IsEmpty => _entries.Count == 0;

    public IEnumerable<Report> Open => _entries.Values.Select(entry => entry.Report);

    public long NextNumber() => ++_last;

    public void Add(Report report, DateTimeOffset now) => _entries[report.Number] = new(report, now + firstRepeat, firstRepeat);

    /// <summary>The report that need not be repeated any more; null when it was acknowledged before.</summary>
    public Report? Acknowledge(long number) => _entries.Remove(number, out var entry) ? entry.Report : null;

    /// <summary>Those whose time has come, in the order they were made; each waits twice as long for its next.</summary>
    public IReadOnlyList<Report> Due(DateTimeOffset now)
    {
        var due = _entries.Values.Where(entry => entry.NextAt <= now).ToArray();
        foreach (var entry in due)
        {
            var pause = entry.Pause * 2 < longestRepeat ? entry.Pause * 2 : longestRepeat;
            _entries[entry.Report.Number] = new(entry.Report, now + pause, pause);
        }

        return [.. due.Select(entry => entry.Report)];
    }

    private sealed record Entry(Report Report, DateTimeOffset NextAt, TimeSpan Pause);
}
