using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Annotations;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Api;

/// <summary>What people add to studies: tags, notes, results of others. None of it changes a study, a trial or a result.</summary>
internal static class AnnotationEndpoints
{
    private const string Tags = "{\"tags\": [\"TAG\"]}";
    private const string Note = "{\"text\": \"TEXT\"}, and for a level {\"text\": \"TEXT\", \"factor\": \"FACTOR\", \"level\": \"LABEL\"}";
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var desk = new AnnotationDesk(parts.Store, parts.Clock);
        Read("tags", "The tags of a study.", desk.Tags);
        Read("notes", "Notes on a study and its levels, the oldest first.", desk.Notes);
        Read("external", "The sources whose results were imported into a study.", desk.External);
        Order<TagsModel>(routes.MapPut("/api/studies/{id}/tags", async (HttpContext context, string id, CancellationToken cancel) =>
            {
                var tags = await JsonBody.ReadAsync<TagsModel>(context, Tags, cancel);
                return await DoAsync(parts, id, plan => desk.SetTags(plan, tags.Tags is { } named && named.All(tag => tag is not null) ? named : throw RefusalException.BadRequest($"expected {Tags}")), cancel);
            }))
            .WithSummary("Give a study these tags and no others.")
            .Accepts<TagsModel>("application/json");
        Order<NoteModel>(routes.MapPost("/api/studies/{id}/notes", async (HttpContext context, string id, CancellationToken cancel) =>
            {
                var note = await JsonBody.ReadAsync<NewNoteModel>(context, Note, cancel);
                return await DoAsync(parts, id, plan => desk.AddNote(plan, note.Text is null ? throw RefusalException.BadRequest($"expected {Note}") : note), cancel);
            }))
            .WithSummary("Add a note to a study, or to one of its levels.")
            .Accepts<NewNoteModel>("application/json");
        Order<DoneModel>(routes.MapDelete("/api/studies/{id}/notes/{number:int}", (string id, int number, CancellationToken cancel) =>
                DoAsync(parts, id, plan => desk.RemoveNote(plan, number) ? new DoneModel(plan.Spec.Name) : throw RefusalException.NotFound($"study {plan.Spec.Name} has no note {number}"), cancel)))
            .WithSummary("Remove a note.");
        Order<ImportedModel>(routes.MapPost("/api/studies/{id}/external", async (HttpContext context, string id, string? file, CancellationToken cancel) =>
            {
                var name = file is { Length: > 0 and <= 200 } && !file.Any(char.IsControl) ? file : "results.csv";
                var text = await TextAsync(context, name, parts.Options.MaximumStudyBytes, cancel);
                return await DoAsync(parts, id, plan => desk.Import(plan, text, name), cancel);
            }))
            .WithSummary("Import results of others: comma-separated values with the columns method, problem, seed, error, source, and seconds and note where they are known. All or none; the same again changes nothing.")
            .Accepts<string>("text/csv", "text/plain", "application/octet-stream");
        Order<RemovedModel>(routes.MapDelete("/api/studies/{id}/external", (string id, string source, CancellationToken cancel) =>
                DoAsync(parts, id, plan => desk.RemoveSource(plan, source), cancel)))
            .WithSummary("Remove all results of a source.");

        void Read<T>(string what, string summary, Func<StudyPlan, T> read) => routes
            .MapGet($"/api/studies/{{id}}/{what}", (string id, CancellationToken cancel) => DoAsync(parts, id, read, cancel))
            .Needs(Role.Read)
            .WithSummary(summary)
            .Produces<T>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder Order<T>(RouteHandlerBuilder endpoint) => endpoint
        .Needs(Role.Operate)
        .Produces<T>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<JsonHttpResult<T>> DoAsync<T>(ApiParts parts, string id, Func<StudyPlan, T> work, CancellationToken cancel)
    {
        var plan = await parts.Studies.PlanAsync(await parts.Studies.FindAsync(id, cancel), cancel);
        return TypedResults.Json(await Task.Run(() => work(plan), cancel), ApiJson.Options);
    }

    private static async Task<string> TextAsync(HttpContext context, string name, int maximumBytes, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, cancel)) > 0;)
        {
            if (body.Length + read > maximumBytes)
            {
                throw new RefusalException(StatusCodes.Status413PayloadTooLarge, $"{name}: a file of results has at most {maximumBytes} bytes");
            }

            await body.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        try
        {
            return StrictUtf8.GetString(body.GetBuffer(), 0, (int)body.Length);
        }
        catch (DecoderFallbackException)
        {
            throw new UserMistakeException($"{name}: is no UTF-8 text");
        }
    }
}
