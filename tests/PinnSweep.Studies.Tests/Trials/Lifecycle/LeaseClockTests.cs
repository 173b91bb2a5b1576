using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Studies.Tests.Trials.Lifecycle;

public sealed class LeaseClockTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(10);
    private static readonly TrialKey Key = new(new string('a', 64));
    private readonly LeaseClock _clock = new(Term);

    [Fact]
    public void A_renewed_lease_runs_a_full_term_from_the_renewal()
    {
        _clock.Follow(Granted(1));

        Assert.True(_clock.Renew(new(Key, 1), Start.AddSeconds(9)));
        Assert.Empty(_clock.Expired(Start.AddSeconds(18)));
        Assert.Equal([new AttemptId(Key, 1)], _clock.Expired(Start.AddSeconds(19)));
    }

    [Fact]
    public void Renew_of_an_ended_lease_is_false()
    {
        _clock.Follow(Granted(1));
        _clock.Follow(new TrialReleased(Key, 1, "drain", Start));

        Assert.False(_clock.Renew(new(Key, 1), Start));
    }

    [Fact]
    public void A_late_result_ends_the_lease_of_the_newer_attempt()
    {
        _clock.Follow(Granted(2));
        _clock.Follow(new TrialAccepted(Key, 1, new("r", 1, Outcome.Converged, 1, 1, 1), Start));

        Assert.Empty(_clock.Expired(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void Extend_gives_every_open_lease_a_term_from_now()
    {
        var state = CoordinatorState.Empty.ApplyAll([new StudySubmitted("s", "s", [Key], Start), Granted(1)]);

        _clock.Extend(state, Start.AddHours(1));

        Assert.Empty(_clock.Expired(Start.AddHours(1)));
        Assert.Single(_clock.Expired(Start.AddHours(1) + Term));
    }

    [Fact]
    public void Time_in_which_nobody_looked_is_left_out_of_account()
    {
        _clock.Follow(Granted(1));

        _clock.Excuse(TimeSpan.FromMinutes(5));

        Assert.Empty(_clock.Expired(Start.AddMinutes(5).AddSeconds(9)));
        Assert.Single(_clock.Expired(Start.AddMinutes(5) + Term));
    }

    private static TrialLeased Granted(int attempt) => new(Key, new(attempt, new("w", "1"), 1, Start + Term), Start);
}
