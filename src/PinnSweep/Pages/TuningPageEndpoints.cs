using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Api;
using PinnSweep.Pages.Components;

namespace PinnSweep.Pages;

/// <summary>The searches of a study.</summary>
internal static class TuningPageEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiParts parts) => routes
        .MapGet("/studies/{id}/tuning", async (string id, CancellationToken cancel) =>
        {
            var facts = await StudyFacts.OfAsync(parts, id, cancel);
            return new PageResult(new($"Tuning of {facts.Plan.Spec.Name}", Places.Studies, TuningPage.Of(facts, parts.Reports.Newest(facts.Plan.Hash)))
            {
                Live = $"/live/studies/{Links.Id(facts.Plan.Hash)}",
                Assets = [ReportPanel.Style],
            });
        })
        .Needs(Role.Read);
}
