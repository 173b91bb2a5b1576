using System.Text.Json;
using System.Text.Json.Serialization;

namespace PinnSweep.Api;

/// <summary>How the interface writes JSON, on both sides.</summary>
internal static class ApiJson
{
    /// <summary>Names in camel case; what is not known is left out.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new(JsonSerializerDefaults.Web));

    /// <summary>For people who read it.</summary>
    public static JsonSerializerOptions Indented { get; } = Configure(new(JsonSerializerDefaults.Web) { WriteIndented = true });

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        return options;
    }

    /// <summary>JSON has no word for what is not a number.</summary>
    public static double? Known(double value) => double.IsFinite(value) ? value : null;
}
