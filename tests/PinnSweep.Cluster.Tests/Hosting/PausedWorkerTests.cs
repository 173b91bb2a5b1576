using PinnSweep.Cluster.Trainers;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Values;
using PinnSweep.Testing;
using PinnSweep.Testing.Processes;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Cluster.Tests.Hosting;

/// <summary>
/// A worker whose machine gets into trouble and out of it again: nothing is charged to a trial, and nobody has to do anything.
/// </summary>
[Collection("troubled nodes")]
public sealed class PausedWorkerTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly string[] Seeds = ["coordinator", "w"];

    private readonly TemporaryFolder _place = new();
    private readonly List<string> _mounts = [];
    private TestCluster _cluster = null!;

    private string Work => _place["work"];

    private string Trainer => _place["trainer"];

    public ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Work);
        WriteTrainer($"exec '{FakeTrainer.Path}' \"$@\"");
        _cluster = new(output)
        {
            Worker = (_, settings) => settings with
            {
                WorkFolder = Path.Combine(Work, "slots"),
                Trainer = new TrainerLaunch(Trainer, new Dictionary<string, string>()),
                DiskFloor = 1 << 20,
            },
        };
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        foreach (var mount in _mounts)
        {
            using var unmount = ProcessRun.Start(_place.Path, "umount", "--lazy", mount);
            await unmount.EndAsync(Waiting.Patience);
        }

        _place.Dispose();
    }

    [Fact]
    public async Task A_full_disk_pauses_the_worker_until_there_is_room_again()
    {
        await MountSmallDiskAsync();
        var plan = await StartStudyAsync();
        await _cluster.UntilAsync(plan, status => status.Running.Count(running => running.Progress.Step > 20) == 2);

        var ballast = FillDisk();
        var paused = await UntilPausedAsync(plan);
        Assert.Contains("work", paused, StringComparison.Ordinal);
        File.Delete(ballast);

        await EndsUnharmedAsync(plan);
    }

    [Fact]
    public async Task A_worker_without_room_takes_no_work_and_why_says_so()
    {
        await MountSmallDiskAsync();
        var ballast = FillDisk();
        var plan = await StartStudyAsync();

        await UntilPausedAsync(plan);
        var why = await _cluster.AskAsync<TrialAnswer>(new WhyTrial(plan.Trials[0].Key.Hex));
        Assert.Contains("w pauses (", why.Lines[0], StringComparison.Ordinal);
        Assert.Empty(_cluster.Store.Connections.Query("select manifest from journal where manifest like 'trial-leased%'", row => row.GetString(0)));
        File.Delete(ballast);

        await EndsUnharmedAsync(plan);
    }

    [Fact]
    public async Task An_unusable_work_folder_pauses_the_worker_until_it_can_be_used_again()
    {
        var plan = await StartStudyAsync();
        await _cluster.UntilAsync(plan, status => status.Running.Count(running => running.Progress.Step > 20) == 2);

        // As root, permissions forbid nothing; what is no folder forbids everything.
        Directory.Delete(Work, recursive: true);
        File.WriteAllText(Work, "");
        await UntilPausedAsync(plan);
        File.Delete(Work);
        Directory.CreateDirectory(Work);

        await EndsUnharmedAsync(plan);
    }

    [Theory]
    [InlineData("echo 'trainer: error while loading shared libraries: libgomp.so.1: cannot open shared object file' >&2; exit 127", "libgomp.so.1")]
    [InlineData("exit 126", "exit code 126")]
    [InlineData(null, "cannot be started")]
    public async Task A_trainer_that_does_not_start_pauses_the_worker_until_it_does(string? broken, string evidence)
    {
        if (broken is null)
        {
            File.Delete(Trainer);
        }
        else
        {
            WriteTrainer(broken);
        }

        var plan = await StartStudyAsync();
        Assert.Contains(evidence, await UntilPausedAsync(plan), StringComparison.Ordinal);
        WriteTrainer($"exec '{FakeTrainer.Path}' \"$@\"");

        await EndsUnharmedAsync(plan);
    }

    [Fact]
    public async Task Trials_that_crash_are_given_up_all_the_same_and_the_worker_goes_on()
    {
        var plan = await StartStudyAsync(TestStudies.Scripted("exit", at: 3));

        var end = await _cluster.UntilAsync(plan, status => status.IsSettled);

        Assert.Equal((0, 6), (end.Accepted, end.Quarantined));
        await _cluster.SubmitAsync(TestStudies.Plan("after", 5, 1, TestStudies.Calm()));
    }

    private async Task<StudyPlan> StartStudyAsync(Level? trials = null)
    {
        await _cluster.StartAsync("coordinator", coordinates: true, slots: -1, Seeds);
        await _cluster.StartAsync("w", coordinates: false, slots: 2, Seeds);
        var plan = TestStudies.Plan("paused", 200, 6, trials ?? TestStudies.Calm(pause: 5));
        await _cluster.SubmitAsync(plan);
        return plan;
    }

    private async Task<string> UntilPausedAsync(StudyPlan plan)
    {
        var list = await Waiting.UntilAsync(
            () => _cluster.AskAsync<WorkerList>(new ListWorkers()),
            list => list.Workers.SingleOrDefault()?.Paused is not null,
            Waiting.Patience,
            list => string.Join(", ", list.Workers));
        var why = list.Workers.Single().Paused!;
        output.WriteLine($"paused: {why}");
        await _cluster.UntilAsync(plan, status => status.RunningCount == 0);
        return why;
    }

    private async Task EndsUnharmedAsync(StudyPlan plan)
    {
        var end = await _cluster.UntilAsync(plan, status => status.IsSettled);

        Assert.Equal((6, 0, 0), (end.Accepted, end.Quarantined, end.Faults));
        Assert.Null((await _cluster.AskAsync<WorkerList>(new ListWorkers())).Workers.Single().Paused);
        Assert.All(_cluster.Store.Studies.LoadResults(plan).Results.Values, result => Assert.Equal(200, result.Steps));
    }

    private async Task MountSmallDiskAsync()
    {
        Assert.SkipUnless(Environment.UserName == "root", "not root: only root can mount a small disk");
        using var mount = ProcessRun.Start(_place.Path, "mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", Work);
        await mount.EndAsync(Waiting.Patience);
        Assert.SkipUnless(mount.ExitCode == 0, $"this machine permits no mounts: {mount.Error}");
        _mounts.Add(Work);
    }

    private string FillDisk()
    {
        var path = Path.Combine(Work, "ballast");
        using var file = File.Create(path);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
                file.Flush(flushToDisk: true);
            }
        }
        catch (IOException)
        {
            return path;
        }
    }

    private void WriteTrainer(string script)
    {
        // Written beside and moved: a script that is being read must not change.
        File.WriteAllText($"{Trainer}.new", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode($"{Trainer}.new", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        File.Move($"{Trainer}.new", Trainer, overwrite: true);
    }
}
