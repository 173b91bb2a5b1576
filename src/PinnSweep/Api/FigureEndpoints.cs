using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Reports.Drawing;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Api;

/// <summary>The report of a study as it stands: its tables as a piece of a page, and its figures.</summary>
internal static class FigureEndpoints
{
    private const string Standing = "standing";
    private const string Tuning = "tuning";
    private static readonly string[] Parts = [Standing, Tuning];
    private static readonly string[] Schemes = [.. Enum.GetNames<FigureScheme>().Select(name => name.ToLowerInvariant())];

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        routes.MapGet("/studies/{id}/report-fragment", async (string id, string? part, CancellationToken cancel) => Fragment(await parts.Reports.OfAsync(id, cancel), part))
            .Needs(Role.Read)
            .WithSummary("The tables of a study as they stand, as a piece of a page.")
            .WithDescription("part: standing (accuracy, what is undecided, published numbers, cost, evidence; the default) or tuning (searches). The newest that was made, with the time that it is of; a newer one is made in the background.")
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/api/studies/{id}/figures", async (string id, CancellationToken cancel) => TypedResults.Json(Of(await parts.Reports.OfAsync(id, cancel)), ApiJson.Options))
            .Needs(Role.Read)
            .WithSummary("The figures of a study as it stands: names, titles and captions.")
            .Produces<FiguresModel>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/api/studies/{id}/figures/{name}.svg", async (HttpContext context, string id, string name, string? scheme, CancellationToken cancel) =>
            {
                var chosen = SchemeOf(scheme);
                var report = await parts.Reports.OfAsync(id, cancel);
                var names = report.Figures.Select(figure => figure.Name).ToArray();
                return Svg(
                    context,
                    await Task.Run(() => report.Draw(name, chosen), cancel)
                    ?? throw RefusalException.NotFound(names.Length == 0 ? $"study '{report.Name}' has no figure yet" : $"figure {NearestMatch.Quote(name)} is unknown{NearestMatch.Hint(name, names)}"));
            })
            .Needs(Role.Read)
            .WithSummary("A figure of a study as it stands.")
            .WithDescription("scheme: light (the default) or dark.")
            .Produces<string>(StatusCodes.Status200OK, "image/svg+xml")
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>A figure as an answer; nothing where the reader has it already.</summary>
    internal static IResult Svg(HttpContext context, DrawnFigure figure)
    {
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.ETag = figure.Tag;

        // A picture may show its own colours and pixels, whoever opens it.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return context.Request.Headers.IfNoneMatch.Contains(figure.Tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(figure.Svg, "image/svg+xml");
    }

    /// <summary>The word of an address as a scheme.</summary>
    /// <exception cref="RefusalException">It is none.</exception>
    internal static FigureScheme SchemeOf(string? scheme) => Array.IndexOf(Schemes, scheme ?? Schemes[0]) is >= 0 and var place
        ? (FigureScheme)place
        : throw RefusalException.BadRequest($"scheme {NearestMatch.Quote(scheme!)} is unknown{NearestMatch.Hint(scheme!, Schemes)}");

    private static ContentHttpResult Fragment(LiveRendering report, string? part) => (part ?? Standing) is var chosen && Parts.Contains(chosen)
        ? TypedResults.Text(report.Part(chosen == Tuning), "text/html", Encoding.UTF8)
        : throw RefusalException.BadRequest($"part {NearestMatch.Quote(chosen)} is unknown{NearestMatch.Hint(chosen, Parts)}");

    private static FiguresModel Of(LiveRendering report) => new(
        report.Name, report.Hash, report.At, report.Finished, report.Planned, [.. report.Figures.Select(figure => new FigureEntryModel(figure.Name, figure.Title, figure.Caption))]);
}
