using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Trainers;

namespace PinnSweep.Trainers;

/// <summary>
/// The GPUs that the trainer can compute on: those of the machine, if the trainer's libtorch has CUDA. It alone may load libtorch, so it is
/// asked.
/// </summary>
internal static class UsableGpus
{
    // A driver that hangs must not keep a node from starting; it then computes on its cores.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static ImmutableArray<Gpu> Of(string trainer)
    {
        var found = GpuSearch.Find();
        return found.IsEmpty || !HasCuda(trainer) ? [] : found;
    }

    private static bool HasCuda(string trainer)
    {
        using var process = ChildProcesses.StartTrainer(trainer, "--doctor");
        _ = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
        var answering = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            return false;
        }

        var answer = answering.GetAwaiter().GetResult();
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.TryGetProperty("torch", out var torch) && torch.TryGetProperty("cuda", out var cuda) && cuda.ValueKind == JsonValueKind.True;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
