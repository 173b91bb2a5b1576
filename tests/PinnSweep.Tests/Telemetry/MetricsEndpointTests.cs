using System.Globalization;
using System.Net;
using System.Text;
using PinnSweep.Cluster.Telemetry;
using PinnSweep.Tests.Api;

namespace PinnSweep.Tests.Telemetry;

/// <summary>
/// What a node serves at /metrics, read as Prometheus reads it. Alone: the framework's instruments have one
/// identity in a process, and another test's host that ends takes them out of the page of this one.
/// </summary>
[Collection("metrics")]
public class MetricsEndpointTests
{
    [Fact]
    public async Task After_a_study_the_page_obeys_the_format_and_names_instruments_by_the_rules()
    {
        await using var api = await TestApi.StartAsync(slots: 1);
        // Tests beside this one have studies too, and what is measured is the process's.
        var study = await api.SubmittedAsync(TestApi.Study.Replace("quick", "collected", StringComparison.Ordinal));
        await api.UntilAsync(study.Hash, model => model.Accepted == 2);
        using (await api.Client.GetAsync($"api/studies/{study.Hash}/report?format=csv"))
        {
            // One report is made, whatever it says.
        }

        var page = await Testing.Waiting.UntilAsync(
            async () => Exposition.Parse(await api.Client.GetStringAsync("metrics")),
            page => page.Samples.Any(sample => sample.Name == "pinnsweep_study_trials" && sample.Labels["study"] == "collected" && sample.Labels["state"] == "accepted" && sample.Value == 2),
            Testing.Waiting.Patience);

        Assert.Empty(page.Mistakes);
        var described = Metering.All.ToDictionary(PrometheusName.Of);
        var own = page.Types.Where(type => type.Key.StartsWith("pinnsweep_", StringComparison.Ordinal)).ToArray();
        Assert.True(own.Length > 20);
        Assert.All(own, family => Assert.Equal(described[family.Key].Kind.ToString(), family.Value, ignoreCase: true));
        Assert.All(page.Samples.Where(sample => sample.Name.StartsWith("pinnsweep_", StringComparison.Ordinal)), sample => Assert.Equal(
            described.Values.Single(instrument => PrometheusName.Series(instrument).Contains(sample.Name)).Labels.Order(StringComparer.Ordinal),
            sample.Labels.Keys.Where(label => label != "le" && !label.StartsWith("otel_scope_", StringComparison.Ordinal)).Order(StringComparer.Ordinal)));
        Assert.Contains(page.Samples, sample => sample is { Name: "target_info" } && sample.Labels["service_name"] == "pinnsweep" && sample.Labels["service_instance_id"] == "test");
        Assert.Contains(page.Samples, sample => sample is { Name: "pinnsweep_reports_made_total", Value: >= 1 } && sample.Labels["format"] == "csv");
        Assert.Contains(page.Samples, sample => sample.Name == "http_server_request_duration_seconds_count" && sample.Labels["http_route"] == "/api/studies");
    }

    [Fact]
    public async Task With_tokens_it_takes_one_that_may_read()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        using var nobody = api.ClientWith(null);
        using var reader = api.ClientWith(TestApi.ReadToken);

        using var refused = await nobody.GetAsync("metrics", TestContext.Current.CancellationToken);
        using var served = await reader.GetAsync("metrics", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Equal("text/plain", served.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_node_that_only_trains_serves_it_too()
    {
        await using var api = await TestApi.StartAsync(hasStore: false, slots: 1);

        // A node serves before its worker has begun.
        var page = await Testing.Waiting.UntilAsync(
            async () => Exposition.Parse(await api.Client.GetStringAsync("metrics", TestContext.Current.CancellationToken)),
            page => page.Types.ContainsKey("pinnsweep_worker_slots"),
            Testing.Waiting.Patience);

        Assert.Empty(page.Mistakes);
    }

    [Theory]
    [InlineData("# TYPE a counter\na_total 1\n", "a_total stands under a")]
    [InlineData("# TYPE a_total counter\na_total{x=\"1\"} 1\na_total{x=\"1\"} 2\n", "twice: a_total{x=1}")]
    [InlineData("# TYPE a_total counter\na_total -1\n", "no counter: a_total{} -1")]
    [InlineData("# TYPE a gauge\na{x=\"1} 1\n", "no line of the format: a{x=\"1} 1")]
    [InlineData("# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n# HELP a text\n", "the series of a do not stand together")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"1\"} 3\na_bucket{le=\"+Inf\"} 2\na_sum 1\na_count 2\n", "no histogram: a ")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"1\"} 1\na_bucket{le=\"+Inf\"} 2\na_sum 1\na_count 2\n", null)]
    [InlineData("# TYPE a gauge\na{x=\"say \\\"\\\\\\n\\\"\"} NaN 1700000000000\n", null)]
    public void What_breaks_the_format_is_found(string text, string? mistake) => Assert.Equal(mistake ?? "", string.Join('\n', Exposition.Parse(text).Mistakes));

    [Fact]
    public void The_table_of_the_document_is_the_list_of_instruments()
    {
        var table = new StringBuilder();
        foreach (var instrument in Metering.All)
        {
            var labels = string.Join(", ", instrument.Labels.Select(label => $"`{label}`"));
            table.Append(CultureInfo.InvariantCulture, $"| `{instrument.Name}` | {instrument.Kind.ToString().ToLowerInvariant()} | `{instrument.Unit}` | {labels} | {instrument.Description.TrimEnd('.')} |\n");
        }

        var page = File.ReadAllText(Path.Combine(Testing.Processes.RepositoryPaths.Root, "docs", "monitoring.md"));
        Assert.True(page.Contains(table.ToString(), StringComparison.Ordinal), $"docs/monitoring.md, Metrics: the table is not\n{table}");
    }
}
