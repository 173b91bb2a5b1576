using System.Text.Json;
using System.Text.Json.Nodes;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.SeqImport;

/// <summary>A signal, dashboard or alert as it is to be in Seq.</summary>
/// <param name="File">Where it was read from, for messages.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Title">By which it is found again.</param>
/// <param name="Entity">As Seq's HTTP interface takes it.</param>
internal sealed record SeqTemplate(string File, SeqKind Kind, string Title, JsonObject Entity)
{
    private const string EntityKey = "$entity";

    /// <summary>Reads a template: JSON, whose first key says what it is.</summary>
    /// <exception cref="UserMistakeException">It is no JSON, or no template; the message has file and line.</exception>
    public static SeqTemplate Parse(string file, string json)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(json, documentOptions: new() { AllowTrailingCommas = false });
        }
        catch (JsonException broken)
        {
            throw Mistake(file, (int)(broken.LineNumber ?? 0) + 1, $"no JSON: {broken.Message.Split(" LineNumber")[0].TrimEnd('.', ' ')}");
        }

        if (node is not JsonObject entity)
        {
            throw Mistake(file, 1, "expected a JSON object");
        }

        var word = Text(entity, EntityKey) ?? throw Mistake(file, 1, $"\"{EntityKey}\" is missing; allowed: {string.Join(", ", SeqKind.All.Select(kind => kind.Word))}");
        var known = SeqKind.All.FirstOrDefault(kind => kind.Word == word)
            ?? throw Mistake(file, LineOf(json, EntityKey), $"\"{EntityKey}\": '{word}' cannot be imported{NearestMatch.Hint(word, SeqKind.All.Select(kind => kind.Word))}");
        var title = Text(entity, "Title") is { Length: > 0 } given ? given : throw Mistake(file, 1, "\"Title\" is missing; by it an import finds what it made before");
        entity.Remove(EntityKey);
        return new(file, known, title, entity);
    }

    private static string? Text(JsonObject entity, string key) => entity[key] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static int LineOf(string json, string key) => json[..Math.Max(0, json.IndexOf($"\"{key}\"", StringComparison.Ordinal))].Count(letter => letter == '\n') + 1;

    private static UserMistakeException Mistake(string file, int line, string text) => new($"{new Place(file, line)}: {text}");
}
