using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace PinnSweep.Cluster.Telemetry;

/// <summary>
/// The program's one meter and the list of its instruments. Who exports them is the host's affair: without a listener a measurement is a
/// comparison, and what it would take to label it is not done.
/// </summary>
public static class Metering
{
    /// <summary>What listeners ask for.</summary>
    public const string Name = "PinnSweep";

    private static readonly List<DescribedInstrument> Known = [];

    /// <summary>Every instrument, by name.</summary>
    public static ImmutableArray<DescribedInstrument> All
    {
        get
        {
            foreach (var type in (Type[])[typeof(CoordinatorMetrics), typeof(CoordinatorGauges), typeof(WorkerMetrics), typeof(WorkerGauges), typeof(StoreGauges), typeof(HttpMetrics)])
            {
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
            }

            lock (Known)
            {
                return [.. Known.OrderBy(instrument => instrument.Name, StringComparer.Ordinal)];
            }
        }
    }

    private static Meter Meter { get; } = new(Name, typeof(Metering).Assembly.GetName().Version!.ToString(3));

    internal static Counter<long> Counter(string name, string unit, string description, params ReadOnlySpan<string> labels)
    {
        Note(name, InstrumentKind.Counter, unit, description, labels);
        return Meter.CreateCounter<long>(name, unit, description);
    }

    internal static Histogram<double> Histogram(string name, string unit, string description, double[] bounds, params ReadOnlySpan<string> labels)
    {
        Note(name, InstrumentKind.Histogram, unit, description, labels);
        return Meter.CreateHistogram(name, unit, description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
    }

    internal static ObservableGauge<T> Gauge<T>(string name, string unit, string description, Func<IEnumerable<Measurement<T>>> look, params ReadOnlySpan<string> labels)
        where T : struct
    {
        Note(name, InstrumentKind.Gauge, unit, description, labels);
        return Meter.CreateObservableGauge(name, look, unit, description);
    }

    private static void Note(string name, InstrumentKind kind, string unit, string description, ReadOnlySpan<string> labels)
    {
        lock (Known)
        {
            Known.Add(new(name, kind, unit, description, [.. labels]));
        }
    }
}
