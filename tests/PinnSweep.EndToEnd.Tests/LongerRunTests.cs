using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>A study with more steps than before, by the real executable and real trainers.</summary>
public class LongerRunTests
{
    [Fact]
    public async Task A_study_with_twice_the_steps_trains_the_second_half_and_has_every_digit_of_one_that_trained_at_once()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        folder.Write("small.yaml", SmallStudy.Text(steps: 200));
        other.Write("small.yaml", SmallStudy.Text(steps: 400));
        var (study, atOnce) = (new StudyRun(folder), new StudyRun(other));

        using var few = await study.CompleteAsync();
        using var many = await StudyRun.CompleteAsync(study.Start("--set", "budget.steps=400"));
        using var undisturbed = await atOnce.CompleteAsync();

        Assert.Contains("4 trials of 4 go on from the end of the same with 200 steps", many.Error, StringComparison.Ordinal);
        Assert.Equal(SmallStudy.Trials, study.WentOn());
        Assert.Equal(StoredDigits.Of(other["pinnsweep.db"]), StoredDigits.Of(folder["pinnsweep.db"], steps: 400));
        Assert.All((await study.EvidenceAsync()).Values, evidence => Assert.Contains("\"step\": 200", evidence, StringComparison.Ordinal));
    }

    [Fact]
    public Task A_trainer_that_is_killed_in_the_second_part_costs_one_attempt_and_no_digit() => SmallStudy.CaughtAsync(async text =>
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        folder.Write("small.yaml", text);
        other.Write("small.yaml", text);
        var study = new StudyRun(folder);
        using var few = await StudyRun.CompleteAsync(study.Start("--set", "budget.steps=100"));
        var before = study.Logged("TrialStarted");

        using var run = study.Start();
        await Waiting.UntilAsync(() => run.HasEnded || study.Logged("TrialStarted") >= before + 2, StudyRun.Limit, () => run.Error);
        var victims = StudyRun.Trainers(run);
        if (victims.Count < 2 || study.Logged("TrialFinished") > before)
        {
            return false;
        }

        ProcessRun.Kill(victims[0]);
        await run.EndAsync(StudyRun.Limit);
        using var undisturbed = await new StudyRun(other).CompleteAsync();

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("1 fault", run.Error, StringComparison.Ordinal);
        Assert.Equal(StoredDigits.Of(other["pinnsweep.db"]), StoredDigits.Of(folder["pinnsweep.db"], notSteps: 100));
        return true;
    });
}
