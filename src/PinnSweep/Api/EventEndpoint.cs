using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Views;

namespace PinnSweep.Api;

/// <summary>
/// What happened to the trials of a study: page by page, or as server-sent events while it happens. Each event has a name that every node
/// gives it, so that a client that comes back with the last one (to whichever node) goes on there without loss or repetition.
/// </summary>
internal static class EventEndpoint
{
    private const int MaximumPage = 1000;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts) => routes
        .MapGet("/api/studies/{id}/events", async Task<IResult> (string id, string? after, int? take, HttpContext context, CancellationToken cancel) =>
        {
            var (_, count) = Paging.Of(null, take, MaximumPage);
            var isStream = context.Request.Headers.Accept.Any(type => type?.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase) == true);
            var since = isStream && context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } last, ..] ? last : after;
            if (since is not null && EventId.MomentOf(since) is null)
            {
                throw RefusalException.BadRequest($"after {NearestMatch.Quote(since)}: expected the id of an event, or a moment such as 20260301T1200000000000Z");
            }

            var study = await parts.Studies.FindAsync(id, cancel);
            if (!isStream)
            {
                return TypedResults.Json(await Task.Run(() => parts.Events.Page(study.Hash, since ?? "", count), cancel), ApiJson.Options);
            }

            return TypedResults.ServerSentEvents(EventsAsync(parts, study.Hash, since ?? EventId.At(parts.Clock.GetUtcNow() - StudyEvents.HeldBack), cancel));
        })
        .Needs(Role.Read)
        .WithMetadata(new DisableRequestTimeoutAttribute())
        .WithSummary("What happened to the trials of a study, from the store: a page of events, or with Accept: text/event-stream server-sent events while it happens, from Last-Event-ID on.")
        .Produces<EventsModel>()
        .Produces<EventModel>(StatusCodes.Status200OK, "text/event-stream")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async IAsyncEnumerable<SseItem<EventModel?>> EventsAsync(ApiParts parts, string study, string after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var listener = new StudyEvents.Listener(after);
        var quiet = parts.Clock.GetTimestamp();
        // Headers and a first sign at once: a client knows that it is heard.
        yield return new(null, WatchEndpoint.Heartbeat);
        while (true)
        {
            var last = listener.Last;
            foreach (var one in await parts.Events.NewsAsync(study, listener, cancel))
            {
                // A late event keeps the newest name as the one to come back with.
                last = EventId.IsAfter(one.Id, last) ? one.Id : last;
                yield return new(one, one.Kind) { EventId = last, ReconnectionInterval = TimeSpan.FromSeconds(2) };
                quiet = parts.Clock.GetTimestamp();
            }

            if (parts.Clock.GetElapsedTime(quiet) >= parts.Options.HeartbeatEvery)
            {
                yield return new(null, WatchEndpoint.Heartbeat);
                quiet = parts.Clock.GetTimestamp();
            }

            await Task.Delay(Between, parts.Clock, cancel);
        }
    }
}
