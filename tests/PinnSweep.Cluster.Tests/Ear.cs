using System.Collections.Concurrent;
using System.Threading.Channels;
using Akka.Actor;
using PinnSweep.Testing;

namespace PinnSweep.Cluster.Tests;

/// <summary>Hears what an actor would be told for whom a test speaks.</summary>
internal sealed class Ear
{
    private readonly Channel<object> _heard = Channel.CreateUnbounded<object>();
    private readonly ConcurrentQueue<object> _all = [];

    /// <summary>Everything from the beginning.</summary>
    public IReadOnlyCollection<object> All => _all;

    /// <summary>The actor whose mail this hears.</summary>
    public IActorRef In(ActorSystem system)
    {
        Action<object> hear = Hear;
        return system.ActorOf(Props.Create(() => new Listener(hear)));
    }

    /// <summary>The next message of a kind; those before it are passed over.</summary>
    /// <exception cref="TimeoutException">None came; the message holds what did.</exception>
    public async Task<T> HearAsync<T>(Func<T, bool>? that = null, TimeSpan? patience = null)
    {
        using var deadline = new CancellationTokenSource(patience ?? Waiting.Patience);
        try
        {
            while (true)
            {
                if (await _heard.Reader.ReadAsync(deadline.Token) is T heard && (that?.Invoke(heard) ?? true))
                {
                    return heard;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no {typeof(T).Name}; heard so far: {string.Join(", ", _all)}");
        }
    }

    private void Hear(object message)
    {
        _all.Enqueue(message);
        _heard.Writer.TryWrite(message);
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(Action<object> hear) => ReceiveAny(hear);
    }
}
