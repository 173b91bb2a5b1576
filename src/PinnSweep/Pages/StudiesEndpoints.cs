using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Api;
using PinnSweep.Pages.Components;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Pages;

/// <summary>The list of studies.</summary>
internal static class StudiesEndpoints
{
    private const int Rows = 100;

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts) => routes
        .MapGet("/", async (int? skip, CancellationToken cancel) =>
        {
            var (from, _) = Paging.Of(skip, Rows, Rows);
            var (part, total) = await PartAsync(parts, from, cancel);
            // The first part of a long list changes while one looks, the others only by going there.
            return new PageResult(new("Studies", Places.Studies, StudiesPage.Of(part, total, from, Rows)) { Live = from == 0 ? "/live/studies" : null });
        })
        .Needs(Role.Read);

    /// <summary>The list as it is now, and how many studies there are.</summary>
    public static async Task<(LivePart Part, int Total)> PartAsync(ApiParts parts, int skip, CancellationToken cancel)
    {
        var list = await parts.Coordinator.AskAsync<StudyList>(new ListStudies(skip, Rows), cancel);
        var submitted = await Task.Run(() => parts.Store.Studies.List().ToDictionary(study => study.Hash, study => study.SubmittedAt), cancel);
        return (new("studies", StudyRows.Of(list, submitted, skip)), list.Total);
    }
}
