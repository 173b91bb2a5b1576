using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Akka.Actor;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Cluster.Hosting;

/// <summary>
/// Follows a study from any node of its cluster until it is settled. Whoever reads slowly misses states in between, never the newest.
/// </summary>
/// <param name="node">The node.</param>
/// <param name="studyHash">The study, which is in the store.</param>
/// <param name="clock">The clock of silences.</param>
public sealed class StudyFollower(ClusterNode node, string studyHash, TimeProvider clock)
{
    private const int Kept = 4;
    private readonly Channel<StudyStatus> _states =
        Channel.CreateBounded<StudyStatus>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>How the study is submitted first; null where it was.</summary>
    public StudySubmission? Submission { get; init; }

    /// <summary>Told again and again how long nobody has answered.</summary>
    public Action<TimeSpan> Silent { get; set; } = _ => { };

    /// <summary>Ends the following by a failure, once the states that were heard before are read.</summary>
    public void Fail(Exception cause) => _states.Writer.TryComplete(cause);

    /// <summary>States as the coordinator tells them; the last one is settled.</summary>
    public async IAsyncEnumerable<StudyStatus> StatesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        Action<StudyStatus> tell = status => _states.Writer.TryWrite(status);
        Action<Exception> fail = Fail;
        var actor = node.System.ActorOf(Props.Create(() => new StudyFollowerActor(studyHash, Submission, node.Coordinator, clock, tell, Silent, fail)));
        try
        {
            await foreach (var status in _states.Reader.ReadAllAsync(cancel))
            {
                yield return status;
                if (status.IsSettled)
                {
                    yield break;
                }
            }
        }
        finally
        {
            node.System.Stop(actor);
        }
    }
}
