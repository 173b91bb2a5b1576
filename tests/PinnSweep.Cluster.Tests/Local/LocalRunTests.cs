using System.Diagnostics;
using PinnSweep.Cluster.Local;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Testing;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Cluster.Tests.Local;

[Collection("local runs")]
public sealed class LocalRunTests(ITestOutputHelper output) : IDisposable
{
    private const string Mark = "PINNSWEEP_TEST_STORE";

    private readonly TestStore _store = new();
    private readonly TestLog _log = new(output);

    public void Dispose()
    {
        _log.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task A_study_of_healthy_trials_completes_and_every_trial_has_its_result()
    {
        var plan = TestStudies.Plan("healthy", 50, 3, TestStudies.Calm(), TestStudies.Calm(pause: 1));

        var run = await RunAsync(plan);

        Assert.Equal(LocalRunEnd.Completed, run.End);
        Assert.Equal(plan.Trials.Select(trial => trial.Key).ToHashSet(), [.. run.Results.Results.Keys]);
        Assert.Equal(0, run.Results.FaultsRetried);
    }

    [Theory]
    [InlineData("exit", "crash", "exit code 3")]
    [InlineData("abort", "crash", "SIGABRT")]
    [InlineData("garbage", "error", "protocol")]
    [InlineData("fail", "error", "the sky fell")]
    [InlineData("oom", "out-of-memory", "no room")]
    [InlineData("hash", "error", "SHA-256")]
    [InlineData("wrong-trial", "error", "another trial")]
    [InlineData("hang", "timeout", "said nothing")]
    public async Task A_fault_is_retried_and_the_study_completes(string fault, string kind, string evidence)
    {
        var plan = TestStudies.Plan("faulty", 20, 1, TestStudies.Scripted(fault, at: 5, times: 1), TestStudies.Calm());

        var run = await RunAsync(plan, options => options with { HangTimeout = TimeSpan.FromSeconds(fault == "hang" ? 2 : 60) });

        Assert.Equal(LocalRunEnd.Completed, run.End);
        Assert.Equal(1, run.Results.FaultsRetried);
        var (storedKind, storedMessage) = Assert.Single(FaultsInStore());
        Assert.Equal(kind, storedKind);
        Assert.Contains(evidence, storedMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_that_always_fails_is_quarantined_with_its_evidence_and_the_others_complete()
    {
        var plan = TestStudies.Plan("poison", 20, 1, TestStudies.Scripted("exit", at: 3), TestStudies.Calm());

        var run = await RunAsync(plan);

        Assert.Equal(LocalRunEnd.CompletedWithQuarantined, run.End);
        var quarantined = Assert.Single(run.Results.Quarantined);
        Assert.Equal(3, quarantined.Faults.Length);
        Assert.All(quarantined.Faults, fault => Assert.Contains("about to leave at step 3", fault, StringComparison.Ordinal));
        Assert.Single(run.Results.Results);
    }

    [Fact]
    public async Task A_trainer_that_waits_for_a_processor_is_not_taken_for_hung()
    {
        if (!File.Exists("/proc/self/schedstat"))
        {
            throw new TestSkippedException("this kernel does not count waiting for processors");
        }

        // On a core with six others it is silent for several times as long as a trainer may be.
        var trainer = Path.Combine(_store.Folder, "trainer");
        await File.WriteAllTextAsync(trainer, $"#!/bin/sh\nexec taskset -c 0 {FakeTrainer.Path} \"$@\"\n", TestContext.Current.CancellationToken);
        await Process.Start("chmod", ["700", trainer]).WaitForExitAsync(TestContext.Current.CancellationToken);
        var loops = Enumerable.Range(0, 6).Select(_ => Process.Start("taskset", ["-c", "0", "sh", "-c", "while :; do :; done"])).ToArray();
        try
        {
            var plan = TestStudies.Plan("busy", 20, 1, TestStudies.Scripted("spin", at: 19));

            var run = await RunAsync(plan, options => options with { TrainerPath = trainer, Slots = 1, HangTimeout = TimeSpan.FromSeconds(1) });

            Assert.Equal(LocalRunEnd.Completed, run.End);
            Assert.Equal(0, run.Results.FaultsRetried);
        }
        finally
        {
            foreach (var loop in loops)
            {
                loop.Kill();
                await loop.WaitForExitAsync(TestContext.Current.CancellationToken);
                loop.Dispose();
            }
        }
    }

    [Fact]
    public async Task A_quarantined_trial_is_retried_only_when_asked_for()
    {
        var plan = TestStudies.Plan("second-chance", 20, 1, TestStudies.Scripted("exit", at: 3, times: 4));
        Assert.Equal(LocalRunEnd.CompletedWithQuarantined, (await RunAsync(plan)).End);

        Assert.Equal(LocalRunEnd.CompletedWithQuarantined, (await RunAsync(plan)).End);
        Assert.Equal(LocalRunEnd.Completed, (await RunAsync(plan, options => options with { RetryQuarantined = true })).End);
    }

    [Fact]
    public async Task A_stopped_run_goes_on_from_its_checkpoints_to_the_digits_of_an_uninterrupted_one()
    {
        var plan = TestStudies.Plan("interrupted", 300, 2, TestStudies.Calm(pause: 5));
        using var stop = new CancellationTokenSource();
        var progress = new ActionProgress<StudyProgress>(status =>
        {
            if (status.Running.Count(trial => trial.Progress.Step > 20) == 2)
            {
                stop.Cancel();
            }
        });

        var stopped = await RunAsync(plan, progress: progress, stop: stop.Token);
        Assert.Equal(LocalRunEnd.Interrupted, stopped.End);
        Assert.Empty(stopped.Results.Results);

        var resumed = await RunAsync(plan);
        Assert.Equal(LocalRunEnd.Completed, resumed.End);
        Assert.Equal(0, resumed.Results.FaultsRetried);
        Assert.All(resumed.Results.Results.Values, result => Assert.True(result.Events["started-at"] > 20));

        using var other = new TestStore();
        var uninterrupted = await RunAsync(plan, options => options with { StorePath = other.Path });
        Assert.Equal(Digits(uninterrupted), Digits(resumed));
    }

    [Fact]
    public async Task A_finished_study_run_again_trains_nothing()
    {
        var plan = TestStudies.Plan("again", 20, 3, TestStudies.Calm());
        var first = await RunAsync(plan);

        var again = await RunAsync(plan, options => options with { TrainerPath = "/bin/false" });

        Assert.Equal(LocalRunEnd.Completed, again.End);
        Assert.Equal(Digits(first), Digits(again));
    }

    [Fact]
    public async Task A_trainer_killed_from_outside_is_replaced_and_its_trial_goes_on_from_the_checkpoint()
    {
        var plan = TestStudies.Plan("killed", 200, 1, TestStudies.Calm(pause: 10));
        var isKilled = false;
        var progress = new ActionProgress<StudyProgress>(status =>
        {
            if (!isKilled && status.Running.Any(trial => trial.Progress.Step > 50))
            {
                isKilled = true;
                foreach (var trainer in TrainersOf(Environment.ProcessId).Where(IsOfThisTest))
                {
                    trainer.Kill();
                }
            }
        });

        var run = await RunAsync(plan, options => options with { CheckpointEvery = TimeSpan.FromSeconds(0.1) }, progress);

        Assert.True(isKilled);
        Assert.Equal(LocalRunEnd.Completed, run.End);
        Assert.Equal(1, run.Results.FaultsRetried);
        Assert.Contains("SIGKILL", Assert.Single(FaultsInStore()).Message, StringComparison.Ordinal);
        Assert.True(run.Results.Results.Values.Single().Events["started-at"] > 20);
    }

    [Fact]
    public async Task After_the_whole_node_is_killed_its_trainers_end_and_the_same_run_goes_on_to_the_same_digits()
    {
        var plan = TestStudies.Slow(250);
        using (var node = Process.Start(new ProcessStartInfo(RepositoryPaths.BuildOutput("PinnSweep.TestNode", "pinnsweep-test-node"), [_store.Path, FakeTrainer.Path, "250"])
        {
            RedirectStandardOutput = true,
        })!)
        {
            await Waiting.UntilAsync(
                () => node.StandardOutput.ReadLineAsync(),
                line => line is not null && line.StartsWith("done 0 steps", StringComparison.Ordinal) && line.Split(' ')[3..].Count(step => step.Length > 2) == 2,
                Waiting.Patience);
            var trainers = TrainersOf(node.Id).Select(process => process.Id).ToArray();
            Assert.Equal(2, trainers.Length);

            node.Kill();
            await node.WaitForExitAsync();
            await Waiting.UntilAsync(
                () => trainers.Where(trainer => FakeTrainer.ParentOf(trainer) is not null).ToArray(),
                left => left.Length == 0,
                Waiting.Patience,
                left => $"trainers {string.Join(", ", left)} are left");
        }

        var resumed = await RunAsync(plan);

        Assert.Equal(LocalRunEnd.Completed, resumed.End);
        Assert.Equal(["lost-worker", "lost-worker"], FaultsInStore().Select(fault => fault.Kind));
        Assert.All(resumed.Results.Results.Values, result => Assert.True(result.Events["started-at"] > 50));

        using var other = new TestStore();
        var uninterrupted = await RunAsync(plan, options => options with { StorePath = other.Path });
        Assert.Equal(Digits(uninterrupted), Digits(resumed));
    }

    [Fact]
    public async Task A_port_in_use_is_the_users_mistake()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        var mistake = await Assert.ThrowsAsync<UserMistakeException>(() => RunAsync(TestStudies.Plan("p", 1, 1, TestStudies.Calm()), options => options with { Port = port }));

        Assert.Contains($"--port {port}", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_trainer_is_the_users_mistake() =>
        await Assert.ThrowsAsync<UserMistakeException>(
            () => RunAsync(TestStudies.Plan("p", 1, 1, TestStudies.Calm()), options => options with { TrainerPath = "/nowhere/trainer" }));

    [Fact]
    public async Task Superseded_checkpoints_leave_the_store()
    {
        var plan = TestStudies.Plan("tidy", 100, 1, TestStudies.Calm(pause: 5));

        await RunAsync(plan, options => options with { CheckpointEvery = TimeSpan.FromSeconds(0.05) });

        Assert.Equal((2, 0), (Count("select count(*) from blobs"), Count("select count(*) from checkpoints")));
        Assert.Equal(2, Count("select count(*) from blobs where sha256 in (select blob from results) or sha256 in (select final from results)"));
    }

    private async Task<LocalRunResult> RunAsync(
        StudyPlan plan, Func<LocalRunOptions, LocalRunOptions>? with = null, IProgress<StudyProgress>? progress = null, CancellationToken stop = default)
    {
        var options = new LocalRunOptions
        {
            StorePath = _store.Path,
            TrainerPath = FakeTrainer.Path,
            Slots = 2,
            ProgressEvery = TimeSpan.FromSeconds(0.05),
            TrainerEnvironment = new Dictionary<string, string> { [Mark] = _store.Folder },
        };
        var clock = Stopwatch.StartNew();
        using var deadline = new CancellationTokenSource(Waiting.Patience);
        var run = await LocalRun.RunAsync(plan, "study: text", with?.Invoke(options) ?? options, _log.Factory, progress ?? new ActionProgress<StudyProgress>(_ => { }), stop)
            .WaitAsync(deadline.Token);
        output.WriteLine($"run took {clock.Elapsed.TotalSeconds:F2} s");
        return run;
    }

    /// <summary>Tests beside this one in the same process have trainers too.</summary>
    private bool IsOfThisTest(Process trainer) =>
        File.ReadAllText($"/proc/{trainer.Id}/environ").Split('\0').Contains($"{Mark}={_store.Folder}");

    /// <summary>By name too: this process may have other children, a database server for instance.</summary>
    private static IEnumerable<Process> TrainersOf(int parent) =>
        Process.GetProcesses().Where(process => FakeTrainer.ParentOf(process.Id) == parent && process.ProcessName.StartsWith("pinnsweep-fake", StringComparison.Ordinal));

    private static SortedDictionary<string, double> Digits(LocalRunResult run) =>
        new(run.Results.Results.ToDictionary(entry => entry.Key.Hex, entry => entry.Value.Final.RelativeL2), StringComparer.Ordinal);

    private IReadOnlyList<(string Kind, string Message)> FaultsInStore()
    {
        using var store = Store.OpenForReading(_store.Path);
        return store.Connections.Query("select kind, message from faults", row => (row.GetString(0), row.GetString(1)));
    }

    private long Count(string sql)
    {
        using var store = Store.OpenForReading(_store.Path);
        return store.Connections.Query(sql, row => row.GetInt64(0)).Single();
    }
}
