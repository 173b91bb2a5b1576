using System.Collections.Immutable;
using Akka.Actor;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Coordination;

/// <summary>A worker that is registered now.</summary>
internal sealed record RosterEntry(WorkerIdentity Worker, IActorRef Actor, SlotCount Slots, string Software)
{
    /// <summary>Slots it asked to fill in vain.</summary>
    public int Unfilled { get; set; }

    /// <summary>Whether it takes work, as it last said.</summary>
    public WorkerMode Mode { get; set; }

    /// <summary>What it was told to do and has not said that it does; null where nothing is open.</summary>
    public WorkerMode? Asked { get; set; }

    /// <summary>How often it was told that.</summary>
    public int AskedTimes { get; set; }

    /// <summary>It takes nothing new, or was told so.</summary>
    public bool IsDraining => Mode is WorkerMode.Resting or WorkerMode.Draining || Asked is WorkerMode.Resting or WorkerMode.Draining;

    /// <summary>Why its machine cannot train now; null when it can.</summary>
    public string? Paused { get; set; }

    /// <summary>Its process, where it said.</summary>
    public ProcessIdentity? Process { get; init; }

    /// <summary>What its machine is, where it said.</summary>
    public MachineFacts? Machine { get; init; }

    /// <summary>What it last told of itself.</summary>
    public WorkerPulse? Pulse { get; set; }

    /// <summary>Where attempts are trained that it held when it last told so.</summary>
    public IReadOnlyDictionary<AttemptId, HeldPlace> Places { get; set; } = ImmutableDictionary<AttemptId, HeldPlace>.Empty;

    /// <summary>When it registered, on the wall clock.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When it last spoke.</summary>
    public DateTimeOffset HeardAt { get; set; }
}

/// <summary>
/// Who is registered, what they wait for, and which granted attempts they have not taken yet. Volatile: a new coordinator starts with an
/// empty one and workers register again.
/// </summary>
internal sealed class WorkerRoster
{
    private readonly Dictionary<string, RosterEntry> _workers = new(StringComparer.Ordinal);
    private readonly Dictionary<AttemptId, (WorkerIdentity Worker, DateTimeOffset Until)> _offers = [];

    public int Count => _workers.Count;

    public IEnumerable<RosterEntry> Workers => _workers.Values.OrderBy(entry => entry.Worker.Name, StringComparer.Ordinal);

    /// <summary>The workers as placement sees them.</summary>
    public ImmutableArray<FleetMember> Fleet => [.. _workers.Values.Select(entry => new FleetMember(entry.Worker.Name, entry.Slots, entry.IsDraining, entry.Paused))];

    public RosterEntry? Find(string name) => _workers.GetValueOrDefault(name);

    public RosterEntry? Find(WorkerIdentity worker) =>
        _workers.TryGetValue(worker.Name, out var entry) && entry.Worker == worker ? entry : null;

    /// <summary>The entry that it replaces, if any.</summary>
    public RosterEntry? Welcome(RosterEntry entry)
    {
        var before = _workers.GetValueOrDefault(entry.Worker.Name);
        _workers[entry.Worker.Name] = entry;
        return before;
    }

    public RosterEntry? Remove(IActorRef actor)
    {
        var entry = _workers.Values.FirstOrDefault(known => known.Actor.Equals(actor));
        if (entry is not null)
        {
            _workers.Remove(entry.Worker.Name);
        }

        return entry;
    }

    /// <summary>Those whose last request was not filled; each is named once for each request.</summary>
    public IEnumerable<RosterEntry> TakeHungry()
    {
        foreach (var entry in _workers.Values.Where(entry => entry.Unfilled > 0))
        {
            entry.Unfilled = 0;
            yield return entry;
        }
    }

    public void Offer(AttemptId attempt, WorkerIdentity worker, DateTimeOffset until) => _offers[attempt] = (worker, until);

    public void Taken(AttemptId attempt) => _offers.Remove(attempt);

    public IEnumerable<AttemptId> OffersTo(WorkerIdentity worker) => _offers.Where(offer => offer.Value.Worker == worker).Select(offer => offer.Key);

    /// <summary>Granted, and the worker has not said that it has it.</summary>
    public bool IsOffered(AttemptId attempt) => _offers.ContainsKey(attempt);

    /// <summary>Offers to repeat, each with the worker it was made to.</summary>
    public (AttemptId Attempt, WorkerIdentity Worker)[] OverdueOffers(DateTimeOffset now) =>
        [.. _offers.Where(offer => offer.Value.Until <= now).Select(offer => (offer.Key, offer.Value.Worker))];
}
