using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Testing.Histories;

namespace PinnSweep.Cluster.Tests.Chaos;

/// <summary>
/// A checker that finds nothing proves nothing: each way to break the promise is found, and a kept promise is not complained of.
/// </summary>
public sealed class HistoryCheckerTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;
    private static readonly TrialKey Key = new(new string('a', 64));
    private static readonly TrialKey Poison = new(new string('b', 64));
    private static readonly WorkerIdentity Worker = new("w", "1");
    private static readonly ResultReference Result = new("blob", 1, Outcome.Converged, 1, 1, 1);

    private static readonly SweepRecord Good = new(
        [Key, Poison],
        [
            new EpochBegan(1, At),
            new StudySubmitted("hash", "study", [Key, Poison], At),
            Leased(Key, 1),
            new EpochBegan(2, At),
            new TrialAccepted(Key, 1, Result, At),
            Leased(Poison, 1, 2),
            new TrialFaulted(Poison, new(1, Worker, new(FaultKind.Crash, "exit code 139", ""), At), At),
            new TrialQuarantined(Poison, At),
        ],
        System.Collections.Immutable.ImmutableDictionary<TrialKey, (int, string)>.Empty.Add(Key, (1, "value")),
        System.Collections.Immutable.ImmutableDictionary<TrialKey, string>.Empty.Add(Key, "value"),
        [new(Key, 1)],
        System.Collections.Immutable.ImmutableDictionary<string, int>.Empty.Add("w", 1));

    [Fact]
    public void A_kept_promise_is_not_complained_of() => Assert.Empty(HistoryChecker.Check(Good));

    [Fact]
    public void Each_broken_one_is_found()
    {
        Finds("(a)", Good with { Journal = Good.Journal.Add(new TrialAccepted(Key, 1, Result, At)) });
        Finds("(b)", Good with { Journal = Good.Journal.RemoveAt(7) });
        Finds("(b)", Good with { Stored = Good.Stored.Clear() });
        Finds("(c)", Good with { Journal = Good.Journal.Replace(Good.Journal[4], new TrialAccepted(Key, 3, Result, At)), Acknowledged = [] });
        Finds("(c)", Good with { Journal = Good.Journal.Insert(3, Leased(Key, 1)) });
        Finds("(d)", Good with { Acknowledged = [new(Key, 2)] });
        Finds("(e)", Good with { Stored = Good.Stored.SetItem(Key, (1, "another value")) });
        Finds("(f)", Good with { Journal = Good.Journal.InsertRange(3, Enumerable.Range(2, HistoryChecker.MostGrants).Select(attempt => (SweepEvent)Leased(Key, attempt))) });
        Finds("(g)", Good with { Journal = Good.Journal.Insert(3, Leased(Poison, 7)) });
        Finds("(h)", Good with { Journal = Good.Journal.Insert(5, new EpochBegan(1, At)) });
        Finds("(h)", Good with { Journal = Good.Journal.Replace(Good.Journal[5], Leased(Poison, 1, 1)) });
        Finds("(i)", Good with { Journal = Good.Journal.RemoveAt(6) });
    }

    private static TrialLeased Leased(TrialKey key, int attempt, long epoch = 1) => new(key, new(attempt, Worker, epoch, At), At);

    private static void Finds(string invariant, SweepRecord record) =>
        Assert.Contains(HistoryChecker.Check(record), finding => finding.StartsWith(invariant, StringComparison.Ordinal));
}
