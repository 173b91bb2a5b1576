using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Telemetry;
using PinnSweep.Planning;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Api;

/// <summary>
/// Reports from the store: one document, or everything packed. Two at a time and one of a study, because a report takes all cores.
/// </summary>
internal static class ReportEndpoints
{
    private const string Packed = "zip";
    private const string Html = "html";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly string[] Words = [.. ReportFormatWords.All.Select(format => format.ToWord()), Packed];

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        routes.MapGet("/api/studies/{id}/report", (HttpContext context, string id, string? format, string? table, CancellationToken cancel) => MakeAsync(parts, context, id, format ?? "md", table, cancel))
            .Needs(Role.Read)
            .WithMetadata(new RequestTimeoutAttribute((int)Longest.TotalMilliseconds))
            .WithSummary("The report so far: md, tex, json, html, parquet, tidy.csv, tidy.parquet; csv with table=accuracy, levels, cost, comparisons, trials, curves, external or notes; zip for all files with figures.")
            .Produces<byte[]>(StatusCodes.Status200OK, "text/markdown", "application/json", "text/csv", "text/html", "application/x-tex", "application/zip", "application/octet-stream")
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/api/studies/{id}/export", async (HttpContext context, string id, CancellationToken cancel) =>
            {
                var made = await MakeAsync(parts, context, id, Html, null, cancel);
                context.Response.Headers.ContentDisposition = $"attachment; filename=\"{(await parts.Studies.FindAsync(id, cancel)).Name}.html\"";
                return made;
            })
            .Needs(Role.Read)
            .WithMetadata(new RequestTimeoutAttribute((int)Longest.TotalMilliseconds))
            .WithSummary("The report so far as one file that needs nothing else, to be kept or sent on.")
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<FileStreamHttpResult> MakeAsync(ApiParts parts, HttpContext context, string id, string word, string? table, CancellationToken cancel)
    {
        if (!Words.Contains(word))
        {
            throw RefusalException.BadRequest($"format {NearestMatch.Quote(word)} is unknown{NearestMatch.Hint(word, Words)}");
        }

        var file = FileOf(word, table);
        var study = await parts.Studies.FindAsync(id, cancel);
        var plan = await parts.Studies.PlanAsync(study, cancel);
        using var turn = await parts.Studies.ReportTurns.TakeAsync(study.Hash, parts.Options.AskTimeout, cancel)
            ?? throw RefusalException.NotNow("other reports are being made", 5);
        var made = await Task.Run(() => Make(parts, plan, word, file), cancel);
        HttpMetrics.ReportMade(word);
        if (word == Html)
        {
            context.Response.Headers.ContentSecurityPolicy = $"{HtmlFormat.ContentSecurityPolicy}; frame-ancestors 'none'";
        }

        return made;
    }

    private static FileStreamHttpResult Make(ApiParts parts, StudyPlan plan, string word, string? file)
    {
        var results = parts.Store.Studies.LoadResults(plan);
        if (!results.Damaged.IsEmpty)
        {
            parts.Coordinator.Tell(new StudyProtocol.CheckStudy(plan.Hash));
        }

        if (results.Results.IsEmpty && results.Quarantined.IsEmpty && results.Damaged.IsEmpty)
        {
            throw RefusalException.NotFound($"study '{plan.Spec.Name}' has no result yet");
        }

        var folder = Path.Combine(parts.Options.WorkFolder, $"report-{Guid.NewGuid():N}");
        try
        {
            var formats = word == Packed ? ReportFormatWords.All : [ReportFormatWords.FromWord(word)!.Value];
            ReportWriter.Write(StoredReport.Of(parts.Store, results), folder, formats);
            if (file is not null && !File.Exists(Path.Combine(folder, file)))
            {
                throw RefusalException.NotFound($"study '{plan.Spec.Name}' has nothing for {file}");
            }

            return word == Packed
                ? TypedResults.File(Pack(folder), "application/zip", $"{plan.Spec.Name}.zip")
                : TypedResults.File(Open(Path.Combine(folder, file!)), MediaTypeOf(file!));
        }
        finally
        {
            // What is open is read to its end all the same.
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? FileOf(string word, string? table) => word switch
    {
        "md" => "report.md",
        "tex" => "report.tex",
        "json" => "results.json",
        "html" => "report.html",
        "parquet" => "trials.parquet",
        "tidy.csv" or "tidy.parquet" => word,
        "csv" => CsvFormat.Files.Any(file => file.Name == (table ?? "accuracy"))
            ? $"{table ?? "accuracy"}.csv"
            : throw RefusalException.BadRequest($"table {NearestMatch.Quote(table!)} is unknown{NearestMatch.Hint(table!, CsvFormat.Files.Select(file => file.Name))}"),
        _ => null,
    };

    private static string MediaTypeOf(string file) => Path.GetExtension(file) switch
    {
        ".md" => "text/markdown; charset=utf-8",
        ".tex" => "application/x-tex; charset=utf-8",
        ".json" => "application/json",
        ".html" => "text/html; charset=utf-8",
        ".csv" => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    };

    private static FileStream Pack(string folder)
    {
        var file = Path.Combine(folder, "report.zip");
        using (var target = File.Create(file))
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create))
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(path => path != file && !Path.GetFileName(path).StartsWith(ReportFolder.OwnPrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                zip.CreateEntryFromFile(path, Path.GetRelativePath(folder, path), CompressionLevel.Fastest);
            }
        }

        return Open(file);
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous);
}
