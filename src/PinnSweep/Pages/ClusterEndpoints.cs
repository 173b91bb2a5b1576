using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Api;
using PinnSweep.Pages.Components;

namespace PinnSweep.Pages;

/// <summary>The cluster.</summary>
internal static class ClusterEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiParts parts) => routes
        .MapGet("/cluster", async (HttpContext context, CancellationToken cancel) =>
            new PageResult(new("Cluster", Places.Cluster, ClusterPage.Of(await ClusterFacts.OfAsync(parts, cancel), Viewer.Of(context))) { Live = "/live/cluster" }))
        .Needs(Role.Read);
}
