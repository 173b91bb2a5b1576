using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PinnSweep.Cluster.Telemetry;
using PinnSweep.Testing.Processes;
using PinnSweep.Tests.Api;

namespace PinnSweep.Tests.Telemetry;

/// <summary>The dashboard for Grafana asks for what nodes serve.</summary>
public partial class DashboardTests
{
    private static readonly Dictionary<string, IReadOnlySet<string>> Own = Metering.All
        .SelectMany(instrument => PrometheusName.Series(instrument).Select(series => KeyValuePair.Create(series, (IReadOnlySet<string>)instrument.Labels.Append("le").ToHashSet())))
        .ToDictionary();

    [Fact]
    public async Task Every_query_names_series_and_labels_that_nodes_serve()
    {
        var dashboard = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "cluster-config", "grafana", "pinnsweep.json"), TestContext.Current.CancellationToken))!;
        var variables = Each(dashboard["templating"]!, "list").ToArray();
        var names = variables.Select(variable => (string)variable["name"]!).Append("__rate_interval").ToHashSet();
        var panels = Each(dashboard, "panels").Where(panel => panel["targets"] is not null).ToArray();
        PromQuery[] queries =
        [
            .. from panel in panels from target in Each(panel, "targets") select new PromQuery((string)panel["title"]!, (string)target["expr"]!),
            .. from variable in variables where (string?)variable["type"] == "query" select new PromQuery($"variable {variable["name"]}", (string)variable["query"]!["query"]!),
        ];
        var series = await ServedAsync();

        Assert.Equal(30, queries.Length);
        Assert.Empty(queries.SelectMany(query => query.Mistakes(series, names)));
        // Beside the program's own are two of the server and one of the runtime.
        Assert.Equal(3, queries.Count(query => !query.Text.Contains("pinnsweep_", StringComparison.Ordinal)));
        Assert.All(panels, panel => Assert.False(string.IsNullOrWhiteSpace((string?)panel["description"])));
        Assert.Empty(
            from panel in panels
            from target in Each(panel, "targets")
            from Match label in Legend().Matches((string)target["legendFormat"]!)
            where label.Groups[1].Value != "instance" && !((string)target["expr"]!).Contains(label.Groups[1].Value, StringComparison.Ordinal)
            select $"{panel["title"]}: {label.Value} is no label of the query");
    }

    [Fact]
    public void Panels_stand_beside_one_another()
    {
        var dashboard = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "cluster-config", "grafana", "pinnsweep.json")))!;
        var places = Each(dashboard, "panels").Select(panel => panel["gridPos"]!).Select(at => (X: (int)at["x"]!, Y: (int)at["y"]!, W: (int)at["w"]!, H: (int)at["h"]!)).ToArray();

        Assert.All(places, place => Assert.InRange(place.X + place.W, 1, 24));
        Assert.Empty(places.SelectMany((one, at) => places.Skip(at + 1).Where(other =>
            one.X < other.X + other.W && other.X < one.X + one.W && one.Y < other.Y + other.H && other.Y < one.Y + one.H).Select(other => $"{one} and {other}")));
        Assert.Equal(places.Length, Each(dashboard, "panels").Select(panel => (int)panel["id"]!).Distinct().Count());
    }

    [Theory]
    [InlineData("sum by (outcome) (rate(pinnsweep_trials_accepted_total[5m]))", null)]
    [InlineData("sum by (outcom) (rate(pinnsweep_trials_accepted_total[5m]))", "pinnsweep_trials_accepted_total has no label outcom")]
    [InlineData("sum(rate(pinnsweep_trials_accepted[5m]))", "no series is called pinnsweep_trials_accepted")]
    [InlineData("pinnsweep_queue_trials{stat=\"open\"}", "pinnsweep_queue_trials has no label stat")]
    [InlineData("pinnsweep_queue_trials{job=\"x\", state=\"open\"} / pinnsweep_slots{}", "no series is called pinnsweep_slots")]
    [InlineData("median(pinnsweep_queue_trials)", "no function is called median")]
    [InlineData("pinnsweep_queue_trials{job=\"$jo\"}", "no variable is called jo")]
    [InlineData("label_values(pinnsweep_queue_trials{job=~\"$job\"}, studi)", "pinnsweep_queue_trials has no label studi")]
    public void A_mistaken_query_is_found(string query, string? mistake) =>
        Assert.Equal(mistake is null ? "" : $"q: {mistake}", string.Join('\n', new PromQuery("q", query).Mistakes(Own, new HashSet<string> { "job" })));

    /// <summary>The program's own series by their description, and those of server and runtime as a node serves them.</summary>
    private static async Task<Dictionary<string, IReadOnlySet<string>>> ServedAsync()
    {
        await using var api = await TestApi.StartAsync();
        await api.Client.GetStringAsync("api/version");
        var page = Exposition.Parse(await api.Client.GetStringAsync("metrics"));
        var others = page.Samples.Where(sample => !sample.Name.StartsWith("pinnsweep_", StringComparison.Ordinal))
            .GroupBy(sample => sample.Name)
            .Select(series => KeyValuePair.Create(series.Key, (IReadOnlySet<string>)series.SelectMany(sample => sample.Labels.Keys).ToHashSet()));
        return Own.Concat(others).ToDictionary();
    }

    private static IEnumerable<JsonNode> Each(JsonNode node, string list) => node[list]!.AsArray().Select(item => item!);

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Legend();
}
