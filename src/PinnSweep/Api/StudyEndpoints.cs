using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Planning;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Api;

/// <summary>Submitting, listing, and ordering studies.</summary>
internal static class StudyEndpoints
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromMinutes(5);

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        routes.MapPost("/api/studies", (HttpContext context, [FromQuery] string[]? set, int? priority, int? maxRunning, string? device, string? file, CancellationToken cancel) =>
                SubmitAsync(parts, context, set ?? [], PlacementOf(priority, maxRunning, device), file, cancel))
            .Needs(Role.Operate)
            .WithMetadata(new RequestTimeoutAttribute((int)SubmitTimeout.TotalMilliseconds))
            .WithSummary("Submit a study: its YAML as the body. The same study again changes nothing and answers 200.")
            .WithDescription("A study cannot name files of the server. Files that it names (kind: file) travel with it, as lines at its beginning: # --file [\"PATH\", \"TEXT\"]; the command line does so.")
            .Accepts<string>("application/yaml", "text/plain", "application/octet-stream")
            .Produces<SubmittedModel>(StatusCodes.Status201Created)
            .Produces<SubmittedModel>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        routes.MapGet("/api/studies", async (int? skip, int? take, string? tag, CancellationToken cancel) =>
            {
                var (from, count) = Paging.Of(skip, take, StudyStatus.MaxListed);
                return TypedResults.Json(await StudyModels.ListAsync(parts, tag, from, count, cancel), ApiJson.Options);
            })
            .Needs(Role.Read)
            .WithSummary("Studies, the newest first; with tag=TAG those that have it.")
            .Produces<Page<StudyModel>>();
        routes.MapGet("/api/studies/{id}", async (string id, CancellationToken cancel) =>
                TypedResults.Json(await StudyModels.DetailAsync(parts, id, cancel), ApiJson.Options))
            .Needs(Role.Read)
            .WithSummary("Where a study stands, by name, hash or the beginning of a hash.")
            .Produces<StudyModel>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/api/studies/{id}/why", async (string id, CancellationToken cancel) => TypedResults.Json(await StudyWhy.OfAsync(parts, id, cancel), ApiJson.Options))
            .Needs(Role.Read)
            .WithSummary("Where a study stands and what it waits for, in sentences.")
            .Produces<WhyStudyModel>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        Order("pause", "Grant nothing of it; what runs writes a checkpoint and is given back.", hash => new StudyProtocol.PauseRequest(hash));
        Order("resume", "End a pause.", hash => new StudyProtocol.ResumeRequest(hash));
        Order("cancel", "Stop wanting it. Submitted again, it goes on with what was finished.", hash => new StudyProtocol.CancelRequest(hash));
        Order("retry", "Let its quarantined trials wait again.", hash => new StudyProtocol.RetryRequest(hash));

        void Order(string word, string summary, Func<string, IClusterMessage> message) => routes
            .MapPost($"/api/studies/{{id}}/{word}", async (string id, CancellationToken cancel) =>
            {
                var study = await parts.Studies.FindAsync(id, cancel);
                await parts.Coordinator.OrderAsync(message(study.Hash), study.Name, cancel);
                return TypedResults.Json(new DoneModel(study.Name), ApiJson.Options);
            })
            .Needs(Role.Operate)
            .WithSummary(summary)
            .Produces<DoneModel>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<JsonHttpResult<SubmittedModel>> SubmitAsync(ApiParts parts, HttpContext context, string[] overrides, Placement? placement, string? file, CancellationToken cancel)
    {
        var name = FileName(file);
        var text = await ReadAsync(context, name, parts.Options.MaximumStudyBytes, cancel);
        var source = StudySource.Packed(text, name, overrides);
        var plan = await parts.Studies.PlanAsync(source, parts.Options.MaximumTrials, cancel);

        // Asked first, so that nothing is stored while nobody would take it.
        var isNew = await parts.Coordinator.AskAsync<IClusterMessage>(new GetStudy(plan.Hash), cancel) is StudyAnswer;
        await Task.Run(() => parts.Store.Studies.Save(plan, source.Origin), cancel);
        var goesOn = await Task.Run(() => isNew ? GoingOn.Lines(plan, parts.Store.Studies) : [], cancel);
        await parts.Coordinator.OrderAsync(new StudyProtocol.SubmitRequest(plan.Hash, placement), plan.Spec.Name, cancel);
        if (isNew)
        {
            context.Response.Headers.Location = $"/api/studies/{plan.Hash}";
        }

        return TypedResults.Json(
            new SubmittedModel(plan.Hash, plan.Spec.Name, isNew, plan.Cells.Length, plan.NotApplicable.Length, plan.Trials.Length, plan.Notices.AddRange(goesOn)),
            ApiJson.Options,
            statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<string> ReadAsync(HttpContext context, string name, int maximumBytes, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, cancel)) > 0;)
        {
            if (body.Length + read > maximumBytes)
            {
                throw new RefusalException(StatusCodes.Status413PayloadTooLarge, $"{name}: a study and the files that it names have at most {maximumBytes} bytes");
            }

            await body.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        try
        {
            return body.Length > 0
                ? StrictUtf8.GetString(body.GetBuffer(), 0, (int)body.Length).TrimStart('\uFEFF')
                : throw RefusalException.BadRequest("expected a study in YAML as the body of the request");
        }
        catch (DecoderFallbackException)
        {
            throw RefusalException.BadRequest($"{name}: is no UTF-8 text");
        }
    }

    /// <summary>What messages call the file; it is never opened.</summary>
    private static string FileName(string? given)
    {
        const int Longest = 200;
        return given is { Length: > 0 and <= Longest } && !given.Any(char.IsControl) ? given : "study.yaml";
    }

    private static Placement? PlacementOf(int? priority, int? maxRunning, string? device)
    {
        if (device is not (null or Devices.Cpu or Devices.Gpu))
        {
            throw RefusalException.BadRequest($"device {NearestMatch.Quote(device)} is unknown{NearestMatch.Hint(device, [Devices.Cpu, Devices.Gpu])}");
        }

        if (maxRunning < 1)
        {
            throw RefusalException.BadRequest($"maxRunning {maxRunning}: expected a whole number above 0");
        }

        return (priority, maxRunning, device) is (null, null, null) ? null : new(priority ?? 0, maxRunning, device);
    }
}
