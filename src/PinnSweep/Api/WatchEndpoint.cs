using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Studies.Planning;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Api;

/// <summary>
/// A study while it changes, as server-sent events: <c>status</c> with the whole state each time, <c>heartbeat</c> when nothing is new,
/// <c>end</c> when nothing more happens unasked. Because each event is the whole state, a reader that lost the connection misses nothing:
/// it gets the newest at once, numbered on from its Last-Event-ID.
/// </summary>
internal static class WatchEndpoint
{
    /// <summary>Names of the events.</summary>
    public const string Status = "status";

    /// <summary>A sign of life.</summary>
    public const string Heartbeat = "heartbeat";

    /// <summary>The last event.</summary>
    public const string End = "end";

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts) => routes
        .MapGet("/api/studies/{id}/watch", async (string id, HttpContext context, CancellationToken cancel) =>
        {
            var study = await parts.Studies.FindAsync(id, cancel);
            var first = await StudyModels.StatusAsync(parts, study.Hash, study.Name, cancel);
            var plan = await parts.Studies.PlanAsync(study, cancel);
            _ = long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last);
            return TypedResults.ServerSentEvents(EventsAsync(parts, plan, first, last is >= 0 and < long.MaxValue / 2 ? last : 0, cancel));
        })
        .Needs(Role.Read)
        .WithMetadata(new DisableRequestTimeoutAttribute())
        .WithSummary("A study while it changes: server-sent events `status`, `heartbeat`, `end`.")
        .Produces<StudyModel>(StatusCodes.Status200OK, "text/event-stream")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async IAsyncEnumerable<SseItem<StudyModel?>> EventsAsync(ApiParts parts, StudyPlan plan, StudyStatus first, long number, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var states = new StudyFollower(parts.Node, plan.Hash, parts.Clock).StatesAsync(end.Token).GetAsyncEnumerator(end.Token);
        var next = states.MoveNextAsync().AsTask();
        try
        {
            var status = first;
            while (true)
            {
                plan = status.Stage?.Number >= plan.Stages.Length ? await parts.Studies.GrownAsync(plan, end.Token) : plan;
                yield return Item(Status, StudyModels.Of(status, plan), ++number);
                if (status.IsSettled)
                {
                    yield return Item(End, null, ++number);
                    yield break;
                }

                while (await Task.WhenAny(next, Task.Delay(parts.Options.HeartbeatEvery, parts.Clock, end.Token)) != next)
                {
                    end.Token.ThrowIfCancellationRequested();
                    yield return Item(Heartbeat, null, number);
                }

                if (!await next)
                {
                    yield break;
                }

                status = states.Current;
                next = states.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // A state that is still awaited must have ended before the source can.
            await end.CancelAsync();
            await next.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            await states.DisposeAsync();
        }
    }

    private static SseItem<StudyModel?> Item(string kind, StudyModel? state, long number) =>
        new(state, kind) { EventId = number.ToString(CultureInfo.InvariantCulture), ReconnectionInterval = TimeSpan.FromSeconds(2) };
}
