using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Processes;

namespace PinnSweep.Api;

/// <summary>What every node answers: whether it lives, whether it is ready, and who it is.</summary>
internal static class NodeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ClusterNode node, string name, bool hasStore)
    {
        // The database is not asked: one outage of it must not have every node restarted.
        routes.MapGet("/healthz/live", () => node.System.WhenTerminated.IsCompleted ? Say("stopped", StatusCodes.Status503ServiceUnavailable) : Say("live", StatusCodes.Status200OK))
            .Needs(null)
            .WithSummary("200 while the node's process works.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain");
        routes.MapGet("/healthz/ready", () => node.System.WhenTerminated.IsCompleted || !node.IsReady ? Say("not ready", StatusCodes.Status503ServiceUnavailable) : Say(node.Paused is { } why ? $"ready, and pauses: {why}" : "ready", StatusCodes.Status200OK))
            .Needs(null)
            .WithSummary("200 when the node takes part: a worker is registered with a coordinator, a coordinator is up in its cluster.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain");
        routes.MapGet("/api/version", () => TypedResults.Json(new VersionModel(DefectReport.Version, name, hasStore), ApiJson.Options))
            .Needs(hasStore ? Role.Read : null)
            .WithSummary("Who answers.")
            .Produces<VersionModel>();
    }

    private static IResult Say(string word, int status) => Results.Text(word, statusCode: status);
}
