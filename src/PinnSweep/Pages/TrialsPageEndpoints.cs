using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Api;
using PinnSweep.Pages.Components;
using PinnSweep.Planning;
using PinnSweep.Views;

namespace PinnSweep.Pages;

/// <summary>All trials of a study, with filters, in an order, part by part; the address says all of it.</summary>
internal static class TrialsPageEndpoints
{
    private const int Rows = StudyFacts.MostRows;

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts) => routes
        .MapGet("/studies/{id}/trials", async (string id, string? state, string? cell, [FromQuery] string[]? where, string? seed, string? sort, int? skip, CancellationToken cancel) =>
        {
            var asked = new TrialsAsked(state, Number(cell, "cell"), [.. (where ?? []).Where(pair => pair.Length > 0)], Number(seed, "seed"), sort);
            var query = TrialQuery.Parse(asked.State, (int?)asked.Cell, asked.Where, asked.Seed, asked.Sort);
            var (from, _) = Paging.Of(skip, Rows, Rows);
            var study = await parts.States.OfAsync(id, cancel);
            var trials = query.Of(study);
            return new PageResult(new($"Trials of {study.Plan.Spec.Name}", Places.Studies, TrialsPage.Of(study, Varying.Of(study.Plan), asked, trials, from, Rows)));
        })
        .Needs(Role.Read);

    /// <summary>A form sends empty what was not chosen.</summary>
    private static long? Number(string? text, string name) =>
        string.IsNullOrWhiteSpace(text) ? null
        : long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var value) && (name == "seed" || value is >= 0 and <= int.MaxValue) ? value
        : throw RefusalException.BadRequest($"{name} {PinnSweep.Studies.Mistakes.NearestMatch.Quote(text)}: expected a whole number");
}
