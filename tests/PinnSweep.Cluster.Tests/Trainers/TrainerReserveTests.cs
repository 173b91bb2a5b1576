using System.Diagnostics;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Testing;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Cluster.Tests.Trainers;

public class TrainerReserveTests
{
    private static readonly TrainerLaunch Launch = new(FakeTrainer.Path, new Dictionary<string, string> { ["CARD"] = "1" });

    [Fact]
    public void Whoever_starts_a_trainer_in_the_same_way_gets_the_one_that_waits_and_nobody_gets_it_twice()
    {
        using var reserve = TrainerReserve.Begin(Launch);

        using var first = reserve.Take(Launch with { Environment = new Dictionary<string, string> { ["CARD"] = "1" } });
        var second = reserve.Take(Launch);

        Assert.False(first!.HasExited);
        Assert.Null(second);
        ChildProcesses.Kill(first);
    }

    [Fact]
    public void Another_device_another_program_and_other_lanes_are_other_trainers()
    {
        using var reserve = TrainerReserve.Begin(Launch);

        Assert.Null(reserve.Take(Launch.With([new("CARD", "2")])));
        Assert.Null(reserve.Take(Launch.With([new("MORE", "2")])));
        Assert.Null(reserve.Take(Launch with { Lanes = 2 }));
        Assert.Null(reserve.Take(Launch with { Path = "/nowhere/trainer" }));
    }

    [Fact]
    public async Task One_that_has_ended_or_cannot_be_started_is_given_to_nobody()
    {
        var absent = new TrainerLaunch("/nowhere/trainer", new Dictionary<string, string>());
        using var folder = new TemporaryFolder();
        var brief = new TrainerLaunch(folder.Write("brief", "#!/bin/sh\necho $$ > $0.writing\nmv $0.writing $0.ended\n"), new Dictionary<string, string>());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(brief.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        using var reserve = TrainerReserve.Begin(absent, brief);

        await Waiting.UntilAsync(() => File.Exists($"{brief.Path}.ended"), Waiting.Patience, () => "it has not begun");
        var id = int.Parse(await File.ReadAllTextAsync($"{brief.Path}.ended"), System.Globalization.CultureInfo.InvariantCulture);
        await Waiting.UntilAsync(() => FakeTrainer.ParentOf(id) is null, Waiting.Patience, () => "it still runs");

        Assert.Null(reserve.Take(absent));
        Assert.Null(reserve.Take(brief));
    }

    [Fact]
    public void What_nobody_took_ends_with_the_reserve()
    {
        var launch = new TrainerLaunch("/bin/cat", new Dictionary<string, string>());
        int id;
        using (var reserve = TrainerReserve.Begin(launch, launch))
        {
            using var taken = reserve.Take(launch)!;
            id = taken.Id;
            reserve.Dispose();

            Assert.False(taken.HasExited);
            ChildProcesses.Kill(taken);
        }

        Assert.DoesNotContain(Process.GetProcessesByName("cat"), process => process.Id != id && FakeTrainer.ParentOf(process.Id) == Environment.ProcessId && !process.HasExited);
    }

    [Fact]
    public async Task A_script_before_the_trainer_ends_with_it()
    {
        using var script = ChildProcesses.Start(new("sh", ["-c", "sleep 100 & echo $!; wait"]) { RedirectStandardOutput = true });
        var child = int.Parse(script.StandardOutput.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);

        ChildProcesses.Kill(script);

        await Waiting.UntilAsync(() => FakeTrainer.ParentOf(child) is null, Waiting.Patience, () => "the script's child lives");
    }
}
