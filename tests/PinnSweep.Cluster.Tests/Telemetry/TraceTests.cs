using System.Collections.Concurrent;
using System.Diagnostics;
using PinnSweep.Cluster.Local;
using PinnSweep.Cluster.Telemetry;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Testing;

namespace PinnSweep.Cluster.Tests.Telemetry;

/// <summary>What coordinator and worker record of an attempt is one tree, whose id follows from the attempt.</summary>
[Collection("telemetry")]
public sealed class TraceTests(ITestOutputHelper output) : IDisposable
{
    private readonly TestStore _store = new();
    private readonly TestLog _log = new(output);

    public void Dispose()
    {
        _log.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task Each_attempt_is_one_tree_of_lease_transfers_training_checkpoints_and_acceptance()
    {
        TraceIds.Install();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = Listen(spans.Enqueue, ActivitySamplingResult.AllDataAndRecorded);
        var plan = TestStudies.Plan("traced", 200, 1, TestStudies.Scripted("exit", at: 120, times: 1, pause: 5));

        await RunAsync(plan);

        var key = plan.Trials[0].Key;
        var (first, second) = (Tree(spans, new(key, 1)), Tree(spans, new(key, 2)));
        Assert.Equal(
            """
            lease
              attempt failed
                record
                training failed
                  checkpoint
            """.ReplaceLineEndings("\n"),
            first);
        Assert.Equal(
            """
            lease
              attempt
                accept
                record
                training
                  checkpoint
                transfer fetch
                transfer store
            """.ReplaceLineEndings("\n"),
            second);
        Assert.All(spans, span => Assert.True(span.Duration >= TimeSpan.Zero));
        Assert.All(spans, span => Assert.Equal(key.Hex, span.GetTagItem("pinnsweep.trial.key")));
    }

    [Fact]
    public async Task A_trace_that_is_not_sampled_is_recorded_nowhere()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = Listen(spans.Enqueue, ActivitySamplingResult.PropagationData);

        await RunAsync(TestStudies.Plan("unsampled", 50, 1, TestStudies.Calm()));

        Assert.NotEmpty(spans);
        Assert.All(spans, span => Assert.False(span.Recorded));
        Assert.All(spans, span => Assert.EndsWith("-00", span.Id, StringComparison.Ordinal));
    }

    [Fact]
    public void The_id_of_a_trace_is_that_of_the_document() =>
        // printf '%s:3' KEY | sha256sum | head -c 32
        Assert.Equal("619ebc53dd3bede34d0b1580fe77456b", TraceIds.Of(new(new(new string('a', 64)), 3)).ToHexString());

    private static ActivityListener Listen(Action<Activity> ended, ActivitySamplingResult sampling)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Spans.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => sampling,
            ActivityStopped = ended,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>The spans of an attempt, each kind of child once, in the order of the alphabet.</summary>
    private static string Tree(IReadOnlyCollection<Activity> spans, AttemptId attempt)
    {
        var own = spans.Where(span => span.TraceId == TraceIds.Of(attempt)).ToArray();
        var root = Assert.Single(own, span => span.ParentSpanId == default);
        Assert.All(own, span => Assert.Equal(attempt.Number, span.GetTagItem("pinnsweep.trial.attempt")));
        Assert.All(own, span => Assert.True(span == root || own.Any(other => other.SpanId == span.ParentSpanId), $"{span.DisplayName} has no parent in the trace"));
        return string.Join('\n', Lines(root, 0));

        IEnumerable<string> Lines(Activity span, int depth)
        {
            var failed = span.Status == ActivityStatusCode.Error ? " failed" : "";
            var direction = span.OperationName == Spans.Transfer ? $" {span.GetTagItem("pinnsweep.direction")}" : "";
            var children = own.Where(child => child.ParentSpanId == span.SpanId).Select(child => string.Join('\n', Lines(child, depth + 1))).Distinct().Order(StringComparer.Ordinal);
            return children.Prepend($"{new string(' ', 2 * depth)}{span.OperationName}{direction}{failed}");
        }
    }

    private async Task RunAsync(PinnSweep.Studies.Planning.StudyPlan plan)
    {
        var options = new LocalRunOptions
        {
            StorePath = _store.Path,
            TrainerPath = FakeTrainer.Path,
            Slots = 1,
            CheckpointEvery = TimeSpan.FromSeconds(0.1),
            ProgressEvery = TimeSpan.FromSeconds(0.05),
        };
        var run = await LocalRun.RunAsync(plan, "study: text", options, _log.Factory, new ActionProgress<StudyProgress>(_ => { }), CancellationToken.None).WaitAsync(Waiting.Patience);
        Assert.Equal(LocalRunEnd.Completed, run.End);
    }
}
