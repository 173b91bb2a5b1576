using PinnSweep.Cluster.Telemetry;

namespace PinnSweep.Tests.Telemetry;

/// <summary>
/// What an instrument is called by Prometheus, after OpenTelemetry's rules for that: dots become underscores, the unit is added in full words,
/// and a counter ends with <c>_total</c>.
/// </summary>
internal static class PrometheusName
{
    /// <summary>The name of its family of series.</summary>
    public static string Of(DescribedInstrument instrument)
    {
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ when instrument.Unit.EndsWith("/s", StringComparison.Ordinal) => "_per_second",
            _ when instrument.Unit.StartsWith('{') => "",
            _ => throw new InvalidOperationException($"{instrument.Name}: unit {instrument.Unit}"),
        };
        return $"{instrument.Name.Replace('.', '_')}{unit}{(instrument.Kind == InstrumentKind.Counter ? "_total" : "")}";
    }

    /// <summary>The names of its series.</summary>
    public static IEnumerable<string> Series(DescribedInstrument instrument) => instrument.Kind == InstrumentKind.Histogram
        ? ((string[])["bucket", "sum", "count"]).Select(part => $"{Of(instrument)}_{part}")
        : [Of(instrument)];
}
