using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>Real trainings on a cluster of processes that loses one of them.</summary>
public sealed class NodeLossTests : IDisposable
{
    private readonly TemporaryFolder _whole = new();
    private readonly TemporaryFolder _broken = new();

    public void Dispose()
    {
        _whole.Dispose();
        _broken.Dispose();
    }

    [Fact]
    public async Task What_a_killed_node_trained_goes_on_elsewhere_from_its_checkpoints_and_ends_with_the_digits_of_an_undisturbed_run()
    {
        // The pace is measured on a cold trainer; a warm one takes a third of this.
        var text = await SmallStudy.LastingAsync(seconds: 15, seeds: 1);
        _whole.Write("small.yaml", text);
        _broken.Write("small.yaml", text);
        using var cluster = new StudyCluster(_broken);
        var doomed = cluster.StartWorker("gpu-1", slots: 2);
        await cluster.UntilAsync("api/workers", answer => answer.GetProperty("workers").GetArrayLength() == 1);
        using var submit = await Cli.RunAsync(_broken, "submit", "small.yaml", "--url", cluster.Url);
        Assert.True(submit.ExitCode == 0, submit.Error);
        await cluster.UntilAsync("api/studies/small", study => study.GetProperty("runningCount").GetInt32() == 2);
        cluster.StartWorker("gpu-2", slots: 2);
        await cluster.UntilAsync("api/workers", answer => answer.GetProperty("workers").GetArrayLength() == 2);
        var trials = await cluster.UntilAsync("api/studies/small/trials", page => page.GetProperty("total").GetInt32() == 2);
        string[] keys = [.. trials.GetProperty("items").EnumerateArray().Select(trial => trial.GetProperty("key").GetString()!)];
        foreach (var key in keys)
        {
            await cluster.UntilAsync($"api/trials/{key}/why", why => why.GetProperty("lines")[0].GetString()!.StartsWith("attempt 1 runs on gpu-1, last checkpoint at step ", StringComparison.Ordinal));
        }

        doomed.KillTree();
        // Meanwhile, for it takes a while until the node is given up.
        using var undisturbed = Cli.Start(_whole, "run", "small.yaml", "--slots", "2", "--out", "report");
        await cluster.UntilAsync("api/studies/small", study => study.GetProperty("isSettled").GetBoolean());

        var page = (await cluster.TryGetAsync("api/studies/small/trials"))!.Value;
        Assert.All(page.GetProperty("items").EnumerateArray(), trial =>
        {
            Assert.Equal("accepted", trial.GetProperty("phase").GetString());
            Assert.Equal(2, trial.GetProperty("attempt").GetInt32());
            Assert.Equal(1, trial.GetProperty("faults").GetInt32());
        });
        var starts = cluster.Logged("gpu-2", "TrialStarted");
        Assert.Equal(keys.Order(), starts.Select(start => start.GetProperty("TrialKey").GetString()).Order());
        Assert.All(starts, start => Assert.True(start.GetProperty("Attempt").GetInt32() == 2 && start.GetProperty("Step").GetInt32() > 0, start.GetRawText()));
        await undisturbed.EndAsync(StudyRun.Limit);
        Assert.True(undisturbed.ExitCode == 0, undisturbed.Error);
        Assert.DoesNotContain("fault", undisturbed.Error, StringComparison.Ordinal);
        Assert.Equal(StoredDigits.Of(_whole["pinnsweep.db"]), StoredDigits.Of(_broken[StudyCluster.Store]));
    }
}
