using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Cluster.Machines;

namespace PinnSweep.Trainers;

/// <summary>A card as the driver tells the trainer of it.</summary>
/// <param name="Name">The maker's name.</param>
/// <param name="Uuid">Its UUID; null where the driver does not tell.</param>
/// <param name="Problem">Why the kernels cannot run on it; null where they can.</param>
internal sealed record TrainerCard(string Name, string? Uuid, string? Problem);

/// <summary>By what the trainer could compute on GPUs, as it answers the doctor: it alone asks the driver and loads libtorch.</summary>
/// <param name="Driver">The version of CUDA that the driver speaks; null without a driver.</param>
/// <param name="Cards">The cards that the driver finds.</param>
/// <param name="Problem">Why the kernels can run on none; null where they can.</param>
/// <param name="HasTorch">Whether libtorch sees a GPU.</param>
internal sealed record TrainerDevices(string? Driver, ImmutableArray<TrainerCard> Cards, string? Problem, bool HasTorch)
{
    /// <summary>What an answer of the trainer says; a trainer that does not answer can use none.</summary>
    public static TrainerDevices Read(JsonElement answer)
    {
        var hasTorch = answer.TryGetProperty("torch", out var torch) && torch.TryGetProperty("cuda", out var usable) && usable.ValueKind == JsonValueKind.True;
        return answer.TryGetProperty("cuda", out var cuda)
            ? new(Text(cuda, "driver"), [.. cuda.GetProperty("cards").EnumerateArray().Select(card => new TrainerCard(Text(card, "name") ?? "unknown", Text(card, "uuid"), Text(card, "problem")))], Text(cuda, "problem"), hasTorch)
            : new(null, [], "the trainer does not know of the driver", hasTorch);
    }

    /// <summary>Why the kernels cannot run on a GPU of this machine, in words; null where they can.</summary>
    public string? WhyNoKernels(Gpu gpu)
    {
        if (Cards.FirstOrDefault(card => card.Uuid is { } uuid && uuid.Equals(gpu.Uuid, StringComparison.OrdinalIgnoreCase)) is { } same)
        {
            return same.Problem;
        }

        // Where nothing tells which is which, one that fails may be any of them.
        return Cards.IsEmpty ? Problem ?? "the CUDA driver finds no device"
            : gpu.Uuid is not null && Cards.All(card => card.Uuid is not null) ? "the CUDA driver does not find it"
            : Cards.Select(card => card.Problem).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>The engine of trials on a GPU that ask for none in particular; null where none can run there.</summary>
    public string? EngineOn(Gpu gpu) => WhyNoKernels(gpu) is null ? Gpu.Kernels : HasTorch ? Gpu.Torch : null;

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
