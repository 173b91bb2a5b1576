using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Api;

/// <summary>How a study shares the workers with others. What is absent stays as it is.</summary>
/// <param name="Priority">Studies with a higher number go first; equal ones share.</param>
/// <param name="MaxRunning">Trials of it that may run at the same time; 0 for no limit.</param>
/// <param name="Device">cpu or gpu: the slots it may use; any for each of them.</param>
internal sealed record PriorityModel(int? Priority, int? MaxRunning, string? Device);

/// <summary>Changes how a submitted study shares the workers. What runs goes on; the next grants follow the change.</summary>
internal static class PriorityEndpoint
{
    public const string AnyDevice = "any";
    private const string Expected = "expected {\"priority\": N, \"maxRunning\": N, \"device\": \"cpu\"}, each of which may be left out";

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts) => routes
        .MapPost("/api/studies/{id}/priority", async (HttpContext context, string id, CancellationToken cancel) =>
        {
            var asked = await ReadAsync(context, cancel);
            var study = await parts.Studies.FindAsync(id, cancel);
            var status = await StudyModels.StatusAsync(parts, study.Hash, study.Name, cancel);
            if (status.IsCancelled)
            {
                // The order would have it wanted again.
                throw new RefusalException(StatusCodes.Status409Conflict, $"study {study.Name} is cancelled; submit it again with the priority that it is to have");
            }

            var placement = PlacementOf(asked, status.Placement);
            if (placement != status.Placement)
            {
                await parts.Coordinator.OrderAsync(new SubmitRequest(study.Hash, placement), study.Name, cancel);
            }

            return TypedResults.Json(new PriorityModel(placement.Priority, placement.MaxRunning ?? 0, placement.Device ?? AnyDevice), ApiJson.Options);
        })
        .Needs(Role.Operate)
        .WithSummary("Change how a study shares the workers with others; answers what holds now.")
        .WithDescription("What is left out stays as it is; maxRunning 0 is no limit, device any is each of them.")
        .Accepts<PriorityModel>("application/json")
        .Produces<PriorityModel>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static Placement PlacementOf(PriorityModel asked, Placement before)
    {
        if (asked.Device is not (null or Devices.Cpu or Devices.Gpu or AnyDevice))
        {
            throw RefusalException.BadRequest($"device {NearestMatch.Quote(asked.Device)} is unknown{NearestMatch.Hint(asked.Device, [Devices.Cpu, Devices.Gpu, AnyDevice])}");
        }

        if (asked.MaxRunning < 0)
        {
            throw RefusalException.BadRequest($"maxRunning {asked.MaxRunning}: expected a whole number above 0, or 0 for no limit");
        }

        return new(
            asked.Priority ?? before.Priority,
            asked.MaxRunning is { } limit ? (limit == 0 ? null : limit) : before.MaxRunning,
            asked.Device is { } device ? (device == AnyDevice ? null : device) : before.Device);
    }

    private static async Task<PriorityModel> ReadAsync(HttpContext context, CancellationToken cancel)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, new() { AllowDuplicateProperties = false }, cancel);
            var known = new HashSet<string>(["priority", "maxRunning", "device"], StringComparer.OrdinalIgnoreCase);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.EnumerateObject().All(property => known.Contains(property.Name))
                && document.RootElement.Deserialize<PriorityModel>(ApiJson.Options) is { } asked && asked != new PriorityModel(null, null, null)
                ? asked
                : throw RefusalException.BadRequest(Expected);
        }
        catch (JsonException unreadable)
        {
            throw RefusalException.BadRequest($"{Expected}; {unreadable.Message}");
        }
    }
}
