using PinnSweep.Testing.Processes;
using PinnSweep.Testing.Telemetry;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>What the real program sends of trials that are really trained.</summary>
public class TraceTests
{
    [Fact]
    public async Task The_trace_of_a_trial_is_one_tree_of_lease_transfer_training_checkpoint_and_acceptance()
    {
        using var folder = new TemporaryFolder();
        using var collector = new OtlpCollector();
        folder.Write("small.yaml", await SmallStudy.LastingAsync(seconds: 3, seeds: 1));
        var environment = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-key=abc" };

        using var run = Testing.Processes.ProcessRun.Start(
            folder.Path, environment, Cli.Program, "run", "small.yaml", "--slots", "2", "--checkpoint-every", "0.3", "--out", "report", "--otlp", collector.Address);
        await run.EndAsync(StudyRun.Limit);

        Assert.True(run.ExitCode == 0, run.Error);
        var traces = collector.Spans.GroupBy(span => span.TraceId).ToArray();
        Assert.Equal(2, traces.Length);
        Assert.All(traces, trace =>
        {
            var root = Assert.Single(trace, span => span.ParentId.Length == 0);
            Assert.Equal("lease", root.Name);
            Assert.All(trace.Where(span => span != root), span => Assert.Contains(trace, other => other.SpanId == span.ParentId));
            Assert.Equal(
                ["accept", "attempt", "checkpoint", "lease", "prepare", "record", "training", "transfer", "write checkpoint", "write result"],
                trace.Select(span => span.Name).Distinct().Order(StringComparer.Ordinal));
            Assert.Equal("attempt lease", $"{trace.Single(span => span.Name == "attempt").Name} {ParentOf("attempt")}");
            Assert.Equal(["attempt", "attempt", "training", "training", "training"], ((string[])["training", "accept", "checkpoint", "prepare", "write result"]).Select(ParentOf));

            string ParentOf(string name) => trace.First(other => other.SpanId == trace.First(span => span.Name == name).ParentId).Name;
        });
        Assert.All(collector.Requests, request => Assert.Equal(("application/x-protobuf", "abc"), (request.ContentType, request.ApiKey)));
        Assert.True(collector.HasMetric("pinnsweep.trials.accepted"));
        Assert.True(collector.HasMetric("service.instance.id"));
    }

    [Fact]
    public async Task A_collector_that_is_not_there_costs_a_warning_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        folder.Write("small.yaml", SmallStudy.Text(steps: 50, seeds: 1));

        using var run = Cli.Start(folder, "run", "small.yaml", "--slots", "2", "--out", "report", "--otlp", "http://127.0.0.1:9");
        await run.EndAsync(StudyRun.Limit);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("metrics or traces could not be sent", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }
}
