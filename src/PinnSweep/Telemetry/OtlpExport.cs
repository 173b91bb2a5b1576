using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using PinnSweep.Cluster.Telemetry;

namespace PinnSweep.Telemetry;

/// <summary>
/// Sends metrics and traces to a collector by OTLP, from threads of its own: a collector that is slow or away holds nothing up, and what it
/// does not take is lost. How often, how many and which traces is said by the standard's variables.
/// </summary>
internal sealed class OtlpExport : IAsyncDisposable
{
    // What a collector may take to swallow the rest at the end.
    private const int ShutdownMilliseconds = 3000;

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;
    private readonly OtlpTroubles _troubles;

    private OtlpExport(OtlpTarget target, string node, ILogger log)
    {
        _troubles = new(log);
        TraceIds.Install();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(Exported.Resource(node))
            .AddSource(Spans.SourceName)
            .AddOtlpExporter(options => target.Tell(options, "traces", Environment.GetEnvironmentVariable))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .Read(node)
            .AddOtlpExporter(options => target.Tell(options, "metrics", Environment.GetEnvironmentVariable))
            .Build();
    }

    /// <summary>Begins to send; null where there is no target.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="node">The node's name.</param>
    /// <param name="loggers">Told when the collector does not take what it is sent.</param>
    public static OtlpExport? Start(OtlpTarget? target, string node, ILoggerFactory loggers) =>
        target is null ? null : new(target, node, loggers.CreateLogger("PinnSweep.Telemetry"));

    /// <summary>Sends what is left, for a short time.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Task.Run(() => _traces.Shutdown(ShutdownMilliseconds)), Task.Run(() => _metrics.Shutdown(ShutdownMilliseconds)));
        _traces.Dispose();
        _metrics.Dispose();
        _troubles.Dispose();
    }
}
