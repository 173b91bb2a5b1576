using Akka.Actor;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// What a coordinator remembers of names for <see cref="NamePolicy"/>: who asked when, and who spoke without being registered. Volatile.
/// </summary>
/// <param name="lease">How long a lease lasts; a holder is silent for no longer while it lives.</param>
/// <param name="begun">When this coordinator began.</param>
internal sealed class NameClaims(TimeSpan lease, DateTimeOffset begun)
{
    private readonly Dictionary<string, DateTimeOffset> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<WorkerIdentity, DateTimeOffset> _strangers = [];

    /// <summary>Somebody spoke who is not registered here, as everybody is after a coordinator came anew.</summary>
    public void Heard(WorkerIdentity stranger, DateTimeOffset now) => _strangers[stranger] = now;

    /// <summary>Null when the worker may have its name; else the answer to it.</summary>
    public RegistrationRefused? Refuse(RegisterWorker register, IActorRef sender, CoordinatorState state, WorkerRoster roster, DateTimeOffset now, out bool isFirst)
    {
        var name = register.Worker.Name;
        isFirst = _asked.TryAdd(register.Worker.Incarnation, now);
        var claim = new NameClaim(register.Worker, NodeOf(sender), _asked[register.Worker.Incarnation], register.Buried);
        var holder = roster.Find(name) is { } entry
            ? new NameHolder(entry.Worker, NodeOf(entry.Actor), entry.HeardAt, lease, entry.Since, entry.Process)
            : Trainer(register.Worker, sender, state);
        var verdict = NamePolicy.Decide(holder, claim, now);
        if (verdict == NameVerdict.Granted)
        {
            Forget(now);
            _asked.Remove(register.Worker.Incarnation);
            _strangers.Remove(register.Worker);
            return null;
        }

        return new(state.Epoch, NamePolicy.Reason(holder!, now), verdict == NameVerdict.Refused, lease, holder!.Worker.Incarnation, holder.Process);
    }

    /// <summary>
    /// After a failover nobody is registered, and a twin may ask before the one that trains. That one tells its progress every second, so
    /// it will be heard soon. A worker in the coordinator's own process was started with it, and has no twin that trains.
    /// </summary>
    private NameHolder? Trainer(WorkerIdentity asks, IActorRef sender, CoordinatorState state)
    {
        var holders = state.Leases.Select(held => held.Lease.Worker).Where(worker => worker.Name == asks.Name).Distinct().ToArray();
        return holders.Length == 0 || holders.Contains(asks) || !sender.Path.Address.HasGlobalScope
            ? null
            : new(holders[0], null, holders.Select(worker => _strangers.GetValueOrDefault(worker, begun)).Max(), lease / 8);
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (incarnation, _) in _asked.Where(asked => now - asked.Value > 10 * lease).ToArray())
        {
            _asked.Remove(incarnation);
        }

        foreach (var (stranger, _) in _strangers.Where(heard => now - heard.Value > 10 * lease).ToArray())
        {
            _strangers.Remove(stranger);
        }
    }

    /// <summary>One process has an address at a time; without one, in the coordinator's own process, an actor stands for itself.</summary>
    private static string NodeOf(IActorRef actor) => actor.Path.Address.HasGlobalScope ? actor.Path.Address.ToString() : actor.Path.ToString();
}
