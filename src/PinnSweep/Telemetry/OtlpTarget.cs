using OpenTelemetry.Exporter;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Telemetry;

/// <summary>Where metrics and traces are sent by OTLP.</summary>
/// <param name="Url">By <c>--otlp</c>; null where the standard's variables say it, each signal's own included.</param>
internal sealed record OtlpTarget(Uri? Url)
{
    /// <summary>The standard's variable for both signals.</summary>
    public const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const int HttpPort = 4318;
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private static readonly string[] Variables = [Variable, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    /// <summary>Null for nowhere.</summary>
    /// <param name="option">The option's value; null where it was not given.</param>
    /// <param name="variable">Reads the environment.</param>
    /// <exception cref="UserMistakeException">No address.</exception>
    public static OtlpTarget? Of(string? option, Func<string, string?> variable)
    {
        if (string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (option is not null)
        {
            return new(Parse("--otlp", option));
        }

        var named = Variables.Where(name => variable(name) is { Length: > 0 }).ToArray();
        foreach (var name in named)
        {
            Parse(name, variable(name)!);
        }

        return named.Length > 0 ? new((Uri?)null) : null;
    }

    /// <summary>Tells an exporter of one signal.</summary>
    /// <param name="options">The exporter's.</param>
    /// <param name="signal"><c>traces</c> or <c>metrics</c>.</param>
    /// <param name="variable">Reads the environment.</param>
    public void Tell(OtlpExporterOptions options, string signal, Func<string, string?> variable)
    {
        if (Url is null)
        {
            return;
        }

        // By the port that collectors have for each, where nobody says which.
        options.Protocol = variable(Protocol) switch
        {
            "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
            "grpc" => OtlpExportProtocol.Grpc,
            _ => Url.Port == HttpPort ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc,
        };
        options.Endpoint = options.Protocol == OtlpExportProtocol.HttpProtobuf ? new($"{Url.AbsoluteUri.TrimEnd('/')}/v1/{signal}") : Url;
    }

    private static Uri Parse(string name, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new UserMistakeException($"{name} {NearestMatch.Quote(text)}: expected the address of a collector, for instance http://localhost:4317 (gRPC) or http://localhost:4318 (HTTP)");
}
