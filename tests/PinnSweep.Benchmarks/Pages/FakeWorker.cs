using System.Diagnostics;
using System.Globalization;
using PinnSweep.Benchmarks.Coordinator;

namespace PinnSweep.Benchmarks.Pages;

/// <summary>A real worker in a process of its own, whose trainers only pretend to train: its results are real files.</summary>
internal sealed class FakeWorker : IDisposable
{
    private readonly Process _process;

    public FakeWorker(string folder, int slots, int coordinatorPort)
    {
        var program = CoordinatorProcess.Program();
        var here = Path.GetFileName(Path.GetDirectoryName(program)!);
        var start = new ProcessStartInfo(
            program,
            [
                "node", "--roles", "worker", "--name", "worker", "--config", "single", "--slots", slots.ToString(CultureInfo.InvariantCulture), "--work", Path.Combine(folder, "work"),
                "--port", CoordinatorProcess.FreePort().ToString(CultureInfo.InvariantCulture), "--seed-node", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{coordinatorPort}"),
            ])
        {
            WorkingDirectory = Directory.CreateDirectory(Path.Combine(folder, "worker")).FullName,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PINNSWEEP_TRAINER"] = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(program)!, "..", "..", "PinnSweep.FakeTrainer", here, "pinnsweep-fake-trainer"));
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, said) =>
        {
            if (said.Data is { Length: > 0 } line && !line.StartsWith("node ", StringComparison.Ordinal))
            {
                Console.Error.WriteLine($"worker: {line}");
            }
        };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
