using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Api;
using PinnSweep.Pages.Live;

namespace PinnSweep.Pages;

/// <summary>What open pages listen to.</summary>
internal static class LiveEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiParts parts, LiveTopics topics)
    {
        Topic("/live/studies", (_, _) => Task.FromResult(("studies", PolledTopic.Of(
            async cancel => await PartsText.OfAsync([(await StudiesEndpoints.PartAsync(parts, 0, cancel)).Part]), parts.Clock))));
        Topic("/live/cluster", (_, _) => Task.FromResult(("cluster", PolledTopic.Of(
            async cancel => await PartsText.OfAsync((await ClusterFacts.OfAsync(parts, cancel)).Parts()), parts.Clock))));
        Topic("/live/studies/{id}", async (context, cancel) =>
        {
            var study = await parts.Studies.FindAsync((string)context.Request.RouteValues["id"]!, cancel);
            return ($"study {study.Hash}", new StudyTopic(parts, study.Hash).TellAsync);
        });
        Topic("/live/trials/{key}", async (context, cancel) =>
        {
            var answer = await TrialEndpoints.AskAsync(parts, (string)context.Request.RouteValues["key"]!, cancel);
            return ($"trial {answer.Key!.Value}", new TrialTopic(parts, answer.Key.Value.Hex).TellAsync);
        });

        void Topic(string address, Func<HttpContext, CancellationToken, Task<(string Name, Func<LiveTopic, CancellationToken, Task> Source)>> find) => routes
            .MapGet(address, async (HttpContext context) =>
            {
                var (name, source) = await find(context, context.RequestAborted);
                using var listening = topics.Listen(name, source);
                await LiveEvents.SendAsync(context, listening.Topic, parts.Options.HeartbeatEvery, parts.Clock, topics.Stopping);
            })
            .Needs(Role.Read)
            .WithMetadata(new DisableRequestTimeoutAttribute());
    }
}
