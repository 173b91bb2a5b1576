using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Views;

namespace PinnSweep.Api;

/// <summary>Two studies side by side.</summary>
internal static class CompareEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, ApiParts parts) => routes
        .MapGet("/api/compare", async (string? left, string? right, bool? full, CancellationToken cancel) =>
        {
            if (left is null || right is null)
            {
                throw RefusalException.BadRequest("left and right: expected two studies, for instance left=first&right=second");
            }

            var (first, second) = (await parts.States.OfAsync(left, cancel), await parts.States.OfAsync(right, cancel));
            return TypedResults.Json(await Task.Run(() => StoredComparison.Of(parts.Store, first, parts.Store, second, full ?? false), cancel), ApiJson.Options);
        })
        .Needs(Role.Read)
        .WithSummary("Two studies side by side: which cells changed, by how much, and why.")
        .Produces<StudyComparison>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
