using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Reports.Drawing;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Views;

namespace PinnSweep.Api;

/// <summary>The cells of a study, and their curves.</summary>
internal static class CellEndpoints
{
    private static readonly string[] Abscissae = ["steps", "seconds"];

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        routes.MapGet("/api/studies/{id}/cells", async (string id, CancellationToken cancel) => TypedResults.Json(Of(await parts.States.OfAsync(id, cancel)), ApiJson.Options))
            .Needs(Role.Read)
            .WithSummary("The cells of a study: how many trials are done, the geometric mean of their errors with its interval, and how trials ended.")
            .Produces<CellsModel>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/api/studies/{id}/curves", async (string id, string? column, string? block, string? x, CancellationToken cancel) =>
            {
                var by = x ?? "steps";
                if (!Abscissae.Contains(by))
                {
                    throw RefusalException.BadRequest($"x {NearestMatch.Quote(by)}: expected {string.Join(" or ", Abscissae)}{NearestMatch.Hint(by, Abscissae)}");
                }

                var study = await parts.States.OfAsync(id, cancel);
                var cells = CellsOf(study, column, block);
                return TypedResults.Json(await Task.Run(() => CurvesOf(parts, study, cells, by), cancel), ApiJson.Options);
            })
            .Needs(Role.Read)
            .WithSummary("Errors over steps or seconds of every cell of a column: the median over seeds and a band around it.")
            .WithDescription("column and block: labels of /cells; the first of each where they are left out. x: steps (running trials go in too) or seconds of training time.")
            .Produces<CellCurvesModel>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>The matrix for whoever reads the answer.</summary>
    internal static CellsModel Of(StudyView study) => new(
        study.Plan.Spec.Name,
        study.Plan.Hash,
        study.Axes.RowsWord,
        study.Axes.ColumnsWord,
        study.Searched.Length,
        [
            .. study.Cells.Select(cell => new CellModel(
                cell.Number,
                cell.Block,
                cell.Row,
                cell.Column,
                cell.Trials.Length,
                cell.Done,
                cell.Running,
                cell.GivenUp,
                new(cell.Count("converged"), cell.Count("stalled"), cell.Count("trivial"), cell.Count("diverged")),
                cell.Mean.Count,
                ApiJson.Known(cell.Mean.Mean),
                cell.Mean.Interval is { } interval ? ApiJson.Known(interval.Lower) : null,
                cell.Mean.Interval is { } same ? ApiJson.Known(same.Upper) : null,
                cell.NotApplicable)),
        ]);

    /// <summary>The cells of one column of one block.</summary>
    internal static IReadOnlyList<CellView> CellsOf(StudyView study, string? column, string? block)
    {
        var blocks = study.Cells.Select(cell => cell.Block).Distinct().ToList();
        if (block is not null && !blocks.Contains(block))
        {
            throw RefusalException.BadRequest($"block {NearestMatch.Quote(block)} is none of the study's{NearestMatch.Hint(block, blocks)}");
        }

        var cells = study.Cells.Where(cell => cell.Block == (block ?? blocks.FirstOrDefault())).ToList();
        var columns = cells.Select(cell => cell.Column).Distinct().ToList();
        return column is null || columns.Contains(column)
            ? [.. cells.Where(cell => cell.Column == (column ?? columns.FirstOrDefault()))]
            : throw RefusalException.BadRequest($"column {NearestMatch.Quote(column)} is none of the study's{NearestMatch.Hint(column, columns)}");
    }

    /// <summary>Their curves.</summary>
    internal static CellCurvesModel CurvesOf(ApiParts parts, StudyView study, IReadOnlyList<CellView> cells, string by)
    {
        var metric = study.Plan.Spec.Metric;
        var curves = cells.Select(cell =>
        {
            var finished = cell.Trials.Where(trial => trial.Outcome is not null).Select(trial => trial.Planned.Key).ToArray();
            var results = parts.Store.Studies.ResultsOf(finished).Results;
            var live = cell.Trials.Where(trial => trial.Phase == "running").Select(trial => parts.Store.Curves.Read(trial.Planned.Key));
            return CellCurve.Of(cell.Number, cell.Row, results, live, metric, by == "seconds");
        }).Where(curve => !curve.Band.X.IsEmpty).ToArray();
        return new(
            by,
            metric,
            SeedBand.Meaning(curves.Length == 0 ? 0 : curves.Max(curve => curve.Seeds)),
            [.. curves.Select(curve => new CellCurveModel(curve.Cell, curve.Name, curve.Seeds, curve.Band.X, curve.Band.Middle, curve.Band.Low, curve.Band.High))]);
    }
}
