using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using PinnSweep.Cluster.Telemetry;

namespace PinnSweep.Cluster.Tests.Telemetry;

/// <summary>What the program measures from now on.</summary>
internal sealed class ReadMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<Measured> _counted = [];
    private ConcurrentQueue<Measured> _seen = [];

    public ReadMetrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Metering.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Every measurement of counters and histograms so far.</summary>
    public IReadOnlyCollection<Measured> Counted => _counted;

    /// <summary>The sum of a counter, or of a histogram's values, over what has these labels.</summary>
    public double Sum(string name, params string[] labels) =>
        _counted.Where(measured => measured.Name == name && labels.All(measured.Labels.Contains)).Sum(measured => measured.Value);

    /// <summary>What gauges show now.</summary>
    public IReadOnlyCollection<Measured> Look()
    {
        _seen = [];
        _listener.RecordObservableInstruments();
        return _seen;
    }

    /// <summary>What a gauge shows now, by its labels.</summary>
    public SortedDictionary<string, double> Gauge(string name) =>
        new(Look().Where(measured => measured.Name == name).ToDictionary(measured => string.Join(' ', measured.Labels), measured => measured.Value), StringComparer.Ordinal);

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>();
        foreach (var (label, text) in tags)
        {
            labels.Add($"{label}={text}");
        }

        labels.Sort(StringComparer.Ordinal);
        (instrument.IsObservable ? _seen : _counted).Enqueue(new(instrument.Name, labels, value));
    }

    /// <summary>One measurement, with labels as <c>label=value</c>.</summary>
    public sealed record Measured(string Name, IReadOnlyList<string> Labels, double Value);
}
