using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Studies;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Api;

/// <summary>Workers: a list, and draining one.</summary>
internal static class WorkerEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        routes.MapGet("/api/workers", async (CancellationToken cancel) =>
            {
                var list = await parts.Coordinator.AskAsync<WorkerList>(new ListWorkers(), cancel);
                return TypedResults.Json(new WorkersModel(list.Epoch, [.. list.Workers.Select(Of)]), ApiJson.Options);
            })
            .Needs(Role.Read)
            .WithSummary("The registered workers.")
            .Produces<WorkersModel>();
        routes.MapPost("/api/workers/{name}/drain", async (string name, CancellationToken cancel) =>
            {
                var answer = await parts.Coordinator.AskAsync<WorkerAnswer>(new DrainWorker(name), cancel);
                return answer.IsKnown ? TypedResults.Json(new DoneModel(name), ApiJson.Options) : throw await UnknownAsync(parts, name, cancel);
            })
            .Needs(Role.Operate)
            .WithSummary("Have a worker write checkpoints, give back what it trains and take nothing new.")
            .Produces<DoneModel>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<RefusalException> UnknownAsync(ApiParts parts, string name, CancellationToken cancel)
    {
        var list = await parts.Coordinator.AskAsync<WorkerList>(new ListWorkers(), cancel);
        return RefusalException.NotFound($"worker {NearestMatch.Quote(name)} is not registered{(list.Workers.IsEmpty ? "; none is" : NearestMatch.Hint(name, list.Workers.Select(worker => worker.Name)))}");
    }

    private static WorkerModel Of(WorkerSummary worker) => new(
        worker.Name, worker.Address, worker.Slots.Cpu, worker.Slots.Gpu, worker.Running, worker.Software, worker.IsDraining, Math.Round(worker.SilentSeconds, 1));
}
