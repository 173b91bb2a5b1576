using PinnSweep.Cluster.MachineChecks;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Cluster.Tests.MachineChecks;

public sealed class CrashStreakTests
{
    private static readonly TrialKey[] Keys = [.. "abcdef".Select(letter => new TrialKey(new string(letter, 64)))];

    [Fact]
    public void One_trial_that_crashes_again_and_again_is_never_the_machines()
    {
        var streak = new CrashStreak();

        Assert.DoesNotContain(true, Enumerable.Range(0, 20).Select(_ => streak.Suspects(Keys[0])));
    }

    [Fact]
    public void Three_different_trials_in_a_row_are_suspicious_and_success_between_is_not()
    {
        var streak = new CrashStreak();
        Assert.Equal([false, false, true], Keys[..3].Select(streak.Suspects));

        streak = new();
        streak.Suspects(Keys[0]);
        streak.Suspects(Keys[1]);
        streak.GotOn();

        Assert.False(streak.Suspects(Keys[2]));
    }

    [Fact]
    public void After_a_check_that_found_nothing_crashes_are_the_trials_until_one_gets_on()
    {
        var streak = new CrashStreak();
        streak.WasChecked();
        Assert.DoesNotContain(true, Keys.Select(streak.Suspects));

        streak.GotOn();

        Assert.Equal([false, false, true], Keys[..3].Select(streak.Suspects));
    }
}
