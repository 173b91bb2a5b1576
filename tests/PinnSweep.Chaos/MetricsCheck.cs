using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Storage.Decisions;

namespace PinnSweep.Chaos;

/// <summary>What nodes serve as metrics when all is quiet, beside what the store holds.</summary>
internal sealed class MetricsCheck : IDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Where they differ; nothing where all is as it should be.</summary>
    /// <param name="coordinators">Nodes that may coordinate; one does.</param>
    /// <param name="counts">What the store holds.</param>
    /// <param name="planned">Trials of the study.</param>
    public async Task<ImmutableArray<string>> DifferencesAsync(IEnumerable<ChaosNode> coordinators, RecordedCounts counts, int planned)
    {
        var pages = new List<ImmutableDictionary<string, double>>();
        foreach (var node in coordinators)
        {
            pages.Add(await PageAsync(node));
        }

        var differences = ImmutableArray.CreateBuilder<string>();
        void Expect(string series, double value, IEnumerable<ImmutableDictionary<string, double>> served)
        {
            var seen = served.Where(page => page.ContainsKey(series)).Select(page => page[series]).ToArray();
            if (seen.Length == 0 || seen.Any(one => one != value))
            {
                differences.Add(string.Create(CultureInfo.InvariantCulture, $"(m) {series} is {(seen.Length == 0 ? "served by nobody" : string.Join(", ", seen))} where the store has {value}"));
            }
        }

        const string Known = "pinnsweep_trials_known state=";
        var coordinating = pages.Where(page => page.ContainsKey($"{Known}accepted")).ToArray();
        if (coordinating.Length != 1)
        {
            differences.Add($"(m) {coordinating.Length} nodes show what only the coordinator knows");
        }

        Expect($"{Known}accepted", counts.Results, coordinating);
        Expect($"{Known}quarantined", counts.Quarantined, coordinating);
        Expect($"{Known}waiting", planned - counts.Results - counts.Quarantined, coordinating);
        Expect($"{Known}running", 0, coordinating);
        Expect("pinnsweep_store_results", counts.Results, pages);
        Expect("pinnsweep_store_quarantined", counts.Quarantined, pages);
        foreach (var (kind, faults) in counts.FaultsByKind)
        {
            Expect($"pinnsweep_store_faults fault={kind}", faults, pages);
        }

        return differences.ToImmutable();
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Series with their labels, those of the library left out; nothing where nobody answers.</summary>
    private async Task<ImmutableDictionary<string, double>> PageAsync(ChaosNode node)
    {
        try
        {
            var page = await _client.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{node.HttpPort}/metrics"));
            return page.Split('\n')
                .Where(line => line.StartsWith("pinnsweep_", StringComparison.Ordinal) && !line.Contains("_bucket", StringComparison.Ordinal))
                .ToImmutableDictionary(Series, line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
        {
            return ImmutableDictionary<string, double>.Empty;
        }
    }

    private static string Series(string line)
    {
        var open = line.IndexOf('{', StringComparison.Ordinal);
        var labels = line[(open + 1)..line.LastIndexOf('}')].Split("\",").Where(label => !label.StartsWith("otel_", StringComparison.Ordinal)).Select(label => label.Replace("\"", "", StringComparison.Ordinal));
        return $"{line[..open]} {string.Join(' ', labels)}".TrimEnd();
    }
}
