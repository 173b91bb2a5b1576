using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Akka.Actor;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Cluster.Hosting;

/// <summary>Follows a study from any node of its cluster. Whoever reads slowly misses states in between, never the newest.</summary>
public static class StudyWatch
{
    private const int States = 4;
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(3);

    /// <summary>States as the coordinator tells them, without an end.</summary>
    public static async IAsyncEnumerable<StudyStatus> Of(ClusterNode node, string studyHash, [EnumeratorCancellation] CancellationToken cancel)
    {
        var channel = Channel.CreateBounded<StudyStatus>(new BoundedChannelOptions(States) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        var watcher = node.System.ActorOf(Props.Create(() => new Watcher(studyHash, node.Coordinator, channel.Writer)));
        try
        {
            await foreach (var status in channel.Reader.ReadAllAsync(cancel))
            {
                yield return status;
            }
        }
        finally
        {
            node.System.Stop(watcher);
        }
    }

    /// <summary>
    /// Stands for one reader. A coordinator that starts anew forgets who watches, so it is asked again and again. Persists nothing; stopped when the
    /// reader goes, which the coordinator notices.
    /// </summary>
    private sealed class Watcher : ReceiveActor, IWithTimers
    {
        public Watcher(string studyHash, IActorRef coordinator, ChannelWriter<StudyStatus> states)
        {
            Receive<Ask>(_ => coordinator.Tell(new WatchStudy(studyHash)));
            Receive<StudyStatus>(status => states.TryWrite(status));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartPeriodicTimer("ask", new Ask(), TimeSpan.Zero, AskAgain);

        private sealed record Ask : INoSerializationVerificationNeeded;
    }
}
