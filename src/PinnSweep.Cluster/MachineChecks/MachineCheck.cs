using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Storage.Files;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.MachineChecks;

/// <summary>Looks at a machine as its trainers use it. Blocks: for a thread of its own.</summary>
/// <param name="folder">The work folder.</param>
/// <param name="floor">Bytes that must be free there before work is taken.</param>
/// <param name="trainer">What trains.</param>
internal sealed class MachineCheck(string folder, long floor, TrainerLaunch trainer)
{
    private const int ProbeBytes = 1 << 20;
    private const long LeastMemory = 256L << 20;

    // Loading libtorch from a slow disk takes its time; a driver that hangs never answers.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The cheap look before work is taken: null when there is room.</summary>
    public MachineTrouble? Room()
    {
        try
        {
            PrivateFiles.Folder(folder, "name a folder of your own by --work");
            return Free();
        }
        catch (Exception failure) when (TroubleSigns.OfFolder(failure) is not null)
        {
            return TroubleSigns.OfFolder(failure);
        }
        catch (UserMistakeException refused)
        {
            // Somebody else's folder lies there now.
            return new(TroubleKind.Disk, refused.Message);
        }
    }

    /// <summary>A folder that is there, as it is: whether there is room, and whether it takes a file.</summary>
    public MachineTrouble? AsItIs() => Free() ?? Write();

    private MachineTrouble? Free()
    {
        try
        {
            var free = new DriveInfo(folder).AvailableFreeSpace;
            return free >= floor ? null : new(TroubleKind.Disk, $"{Mebibytes(free)} free in the work folder {folder}, less than {Mebibytes(floor)}");
        }
        catch (Exception failure) when (TroubleSigns.OfFolder(failure) is not null)
        {
            return TroubleSigns.OfFolder(failure);
        }
    }

    /// <summary>Whether a trouble of this kind is still there.</summary>
    public MachineTrouble? Look(TroubleKind kind) => kind switch
    {
        TroubleKind.Disk => Room() ?? Write(),
        TroubleKind.Trainer => Start(_ => null),
        TroubleKind.Library => Start(report => Said(report, "loads") is false ? new(TroubleKind.Library, $"libtorch does not load: {Problem(report)}") : null),
        TroubleKind.Gpu or TroubleKind.Context or TroubleKind.Device => Start(report => SeesNoGpu(report) ? new(kind, "the trainer sees no GPU") : null),
        _ => Memory() ?? Start(_ => null),
    };

    /// <summary>A quota is seen by writing alone.</summary>
    private MachineTrouble? Write()
    {
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $".pinnsweep-probe-{Environment.ProcessId}"));
        try
        {
            using (var file = File.Create(path))
            {
                file.Write(new byte[ProbeBytes]);
                file.Flush(flushToDisk: true);
            }

            File.Delete(path);
            return null;
        }
        catch (Exception failure) when (TroubleSigns.OfFolder(failure) is not null)
        {
            return TroubleSigns.OfFolder(failure);
        }
    }

    private MachineTrouble? Start(Func<JsonElement, MachineTrouble?> judge)
    {
        try
        {
            var info = trainer.StartInfo();
            info.ArgumentList.Add("--doctor");
            using var process = ChildProcesses.Start(info);
            process.StandardInput.Close();
            var answer = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return new(TroubleKind.Trainer, $"the trainer's self-check gave no answer in {Patience.TotalSeconds} s");
            }

            if (process.ExitCode != 0)
            {
                var words = errors.GetAwaiter().GetResult();
                var reason = TroubleSigns.InWords(words)?.Reason ?? words.Split('\n').FirstOrDefault(line => line.Trim().Length > 0)?.Trim();
                return new(TroubleKind.Trainer, string.Create(CultureInfo.InvariantCulture, $"the trainer's self-check ended with exit code {process.ExitCode}{(reason is null ? "" : $": {reason}")}"));
            }

            return Judge(answer.GetAwaiter().GetResult(), judge);
        }
        catch (Exception failure) when (failure is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return TroubleSigns.OfStart(failure);
        }
    }

    private static MachineTrouble? Judge(string answer, Func<JsonElement, MachineTrouble?> judge)
    {
        try
        {
            using var report = JsonDocument.Parse(answer);
            return report.RootElement.ValueKind == JsonValueKind.Object ? judge(report.RootElement) : null;
        }
        catch (JsonException)
        {
            // It started and ended well, which is what was asked.
            return null;
        }
    }

    private static bool? Said(JsonElement report, string what) =>
        report.TryGetProperty("torch", out var torch) && torch.TryGetProperty(what, out var said) && said.ValueKind is JsonValueKind.True or JsonValueKind.False ? said.GetBoolean() : null;

    /// <summary>Neither libtorch nor the kernels of the program's own find one.</summary>
    private static bool SeesNoGpu(JsonElement report) =>
        Said(report, "cuda") is false && !(report.TryGetProperty("cuda", out var cuda) && cuda.TryGetProperty("problem", out var problem) && problem.ValueKind == JsonValueKind.Null);

    private static string Problem(JsonElement report) =>
        report.GetProperty("torch").TryGetProperty("problem", out var problem) && problem.GetString() is { } text ? text.Split('\n')[0] : "it does not say why";

    private static MachineTrouble? Memory() => FreeMemory.Bytes() is { } free and < LeastMemory
        ? new(TroubleKind.Memory, $"{Mebibytes(free)} of memory are free, less than {Mebibytes(LeastMemory)}")
        : null;

    private static string Mebibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0} MiB");
}
