using System.Collections.Immutable;
using System.Globalization;
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

    /// <param name="trainer">The trainer's program.</param>
    /// <param name="notices">Takes a line for each GPU that will not be used.</param>
    public static ImmutableArray<Gpu> Of(string trainer, TextWriter notices)
    {
        var found = GpuSearch.Find();
        if (found.IsEmpty)
        {
            return [];
        }

        var devices = Ask(trainer) ?? new(null, [], "the trainer does not say what it can use", HasTorch: false);
        foreach (var line in WhyUnused(found, devices))
        {
            notices.WriteLine(line);
        }

        return Choose(found, devices);
    }

    /// <summary>A line for each GPU that no engine can run on.</summary>
    internal static IEnumerable<string> WhyUnused(ImmutableArray<Gpu> gpus, TrainerDevices devices) => gpus
        .Where(gpu => devices.EngineOn(gpu) is null)
        .Select(gpu => string.Create(CultureInfo.InvariantCulture, $"GPU {gpu.Index} ({gpu.Name}) will not be used: {devices.WhyNoKernels(gpu)}; `pinnsweep doctor` says what to do"));

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
