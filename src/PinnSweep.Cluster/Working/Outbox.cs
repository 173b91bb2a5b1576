using System.Collections.Immutable;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// Reports that are not acknowledged yet, each with the time of its next repetition. A value: what changes it gives a new one.
/// </summary>
/// <param name="FirstRepeat">Until the first repetition.</param>
/// <param name="LongestRepeat">Pauses double up to this.</param>
internal sealed record Outbox(TimeSpan FirstRepeat, TimeSpan LongestRepeat)
{
    public bool IsEmpty => Entries.IsEmpty;

    public IEnumerable<Report> Open => Entries.Values.Select(entry => entry.Report);

    /// <summary>That of the next report.</summary>
    public long NextNumber => Last + 1;

    /// <summary>The open report with this number; null when it was acknowledged before.</summary>
    public Report? Find(long number) => Entries.GetValueOrDefault(number)?.Report;

    public Outbox Add(Report report, DateTimeOffset now) =>
        this with { Entries = Entries.SetItem(report.Number, new(report, now + FirstRepeat, FirstRepeat)), Last = report.Number };

    /// <summary>The report need not be repeated any more.</summary>
    public Outbox Acknowledge(long number) => this with { Entries = Entries.Remove(number) };

    /// <summary>Those whose time has come, in the order they were made.</summary>
    public IEnumerable<Report> Due(DateTimeOffset now) => Entries.Values.Where(entry => entry.NextAt <= now).Select(entry => entry.Report);

    /// <summary>The report was said again, and waits twice as long for its next time.</summary>
    public Outbox Repeat(long number, DateTimeOffset now)
    {
        var entry = Entries[number];
        var pause = entry.Pause * 2 < LongestRepeat ? entry.Pause * 2 : LongestRepeat;
        return this with { Entries = Entries.SetItem(number, new(entry.Report, now + pause, pause)) };
    }

    private ImmutableSortedDictionary<long, Entry> Entries { get; init; } = ImmutableSortedDictionary<long, Entry>.Empty;

    private long Last { get; init; }

    private sealed record Entry(Report Report, DateTimeOffset NextAt, TimeSpan Pause);
}
