using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PinnSweep.Cluster.Alerts;

/// <summary>Alerts as JSON.</summary>
internal static class AlertBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All of an alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="cluster">What the cluster is called.</param>
    /// <param name="node">The node that tells it.</param>
    public static string Write(Alert alert, string cluster, string node) => Json(json =>
    {
        json.WriteString("id", alert.Id);
        json.WriteString("event", alert.Event.Word());
        json.WriteString("at", alert.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("cluster", cluster);
        json.WriteString("node", node);
        if (alert.Study is { } study)
        {
            json.WriteStartObject("study");
            json.WriteString("name", study.Name);
            json.WriteString("hash", study.Hash);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("study");
        }

        json.WriteStartObject("facts");
        foreach (var (name, value) in alert.Facts)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, value.GetType());
        }

        json.WriteEndObject();
        json.WriteString("text", cluster.Length == 0 ? alert.Text : $"{cluster}: {alert.Text}");
    });

    /// <summary>
    /// What is sent of a body. Chats take markup in texts: without the three letters that begin it, no name of a study can call everybody.
    /// </summary>
    public static string In(AlertFormat format, string body)
    {
        if (format == AlertFormat.Json)
        {
            return body;
        }

        using var parsed = JsonDocument.Parse(body);
        var text = parsed.RootElement.GetProperty("text").GetString()!
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
        return Json(json => json.WriteString("text", text));
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
