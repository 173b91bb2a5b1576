using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PinnSweep.Studies.Registration;

/// <summary>A locked study as JSON, for people and for a store: one text in both.</summary>
public static class LockJson
{
    private const int FormatVersion = 1;
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The locked study as an indented JSON object.</summary>
    public static string Write(LockedStudy locked)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("format", FormatVersion);
            json.WriteString("study", locked.Promise.Study);
            json.WriteString("plan", locked.Promise.Plan);
            json.WriteString("locked_at", locked.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("pinnsweep", locked.Program);
            json.WriteNumber("results_before", locked.ResultsBefore);
            WriteItems(json, "hypotheses", locked.Promise.Hypotheses);
            json.WriteStartObject("rules");
            foreach (var rule in locked.Promise.Rules)
            {
                if (rule.Items is [var only])
                {
                    json.WriteString(rule.Name, only);
                }
                else
                {
                    WriteItems(json, rule.Name, rule.Items);
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    /// <summary>The inverse of <see cref="Write"/>.</summary>
    /// <exception cref="JsonException">The text is no lock.</exception>
    public static LockedStudy Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var json = document.RootElement;
            return json.GetProperty("format").GetInt32() != FormatVersion
                ? throw new JsonException($"a lock of format {json.GetProperty("format")}; this version reads {FormatVersion}")
                : new(
                    new(
                        json.GetProperty("study").GetString()!,
                        json.GetProperty("plan").GetString()!,
                        Items(json.GetProperty("hypotheses")),
                        [.. json.GetProperty("rules").EnumerateObject().Select(rule => new PromisedRule(rule.Name, Items(rule.Value)))]),
                    DateTimeOffset.Parse(json.GetProperty("locked_at").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                    json.GetProperty("pinnsweep").GetString()!,
                    json.GetProperty("results_before").GetInt32());
        }
        catch (Exception broken) when (broken is InvalidOperationException or KeyNotFoundException or FormatException or ArgumentNullException)
        {
            throw new JsonException($"no lock of a study: {broken.Message}", broken);
        }
    }

    private static void WriteItems(Utf8JsonWriter json, string name, ImmutableArray<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }

    private static ImmutableArray<string> Items(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
        : [value.GetString() ?? ""];
}
