using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Api;
using PinnSweep.Pages.Components;

namespace PinnSweep.Pages;

/// <summary>Two studies side by side.</summary>
internal static class ComparePageEndpoints
{
    private const int Offered = 200;

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts) => routes
        .MapGet("/compare", async (HttpContext context, string? left, string? right, bool? full, CancellationToken cancel) =>
        {
            var studies = await Task.Run(() => parts.Store.Studies.List().OrderByDescending(study => study.SubmittedAt).Take(Offered).ToArray(), cancel);
            if (left is not { Length: > 0 } || right is not { Length: > 0 })
            {
                return new PageResult(new("Compare", Places.Compare, ComparePage.Of(studies, left, right, null)));
            }

            var (first, second) = (await parts.States.OfAsync(left, cancel), await parts.States.OfAsync(right, cancel));
            var compared = await Task.Run(() => ComparedStudies.Of(parts, first, second, full ?? false), cancel);
            return new PageResult(new(
                $"{first.Plan.Spec.Name} and {second.Plan.Spec.Name}", Places.Compare, ComparePage.Of(studies, first.Plan.Hash, second.Plan.Hash, compared)));
        })
        .Needs(Role.Read);
}
