using System.Diagnostics;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>Two processes of the real program that say they are the same worker.</summary>
public sealed class TwinTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_second_worker_of_one_name_ends_with_the_reason_and_one_started_again_elsewhere_is_let_in_at_once()
    {
        _folder.Write("small.yaml", await SmallStudy.LastingAsync(seconds: 20, seeds: 1));
        using var cluster = new StudyCluster(_folder);
        var first = cluster.StartWorker("twin", slots: 2);
        await cluster.UntilAsync("api/workers", answer => answer.GetProperty("workers").GetArrayLength() == 1);
        using var submit = await Cli.RunAsync(_folder, "submit", "small.yaml", "--url", cluster.Url);
        Assert.True(submit.ExitCode == 0, submit.Error);
        await cluster.UntilAsync("api/studies/small", study => study.GetProperty("runningCount").GetInt32() == 2);

        using (var second = cluster.StartTwin("twin", "elsewhere"))
        {
            await second.EndAsync(StudyRun.Limit);

            Assert.True(second.ExitCode == 1, $"exit code {second.ExitCode}\n{second.Error}");
            Assert.Contains("--name twin: the name twin is held by the worker at akka.tcp://pinnsweep@127.0.0.1:", second.Error, StringComparison.Ordinal);
            Assert.Contains(FormattableString.Invariant($"(process {first.Id})"), second.Error, StringComparison.Ordinal);
        }

        var study = await cluster.UntilAsync("api/studies/small", study => study.GetProperty("isSettled").GetBoolean());
        Assert.Equal((2, 0, 0), (study.GetProperty("accepted").GetInt32(), study.GetProperty("quarantined").GetInt32(), study.GetProperty("faults").GetInt32()));

        first.KillTree();
        var clock = Stopwatch.StartNew();
        using var again = cluster.StartTwin("twin", "again");
        await cluster.UntilAsync("api/workers", answer => answer.GetProperty("workers").EnumerateArray().Any(worker => !worker.GetProperty("address").GetString()!.EndsWith(cluster.PortOf("twin"), StringComparison.Ordinal)));
        Assert.False(again.HasEnded, again.Error);
        TestContext.Current.TestOutputHelper!.WriteLine($"in after {clock.Elapsed.TotalSeconds:F1} s");
    }
}
