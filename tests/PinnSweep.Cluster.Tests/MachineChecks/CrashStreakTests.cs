using PinnSweep.Cluster.MachineChecks;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Cluster.Tests.MachineChecks;

public sealed class CrashStreakTests
{
    private static readonly TrialKey[] Keys = [.. "abcdef".Select(letter => new TrialKey(new string(letter, 64)))];

    [Fact]
    public void One_trial_that_crashes_again_and_again_is_never_the_machines() =>
        Assert.DoesNotContain(true, Suspicions(CrashStreak.None, [.. Enumerable.Repeat(Keys[0], 20)]));

    [Fact]
    public void Three_different_trials_in_a_row_are_suspicious() =>
        Assert.Equal([false, false, true], Suspicions(CrashStreak.None, Keys[..3]));

    [Fact]
    public void After_a_check_that_found_nothing_crashes_are_the_trials() =>
        Assert.DoesNotContain(true, Suspicions(CrashStreak.Checked, Keys));

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
