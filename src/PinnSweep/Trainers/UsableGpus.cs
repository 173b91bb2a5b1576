using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Trainers;

namespace PinnSweep.Trainers;

/// <summary>
/// The GPUs that the trainer can compute on, each with the engine for it: its kernels where the driver can run them, else its libtorch where
/// that has CUDA. It alone asks the driver and loads libtorch, so it is asked.
/// </summary>
internal static class UsableGpus
{
    // A driver that hangs must not keep a node from starting; it then computes on its cores.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static ImmutableArray<Gpu> Of(string trainer)
    {
        var found = GpuSearch.Find();
        return found.IsEmpty || Ask(trainer) is not { } devices ? [] : Choose(found, devices);
    }

    /// <summary>Those of a machine's GPUs that an engine can run on.</summary>
    internal static ImmutableArray<Gpu> Choose(ImmutableArray<Gpu> gpus, TrainerDevices devices) =>
        [.. gpus.Select(gpu => devices.EngineOn(gpu) is { } engine ? gpu with { Engine = engine } : null).OfType<Gpu>()];

    private static TrainerDevices? Ask(string trainer)
    {
        using var process = ChildProcesses.StartTrainer(trainer, "--doctor");
        _ = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
        var answering = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            return null;
        }

        var answer = answering.GetAwaiter().GetResult();
        try
        {
            using var json = JsonDocument.Parse(answer);
            return TrainerDevices.Read(json.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
