using System.ComponentModel;
using System.Text.Json;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Trainers;

namespace PinnSweep.Doctor;

/// <summary>Whether the trainer starts and what it finds: it alone may load libtorch, so it is asked.</summary>
internal static class TrainerCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        string program;
        try
        {
            program = TrainerProgram.Find();
        }
        catch (UserMistakeException absent)
        {
            return [new("trainer", FindingState.Missing, absent.Message)];
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using var process = ChildProcesses.StartTrainer(program, "--doctor");
            process.StandardInput.Close();
            try
            {
                var errors = process.StandardError.ReadToEndAsync(limit.Token);
                var answer = await process.StandardOutput.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                return Read(process.ExitCode, answer, await errors, GpuSight.Look());
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
        catch (Win32Exception failure)
        {
            return [new("trainer", FindingState.Missing, $"{program}: {failure.Message}", "delete the artifacts folder and build again")];
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return [new("trainer", FindingState.Missing, $"{program} gave no answer in {Patience.TotalSeconds} s")];
        }
    }

    internal static IReadOnlyList<Finding> Read(int exitCode, string answer, string errors, GpuSight sight)
    {
        if (exitCode != 0)
        {
            var reason = errors.Split('\n').FirstOrDefault(line => line.Trim().Length > 0)?.Trim() ?? $"exit code {exitCode}";
            return [new("trainer", FindingState.Missing, $"it ended with: {reason}", "delete the artifacts folder and build again; on Debian and Ubuntu libgomp1 and libstdc++6 are needed")];
        }

        using var json = JsonDocument.Parse(answer);
        var root = json.RootElement;
        var torch = root.GetProperty("torch");
        var library = torch.GetProperty("standardLibraryVersion").GetString();
        return
        [
            Finding.Ok("trainer", $"{root.GetProperty("version").GetString()}, computes {root.GetProperty("simdBits").GetInt32()} bits wide"),
            library is not null
                ? Finding.Ok("libstdc++", $"{library} ({torch.GetProperty("standardLibrary").GetString()})")
                : new("libstdc++", FindingState.Missing, "not found", "apt-get install libstdc++6"),
            LibTorch(torch),
            .. GpuCheck.Run(sight, TrainerDevices.Read(root)),
        ];
    }

    private static Finding LibTorch(JsonElement torch)
    {
        var named = Environment.GetEnvironmentVariable("PINNSWEEP_LIBTORCH") is { Length: > 0 };
        var version = torch.TryGetProperty("version", out var told) && told.GetString() is { } text ? $"{text} " : "";
        return torch.GetProperty("loads").GetBoolean()
            ? Finding.Ok("libtorch", $"{version}loads and computes ({torch.GetProperty("folder").GetString()})")
            : new(
                "libtorch",
                FindingState.Missing,
                torch.GetProperty("problem").GetString() ?? "does not load",
                named
                    ? "unset PINNSWEEP_LIBTORCH, or name the folder torch/lib of a PyTorch that fits"
                    : "apt-get install libgomp1 libstdc++6; then delete the artifacts folder and build again");
    }
}
