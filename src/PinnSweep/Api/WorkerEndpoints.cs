using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Studies.Mistakes;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Api;

/// <summary>Workers: a list, and draining one.</summary>
internal static class WorkerEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        routes.MapGet("/api/workers", async (int? skip, int? take, CancellationToken cancel) =>
            {
                var (from, count) = Paging.Of(skip, take ?? StudyStatus.MaxListed, StudyStatus.MaxListed);
                var list = await parts.Coordinator.AskAsync<WorkerList>(new ListWorkers(from, count), cancel);
                return TypedResults.Json(new WorkersModel(list.Epoch, list.Total, from, [.. list.Workers.Select(Of)]), ApiJson.Options);
            })
            .Needs(Role.Read)
            .WithSummary("The registered workers, by name; 400 of them unless fewer are asked for, and how many there are.")
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
        var names = new List<string>();
        WorkerList list;
        do
        {
            list = await parts.Coordinator.AskAsync<WorkerList>(new ListWorkers(names.Count), cancel);
            names.AddRange(list.Workers.Select(worker => worker.Name));
        }
        while (!list.Workers.IsEmpty && names.Count < list.Total);

        return RefusalException.NotFound($"worker {NearestMatch.Quote(name)} is not registered{(names.Count == 0 ? "; none is" : NearestMatch.Hint(name, names))}");
    }

    private static WorkerModel Of(WorkerSummary worker) => new(
        worker.Name, worker.Address, worker.Slots.Cpu, worker.Slots.Gpu, worker.Running, worker.Software, worker.IsDraining, Math.Round(worker.SilentSeconds, 1), worker.Paused);
}
