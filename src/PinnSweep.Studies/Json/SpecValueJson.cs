using System.Text.Json;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Json;

/// <summary>Values as JSON, indented as the writer is; compact canonical text is <see cref="SpecValue.Canonical"/>.</summary>
internal static class SpecValueJson
{
    public static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteValue(this Utf8JsonWriter json, string name, SpecValue value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value.Canonical());
    }

    /// <summary>The text that a writer makes.</summary>
    public static string Text(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Indented))
        {
            write(json);
        }

        return System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, checked((int)bytes.Length));
    }
}
