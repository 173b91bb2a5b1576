using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Api;
using PinnSweep.Pages.Components;

namespace PinnSweep.Pages;

/// <summary>A trial.</summary>
internal static class TrialPageEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiParts parts) => routes
        .MapGet("/trials/{key}", async (string key, CancellationToken cancel) =>
        {
            var facts = await TrialFacts.OfAsync(parts, key, cancel);
            return new PageResult(new($"Trial {facts.Story.Key.Short}", Places.Studies, TrialPage.Of(facts)) { Live = $"/live/trials/{facts.Story.Key.Hex}", HasCharts = true });
        })
        .Needs(Role.Read);
}
