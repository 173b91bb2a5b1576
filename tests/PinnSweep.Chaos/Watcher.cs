using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Storage.Blobs;

namespace PinnSweep.Chaos;

/// <summary>A member of the cluster that neither coordinates nor trains and only asks; removed by a split, it joins again.</summary>
internal sealed class Watcher(ChaosSetup setup) : IAsyncDisposable
{
    private ClusterNode? _node;

    /// <summary>The answer, or null when nobody gives one soon.</summary>
    public async Task<T?> AskAsync<T>(object question)
        where T : class
    {
        if (_node is { Ended.IsCompleted: true } || _node?.System.WhenTerminated.IsCompleted == true)
        {
            await _node.DisposeAsync();
            _node = null;
        }

        _node ??= await ClusterNode.StartAsync(
            new("watcher", null, null) { Seeds = setup.Seeds, Profile = NodeProfile.Load(setup.Profile) },
            null,
            new NoBlobs(),
            NullLoggerFactory.Instance,
            TimeProvider.System);
        try
        {
            return await _node.Coordinator.Ask<T>(question, TimeSpan.FromSeconds(2));
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }
    }

    private sealed class NoBlobs : IBlobStore
    {
        public Task PutAsync(string path, string sha256, long bytes, CancellationToken cancel) => throw new NotSupportedException();

        public Task FetchAsync(string sha256, string path, CancellationToken cancel) => throw new NotSupportedException();
    }
}
