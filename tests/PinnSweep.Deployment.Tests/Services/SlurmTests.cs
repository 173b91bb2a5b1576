using System.Globalization;
using System.Text.RegularExpressions;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Deployment.Tests.Checks;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Deployment.Tests.Services;

/// <summary>The Slurm script, run as Slurm would, with a program in the node's place that tells what it was given.</summary>
public sealed partial class SlurmTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly string Script = Path.Combine(RepositoryPaths.Root, "cluster-config", "slurm.sbatch");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Its_signal_comes_early_enough_for_a_node_to_leave()
    {
        var seconds = Signal().Match(File.ReadAllText(Script)).Groups[1].Value;

        Assert.True(int.Parse(seconds, CultureInfo.InvariantCulture) >= NodeDefaults.ShutdownSeconds);
    }

    [Fact]
    public void Its_variables_are_the_programs()
    {
        string[] own = ["PINNSWEEP_RESTART_SECONDS"];

        Assert.All(Variable().Matches(File.ReadAllText(Script)).Select(match => match.Value).Except(own), name => Assert.Contains(name, NodeHelp.Variables));
    }

    [Fact]
    public async Task A_job_is_a_worker_with_the_jobs_share_of_the_machine_and_the_jobs_time()
    {
        using var job = Start("env > seen", new()
        {
            ["SLURM_JOB_NAME"] = "sweep", ["SLURM_ARRAY_JOB_ID"] = "77", ["SLURM_ARRAY_TASK_ID"] = "3", ["SLURM_CPUS_PER_TASK"] = "6", ["SLURM_JOB_END_TIME"] = "2000000000",
        });

        await job.EndAsync(Limit);

        var seen = File.ReadAllLines(_folder["seen"]);
        Assert.Equal(0, job.ExitCode);
        Assert.Superset(
            new HashSet<string>
            {
                "PINNSWEEP_ROLES=worker", "PINNSWEEP_NAME=sweep-77-3", "PINNSWEEP_SLOTS=6", "PINNSWEEP_UNTIL=2033-05-18T03:33:20Z", "PINNSWEEP_SEEDS=head:4053,head:4054", "PINNSWEEP_PORT=0",
            },
            seen.ToHashSet());
    }

    [Fact]
    public async Task A_job_with_gpus_leaves_the_slots_to_the_node()
    {
        using var job = Start("env > seen", new() { ["CUDA_VISIBLE_DEVICES"] = "0,1", ["SLURM_CPUS_PER_TASK"] = "6" });

        await job.EndAsync(Limit);

        Assert.DoesNotContain(File.ReadAllLines(_folder["seen"]), line => line.StartsWith("PINNSWEEP_SLOTS=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_that_lost_its_cluster_is_started_again_and_another_end_is_the_jobs()
    {
        using var job = Start("echo x >> starts; [ $(wc -l < starts) = 3 ] && exit 2; exit 75", []);

        await job.EndAsync(Limit);

        Assert.Equal(2, job.ExitCode);
        Assert.Equal(3, File.ReadAllLines(_folder["starts"]).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(75)]
    public async Task Slurms_signal_reaches_the_node_and_the_job_waits_for_its_end(int exitCode)
    {
        using var job = Start($"trap 'echo checkpoint > left; exit {exitCode}' TERM; echo > up; while :; do read -t 0.05 <> <(:) || :; done", []);
        await Waiting.UntilAsync(() => File.Exists(_folder["up"]), Limit, () => job.Error);

        // To the shell of the job alone, as B: in --signal has it.
        using var kill = ProcessRun.Start(_folder.Path, "kill", "-TERM", $"{job.Id}");
        await job.EndAsync(Limit);

        Assert.True(File.Exists(_folder["left"]));
        Assert.Equal(exitCode, job.ExitCode);
    }

    private ProcessRun Start(string node, Dictionary<string, string> variables)
    {
        _folder.Write("node", $"#!/bin/bash\n{node}\n");
        var environment = new Dictionary<string, string>(variables)
        {
            ["PINNSWEEP_SEEDS"] = "head:4053,head:4054", ["PINNSWEEP"] = _folder["node"], ["PINNSWEEP_RESTART_SECONDS"] = "0.1",
        };
        return ProcessRun.Start(_folder.Path, environment, "bash", "-c", $"chmod +x node && exec bash {Script}");
    }

    [GeneratedRegex(@"#SBATCH --signal=B:TERM@(\d+)")]
    private static partial Regex Signal();

    [GeneratedRegex(@"PINNSWEEP_[A-Z_]+")]
    private static partial Regex Variable();
}
