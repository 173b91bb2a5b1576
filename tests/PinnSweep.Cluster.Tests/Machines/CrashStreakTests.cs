using PinnSweep.Cluster.Machines;
using PinnSweep.Studies;

namespace PinnSweep.Cluster.Tests.Machines;

public sealed class CrashStreakTests
{
    private static readonly TrialKey[] Keys = [.. "abcdef".Select(letter => new TrialKey(new string(letter, 64)))];

    [Fact]
    public void One_trial_that_crashes_again_and_again_is_never_the_machines() =>
        Assert.DoesNotContain(true, Suspicions(CrashStreak.None, [.. Enumerable.Repeat(Keys[0], 20)]));

    [Fact]
    public void Three_different_trials_in_a_row_are_suspicious_and_success_between_is_not()
    {
        Assert.Equal([false, false, true], Suspicions(CrashStreak.None, Keys[..3]));

        var streak = CrashStreak.None.With(Keys[0]).With(Keys[1]).GotOn();

        Assert.Equal([false], Suspicions(streak, Keys[2]));
    }

    [Fact]
    public void After_a_check_that_found_nothing_crashes_are_the_trials_until_one_gets_on()
    {
        var streak = CrashStreak.None.WasChecked();
        Assert.DoesNotContain(true, Suspicions(streak, Keys));

        Assert.Equal([false, false, true], Suspicions(Keys.Aggregate(streak, (crashed, key) => crashed.With(key)).GotOn(), Keys[..3]));
    }

    private static List<bool> Suspicions(CrashStreak streak, params TrialKey[] crashes)
    {
        var suspicions = new List<bool>();
        foreach (var key in crashes)
        {
            streak = streak.With(key);
            suspicions.Add(streak.IsSuspicious);
        }

        return suspicions;
    }
}
