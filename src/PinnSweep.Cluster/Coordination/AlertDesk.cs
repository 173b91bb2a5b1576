using Akka.Actor;
using PinnSweep.Cluster.Alerts;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// Shows from time to time what is to be told to people, after it is in the journal and in the tables. The state is shared and not copied,
/// so this costs the coordinator nothing.
/// </summary>
/// <param name="batch">Has the state and the workers.</param>
/// <param name="alerts">Who tells it; nobody where nothing is told.</param>
/// <param name="every">How often.</param>
internal sealed class AlertDesk(DecisionBatch batch, IActorRef alerts, TimeSpan every)
{
    private DateTimeOffset? _at;

    /// <summary>Asked often; shows when it is time.</summary>
    public void Look()
    {
        if (alerts.IsNobody() || (_at is { } last && batch.Now - last < every))
        {
            return;
        }

        _at = batch.Now;
        batch.Say(alerts, new ClusterSight(batch.State, batch.Roster.Fleet));
    }
}
