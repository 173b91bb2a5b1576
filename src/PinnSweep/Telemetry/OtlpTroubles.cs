using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Logging;

namespace PinnSweep.Telemetry;

/// <summary>Passes on what the exporter complains of, which otherwise only debuggers see: the first of each kind, then one a minute.</summary>
internal sealed class OtlpTroubles(ILogger log) : EventListener
{
    private const string Source = "OpenTelemetry-Exporter-OpenTelemetryProtocol";
    private readonly FloodGate _gate = new(TimeProvider.System);

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Source)
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The base class calls before the fields of this one are set.
        if (_gate?.Pass(eventData.EventName ?? "?") is { } more)
        {
            var words = string.Format(CultureInfo.InvariantCulture, eventData.Message ?? eventData.EventName ?? "?", [.. eventData.Payload ?? []]);
            // Behind the first line comes a stack trace.
            LogEvents.OtlpTrouble(log, words.Split('\n')[0].TrimEnd(), more);
        }
    }
}
