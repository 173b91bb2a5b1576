using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Figures;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Api;

/// <summary>The figures of one trial.</summary>
internal static class TrialFigureEndpoints
{
    private const string Steps = "steps";
    private const string Seconds = "seconds";

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        routes.MapGet("/api/trials/{key}/field.svg", async (HttpContext context, string key, string? scheme, CancellationToken cancel) =>
            {
                var chosen = FigureEndpoints.SchemeOf(scheme);
                var trial = await TrialEndpoints.FindAsync(parts, key, cancel);
                return FigureEndpoints.Svg(context, await Task.Run(() => DrawnFigure.Of(Field(parts, trial), chosen), cancel));
            })
            .Needs(Role.Read)
            .WithSummary("The solution of a finished trial beside the reference, and its error.")
            .WithDescription("scheme: light (the default) or dark. Trials of problems with other than two coordinates have no such picture.")
            .Produces<string>(StatusCodes.Status200OK, "image/svg+xml")
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/api/trials/{key}/curve.svg", async (HttpContext context, string key, string? x, string? scheme, CancellationToken cancel) =>
            {
                var chosen = FigureEndpoints.SchemeOf(scheme);
                var isByTime = x switch
                {
                    null or Steps => false,
                    Seconds => true,
                    _ => throw RefusalException.BadRequest($"x {NearestMatch.Quote(x)} is unknown{NearestMatch.Hint(x, [Steps, Seconds])}"),
                };
                var trial = await TrialEndpoints.FindAsync(parts, key, cancel);
                return FigureEndpoints.Svg(context, await Task.Run(() => DrawnFigure.Of(Curve(parts, trial, isByTime), chosen), cancel));
            })
            .Needs(Role.Read)
            .WithSummary("The curve of a trial as a picture: of a finished one error, losses and weights; of a running one its error so far.")
            .WithDescription("x: steps (the default) or seconds of training time, which only a finished trial knows. scheme: light (the default) or dark.")
            .Produces<string>(StatusCodes.Status200OK, "image/svg+xml")
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static FigureModel Field(ApiParts parts, TrialKey trial) => parts.Store.Studies.ResultOf(trial) is not { } result
        ? throw RefusalException.NotFound($"trial {trial.Short} has no result yet, and its solution comes with it")
        : OneTrialFigures.Field(result) ?? throw RefusalException.NotFound($"trial {trial.Short} has no picture of its solution: its problem has not two coordinates, or its result is of a version that kept none");

    private static FigureModel Curve(ApiParts parts, TrialKey trial, bool isByTime) =>
        (parts.Store.Studies.ResultOf(trial) is { } result
            ? OneTrialFigures.Curve(result, isByTime)
            : isByTime
                ? throw RefusalException.NotFound($"trial {trial.Short} has no result yet, and its training time comes with it; x=steps shows its error so far")
                : OneTrialFigures.Curve(trial.Short, [.. parts.Store.Curves.Read(trial).Select(point => (point.Progress.Step, point.Progress.RelativeL2))]))
        ?? throw RefusalException.NotFound($"trial {trial.Short} has no point of a curve yet");
}
