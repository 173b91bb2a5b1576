using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Cluster.Telemetry;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Tests.Telemetry;

/// <summary>Followed event by event it says what counting all trials anew says.</summary>
public class TrialTallyTests
{
    private static readonly LeasePolicy Policy = new(TimeSpan.FromSeconds(60), 2);
    private static readonly WorkerIdentity Worker = new("w", "1");

    // Studies share trials.
    private static readonly ImmutableArray<TrialKey> Keys = [.. Enumerable.Range(0, 40).Select(number => new TrialKey(number.ToString("x64", CultureInfo.InvariantCulture)))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_agrees_with_a_count_of_all_trials_after_any_decisions(int seed)
    {
        var chance = new RandomStream(seed, "tally");
        var (state, tally) = (CoordinatorState.Empty, new TrialTally());
        tally.Begin(state);
        var seen = new HashSet<string>();
        for (var round = 0; round < 2000; round++)
        {
            foreach (var happened in CoordinatorDecider.Decide(state, Command(state, chance), DateTimeOffset.UnixEpoch, Policy).Events)
            {
                var after = state.Apply(happened);
                tally.Follow(state, happened, after);
                state = after;
            }

            var anew = new TrialTally();
            anew.Begin(state);
            Assert.Equal(anew.Counts, tally.Counts);
            seen.UnionWith(tally.Counts.Where(count => count.Trials > 0).Select(count => count.State));
        }

        Assert.Equal(["accepted", "cancelled", "quarantined", "running", "waiting"], seen.Order(StringComparer.Ordinal));
    }

    private static SweepCommand Command(CoordinatorState state, RandomStream chance)
    {
        var study = string.Create(CultureInfo.InvariantCulture, $"study-{chance.NextInt(4)}");
        var key = Keys[chance.NextInt(Keys.Length)];
        var attempt = state.Trials.GetValueOrDefault(key)?.Lease?.Attempt ?? 1;
        return chance.NextInt(12) switch
        {
            0 => new SubmitStudy(study, study, [.. Keys.Where((_, at) => at % 4 >= study[^1] - '1')]),
            1 => new CancelStudy(study),
            2 => new RetryStudy(study),
            3 => new ReleaseTrial(key, attempt, "drained"),
            4 or 5 => new AcceptResult(key, attempt, new("blob", 1, Outcome.Converged, 1, 0.5, 1)),
            6 => new LoseResult(key, attempt, "damaged"),
            7 or 8 => new RecordFault(key, attempt, new(FaultKind.Crash, "crash", "")),
            _ => new GrantWork(Worker, 3),
        };
    }
}
