using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Api;
using PinnSweep.Pages.Components;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Pages;

/// <summary>Curves of cells: as numbers for the picture of a page, and as a table.</summary>
internal static class CurvesPageEndpoints
{
    private static readonly string[] Abscissae = ["steps", "seconds"];

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var cache = new CellCurveCache(parts);
        routes.MapGet("/studies/{id}/curves.json", async (string id, string? column, string? block, string? x, CancellationToken cancel) =>
            {
                var study = await parts.States.OfAsync(id, cancel);
                return TypedResults.Bytes((await cache.OfAsync(study, column, block, By(x)).WaitAsync(cancel)).Json, "application/json");
            })
            .Needs(Role.Read);
        routes.MapGet("/studies/{id}/curves", async (HttpContext context, string id, string? column, string? block, string? x, CancellationToken cancel) =>
            {
                var study = await parts.States.OfAsync(id, cancel);
                var curves = await cache.OfAsync(study, column, block, By(x)).WaitAsync(cancel);
                return new PageResult(new($"Curves of {study.Plan.Spec.Name}", Places.Studies, CurvesPage.Of(study, column, block, curves.Model)));
            })
            .Needs(Role.Read);
    }

    private static string By(string? x) => x is null || Abscissae.Contains(x)
        ? x ?? "steps"
        : throw RefusalException.BadRequest($"x {NearestMatch.Quote(x)}: expected {string.Join(" or ", Abscissae)}{NearestMatch.Hint(x, Abscissae)}");
}
