using PinnSweep.Storage.Blobs;
using PinnSweep.Testing;

namespace PinnSweep.Cluster.Tests.Hosting;

[Collection("several nodes")]
public sealed class NodeStopTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_node_whose_slots_wait_for_a_store_that_is_away_still_ends()
    {
        var away = new StoreThatIsAway();
        await using var cluster = new TestCluster(output) { BlobsOfWorkers = away };
        await cluster.StartAsync("coordinator", coordinates: true, slots: -1, "coordinator", "w1");
        var worker = await cluster.StartAsync("w1", coordinates: false, slots: 1, "coordinator", "w1");
        await cluster.SubmitAsync(TestStudies.Plan("away", 20, 1, TestStudies.Calm(pause: 1)));
        await away.Asked.Task.WaitAsync(Waiting.Patience, TestContext.Current.CancellationToken);

        await worker.DisposeAsync().AsTask().WaitAsync(Waiting.Patience, TestContext.Current.CancellationToken);

        Assert.True(worker.System.WhenTerminated.IsCompleted);
    }

    /// <summary>Waits as the real ones do while nobody answers: until it is told to give up.</summary>
    private sealed class StoreThatIsAway : IBlobStore
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task PutAsync(string path, string sha256, long bytes, CancellationToken cancel)
        {
            Asked.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, cancel);
        }

        public Task FetchAsync(string sha256, string path, CancellationToken cancel) => PutAsync(path, sha256, 0, cancel);
    }
}
