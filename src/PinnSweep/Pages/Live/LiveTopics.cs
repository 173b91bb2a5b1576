using PinnSweep.Cluster.Logging;
using Microsoft.Extensions.Logging;

namespace PinnSweep.Pages.Live;

/// <summary>
/// The things that are looked at now. Each has one source however many look, which begins with the first of them and ends with the last.
/// </summary>
/// <param name="log">Where a source that failed is told.</param>
/// <param name="stopping">The node stops: everybody is let go, to come back at another.</param>
internal sealed class LiveTopics(ILogger log, CancellationToken stopping)
{
    private readonly Dictionary<string, Looked> _looked = new(StringComparer.Ordinal);

    /// <summary>Things that somebody looks at.</summary>
    public int Count
    {
        get
        {
            lock (_looked)
            {
                return _looked.Count;
            }
        }
    }

    /// <summary>When the node stops.</summary>
    public CancellationToken Stopping => stopping;

    /// <summary>Looks at something; disposed of when nobody reads on.</summary>
    /// <param name="name">What.</param>
    /// <param name="source">Tells it until it is cancelled.</param>
    public Listening Listen(string name, Func<LiveTopic, CancellationToken, Task> source)
    {
        lock (_looked)
        {
            if (!_looked.TryGetValue(name, out var looked))
            {
                _looked[name] = looked = new(stopping);
                looked.Telling = TellAsync(source, looked);
            }

            looked.Listeners++;
            return new(this, name, looked.Topic);
        }
    }

    private async Task TellAsync(Func<LiveTopic, CancellationToken, Task> source, Looked looked)
    {
        var cancel = looked.End.Token;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await Task.Yield();
                await source(looked.Topic, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }
            catch (Exception defect)
            {
                LogEvents.RequestFailed(log, defect, "GET", "live");
                await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private void Leave(string name)
    {
        Looked looked;
        lock (_looked)
        {
            looked = _looked[name];
            if (--looked.Listeners > 0)
            {
                return;
            }

            _looked.Remove(name);
        }

        looked.End.Cancel();
        _ = looked.Telling.ContinueWith(_ => looked.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>One who looks.</summary>
    internal sealed class Listening(LiveTopics topics, string name, LiveTopic topic) : IDisposable
    {
        private int _isOver;

        /// <summary>What is told.</summary>
        public LiveTopic Topic => topic;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                topics.Leave(name);
            }
        }
    }

    private sealed class Looked(CancellationToken stopping) : IDisposable
    {
        public LiveTopic Topic { get; } = new();

        public CancellationTokenSource End { get; } = CancellationTokenSource.CreateLinkedTokenSource(stopping);

        public Task Telling { get; set; } = Task.CompletedTask;

        public int Listeners { get; set; }

        public void Dispose() => End.Dispose();
    }
}
