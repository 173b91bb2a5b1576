using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Api;
using PinnSweep.Pages.Components;

namespace PinnSweep.Pages;

/// <summary>A study.</summary>
internal static class StudyPageEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        routes.MapGet("/studies/{id}", async (HttpContext context, string id, CancellationToken cancel) =>
            {
                var facts = await StudyFacts.OfAsync(parts, id, cancel);
                return new PageResult(new(facts.Plan.Spec.Name, Places.Studies, StudyPage.Of(facts, parts.Reports.Newest(facts.Plan.Hash), Viewer.Of(context)))
                {
                    Live = $"/live/studies/{Links.Id(facts.Plan.Hash)}",
                    HasCharts = true,
                    Assets = [ReportPanel.Style],
                });
            })
            .Needs(Role.Read);
        routes.MapGet("/studies/{id}/cancel", async (HttpContext context, string id, CancellationToken cancel) =>
            {
                var study = await parts.Studies.FindAsync(id, cancel);
                return new PageResult(new($"Cancel {study.Name}", Places.Studies, OrderPages.Cancel(study, Viewer.Of(context))));
            })
            .Needs(Role.Operate);
        routes.MapGet("/studies/{id}/priority", async (HttpContext context, string id, CancellationToken cancel) =>
            {
                var study = await parts.Studies.FindAsync(id, cancel);
                var status = await StudyModels.StatusAsync(parts, study.Hash, study.Name, cancel);
                return new PageResult(new($"Priority of {study.Name}", Places.Studies, OrderPages.Priority(study, status.Placement, Viewer.Of(context))));
            })
            .Needs(Role.Operate);
    }
}
