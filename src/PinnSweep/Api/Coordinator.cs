using Akka.Actor;
using PinnSweep.Cluster.Protocol;

namespace PinnSweep.Api;

/// <summary>Asks the coordinator, wherever it lives. No answer in time is told as "not now": it may be moving to another node.</summary>
internal sealed class Coordinator(IActorRef actor, TimeSpan timeout)
{
    public async Task<T> AskAsync<T>(IClusterMessage question, CancellationToken cancel)
    {
        try
        {
            return await actor.Ask<T>(question, timeout, cancel);
        }
        catch (AskTimeoutException)
        {
            throw RefusalException.NotNow("no coordinator answers; it may be starting or moving to another node", 2);
        }
    }

    /// <summary>Says something that needs no answer.</summary>
    public void Tell(IClusterMessage message) => actor.Tell(message);

    /// <summary>Orders something about a study that is known to be there.</summary>
    public async Task OrderAsync(IClusterMessage order, string study, CancellationToken cancel)
    {
        var answer = await AskAsync<StudyProtocol.StudyAnswer>(order, cancel);
        if (!answer.IsKnown)
        {
            throw RefusalException.NotFound($"study {study} is in the store, but was never submitted");
        }
    }
}
