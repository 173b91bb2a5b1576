// A node in a process of its own, for tests that kill it: runs a slow study and prints the step of each running trial.

using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PinnSweep.Cluster.Tests;
using PinnSweep.Cluster.Local;

var options = new LocalRunOptions
{
    StorePath = args[0],
    TrainerPath = args[1],
    Slots = 2,
    CheckpointEvery = TimeSpan.FromSeconds(0.1),
    ProgressEvery = TimeSpan.FromSeconds(0.05),
};
var plan = TestStudies.Slow(int.Parse(args[2], CultureInfo.InvariantCulture));
await LocalRun.RunAsync(plan, "study: text", options, NullLoggerFactory.Instance, new Printer(), CancellationToken.None);

internal sealed class Printer : IProgress<StudyProgress>
{
    public void Report(StudyProgress value) =>
        Console.WriteLine($"done {value.Done} steps {string.Join(' ', value.Running.Select(trial => trial.Progress.Step))}");
}
