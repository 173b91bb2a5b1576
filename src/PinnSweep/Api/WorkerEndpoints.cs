using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Mistakes;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Api;

/// <summary>Workers: a list, one of them with what it trains, and the orders that they take.</summary>
internal static class WorkerEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        routes.MapGet("/api/workers", async (int? skip, int? take, CancellationToken cancel) =>
            {
                var (from, count) = Paging.Of(skip, take ?? StudyStatus.MaxListed, StudyStatus.MaxListed);
                var (epoch, total, workers) = await ListAsync(parts, from, count, cancel);
                return TypedResults.Json(new WorkersModel(epoch, total, from, [.. workers.Select(WorkerModels.Of)]), ApiJson.Options);
            })
            .Needs(Role.Read)
            .WithSummary("The registered workers, by name; 400 of them unless fewer are asked for, and how many there are.")
            .Produces<WorkersModel>();
        routes.MapGet("/api/workers/{name}", async (string name, CancellationToken cancel) =>
            {
                var detail = await parts.Coordinator.AskAsync<WorkerDetail>(new GetWorker(name), cancel);
                return detail.Worker is { } worker
                    ? TypedResults.Json(await WorkerDetails.OfAsync(parts, worker, detail.Training, cancel), ApiJson.Options)
                    : throw await UnknownAsync(parts, name, cancel);
            })
            .Needs(Role.Read)
            .WithSummary("One worker with its machine, its pace and what it trains.")
            .Produces<WorkerDetailModel>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapPost("/api/workers/{name}/drain", (string name, bool? keep, CancellationToken cancel) =>
                OrderAsync(parts, name, keep is true ? new RestWorker(name) : new DrainWorker(name), cancel))
            .Needs(Role.Operate)
            .WithSummary("Have a worker write checkpoints, give back what it trains and take nothing new.")
            .WithDescription("Its node then ends, unless it coordinates. With keep=true it stays and rests until undrain; one of an older version cannot, and is answered 409.")
            .Produces<DoneModel>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapPost("/api/workers/{name}/undrain", (string name, CancellationToken cancel) => OrderAsync(parts, name, new WakeWorker(name), cancel))
            .Needs(Role.Operate)
            .WithSummary("Have a worker take work again that rests, or that was drained and has not ended.")
            .Produces<DoneModel>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>Gives a worker an order.</summary>
    /// <exception cref="RefusalException">It is not registered, or cannot do that.</exception>
    internal static async Task<IResult> OrderAsync(ApiParts parts, string name, IClusterMessage order, CancellationToken cancel)
    {
        var answer = await parts.Coordinator.AskAsync<WorkerAnswer>(order, cancel);
        return answer switch
        {
            { IsKnown: false } => throw await UnknownAsync(parts, name, cancel),
            { Refusal: { } refusal } => throw new RefusalException(StatusCodes.Status409Conflict, refusal),
            _ => TypedResults.Json(new DoneModel(name), ApiJson.Options),
        };
    }

    /// <summary>One answer of the coordinator may hold fewer than were asked for.</summary>
    internal static async Task<(long Epoch, int Total, List<WorkerSummary> Workers)> ListAsync(ApiParts parts, int skip, int take, CancellationToken cancel)
    {
        var workers = new List<WorkerSummary>();
        WorkerList list;
        do
        {
            list = await parts.Coordinator.AskAsync<WorkerList>(new ListWorkers(skip + workers.Count, take - workers.Count), cancel);
            workers.AddRange(list.Workers);
        }
        while (!list.Workers.IsEmpty && workers.Count < take && skip + workers.Count < list.Total);

        return (list.Epoch, list.Total, workers);
    }

    private static async Task<RefusalException> UnknownAsync(ApiParts parts, string name, CancellationToken cancel)
    {
        var (_, _, workers) = await ListAsync(parts, 0, int.MaxValue, cancel);
        return RefusalException.NotFound(
            $"worker {NearestMatch.Quote(name)} is not registered{(workers.Count == 0 ? "; none is" : NearestMatch.Hint(name, [.. workers.Select(worker => worker.Name)]))}");
    }
}
