using System.Text.RegularExpressions;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

public class PlanTests
{
    [Fact]
    public async Task A_plan_without_a_store_trains_first_steps_to_tell_how_long_it_takes_and_keeps_nothing()
    {
        using var folder = new TemporaryFolder();
        folder.Write("small.yaml", SmallStudy.Text(steps: 100_000));

        using var run = await Cli.RunAsync(folder, "plan", "small.yaml");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Matches(@"time: (about [0-9:]+|a few seconds) with \d+ slots? \([0-9.]+( to [0-9.]+)? ms a step with evaluations, measured just now, [12] cells?\)", run.Out);
        Assert.Matches(new Regex("disk: about [0-9.]+ KB"), run.Out);
        Assert.Equal(["small.yaml"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }
}
