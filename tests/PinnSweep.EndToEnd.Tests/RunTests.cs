using System.Collections.Concurrent;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>Studies run by the real executable on the real path, broken off in every way a machine knows.</summary>
public class RunTests
{
    private static readonly ConcurrentDictionary<string, Task<string>> Undisturbed = [];

    [Fact]
    public async Task A_study_ends_with_table_and_report_and_the_same_command_again_trains_nothing()
    {
        using var folder = new TemporaryFolder();
        folder.Write("small.yaml", SmallStudy.Text(steps: 200));
        var study = new StudyRun(folder);

        using var first = await study.CompleteAsync();
        var report = study.Report;
        using var second = await study.CompleteAsync();
        using var version = await Cli.RunAsync(folder, "--version");

        Assert.All((await study.EvidenceAsync()).Values, evidence => Assert.Contains($"\"{version.Out.Trim().Split('+')[1]}\"", evidence, StringComparison.Ordinal));
        Assert.Contains("relobralo", first.Out, StringComparison.Ordinal);
        Assert.Contains("static", first.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["report/report.md"]));
        Assert.True(File.Exists(folder["pinnsweep.db"]));
        Assert.Equal(first.Out, second.Out);
        Assert.Equal(report, study.Report);
        // No cluster was founded for it.
        Assert.Equal(1, study.Logged("NodeStarted"));
    }

    [Fact]
    public Task A_killed_trainer_costs_one_attempt_and_the_study_completes_with_the_same_table() => SmallStudy.CaughtAsync(async text =>
    {
        using var broken = new TemporaryFolder();
        broken.Write("small.yaml", text);
        var study = new StudyRun(broken);

        using var run = study.Start();
        // Both slots train: a trainer killed between two trials costs nothing, as it should.
        await Waiting.UntilAsync(() => run.HasEnded || study.Logged("TrialStarted") >= 2, StudyRun.Limit, () => run.Error);
        var victims = StudyRun.Trainers(run);
        if (victims.Count < 2 || study.Logged("TrialFinished") > 0)
        {
            return false;
        }

        ProcessRun.Kill(victims[0]);
        await run.EndAsync(StudyRun.Limit);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("1 fault", run.Error, StringComparison.Ordinal);
        Assert.Equal(await UndisturbedAsync(text), study.Accuracy);
        return true;
    });

    [Fact]
    public Task Killed_as_a_whole_and_started_again_it_keeps_what_was_finished_and_ends_with_the_same_table() => SmallStudy.CaughtAsync(async text =>
    {
        using var broken = new TemporaryFolder();
        broken.Write("small.yaml", text);
        var study = new StudyRun(broken);

        using (var killed = study.Start())
        {
            await Waiting.UntilAsync(() => killed.HasEnded || StudyRun.Done(killed) >= 1, StudyRun.Limit, () => killed.Error);
            killed.KillTree();
            await killed.EndAsync(Cli.Short);
        }

        var before = await study.EvidenceAsync();
        if (before.Count == SmallStudy.Trials)
        {
            return false;
        }

        using var again = await study.CompleteAsync();
        var after = await study.EvidenceAsync();

        Assert.NotEmpty(before);
        Assert.Equal(SmallStudy.Trials, after.Count);
        Assert.All(before, trial => Assert.Equal(trial.Value, after[trial.Key]));
        Assert.Equal(await UndisturbedAsync(text), study.Accuracy);
        return true;
    });

    [Fact]
    public Task Interrupted_it_stops_cleanly_with_130_and_the_same_command_goes_on() => SmallStudy.CaughtAsync(async text =>
    {
        using var folder = new TemporaryFolder();
        folder.Write("small.yaml", text);
        var study = new StudyRun(folder);

        using (var stopped = study.Start())
        {
            await Waiting.UntilAsync(() => stopped.HasEnded || StudyRun.Done(stopped) >= 1, StudyRun.Limit, () => stopped.Error);
            stopped.Interrupt();
            await stopped.EndAsync(Cli.Short);
            if (stopped.ExitCode == 0)
            {
                return false;
            }

            Assert.True(stopped.ExitCode == 130, $"exit code {stopped.ExitCode}\n{stopped.Error}");
            Assert.Contains("the same command goes on from here", stopped.Error, StringComparison.Ordinal);
        }

        var before = await study.EvidenceAsync();
        using var again = await study.CompleteAsync();
        var after = await study.EvidenceAsync();

        Assert.All(before, trial => Assert.Equal(trial.Value, after[trial.Key]));
        Assert.DoesNotContain("fault", again.Error, StringComparison.Ordinal);
        return true;
    });

    [Fact]
    public async Task Two_runs_on_one_store_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        folder.Write("small.yaml", await SmallStudy.LastingAsync(seconds: 5));
        var study = new StudyRun(folder);

        using var first = study.Start();
        await Waiting.UntilAsync(() => first.HasEnded || StudyRun.Trainers(first).Count > 0, StudyRun.Limit, () => first.Error);
        using var second = await study.Start().EndAsync(Cli.Short);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"process {first.Id}", second.Error, StringComparison.Ordinal);
    }

    /// <summary>The accuracy table of the same study, run without trouble; once, however many tests ask.</summary>
    private static Task<string> UndisturbedAsync(string text) => Undisturbed.GetOrAdd(text, RunUndisturbedAsync);

    private static async Task<string> RunUndisturbedAsync(string text)
    {
        using var whole = new TemporaryFolder();
        whole.Write("small.yaml", text);
        var reference = new StudyRun(whole);
        using var run = await reference.CompleteAsync();
        return reference.Accuracy;
    }
}
