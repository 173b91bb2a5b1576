using System.Collections.Immutable;
using PinnSweep.Storage.Alerts;

namespace PinnSweep.Cluster.Alerts;

/// <summary>
/// Alerts on their way: which is sent next, and what becomes of it. A value; the store holds the same. Each hook is sent one at a time, so
/// that a slow one keeps nobody but itself, and what is given up makes room for what is new.
/// </summary>
/// <param name="Pending">What is to be taken still, the oldest first.</param>
/// <param name="Busy">Hooks that are being sent something.</param>
internal sealed record DeliveryQueue(ImmutableList<StoredDelivery> Pending, ImmutableHashSet<string> Busy)
{
    /// <summary>More are not kept.</summary>
    public const int Room = 1000;

    /// <summary>Nothing is on its way.</summary>
    public static DeliveryQueue Empty { get; } = new([], []);

    /// <summary>With further deliveries behind those that are there.</summary>
    public DeliveryQueue With(IEnumerable<StoredDelivery> added) => this with { Pending = Pending.AddRange(added) };

    /// <summary>The next one to be sent; null where none is due.</summary>
    /// <param name="plan">A hook that is in it no longer is sent nothing.</param>
    /// <param name="now">The time.</param>
    public StoredDelivery? Next(AlertPlan plan, DateTimeOffset now) => Pending
        .Where(delivery => delivery.NextAt <= now && !Busy.Contains(delivery.Hook) && plan.Find(delivery.Hook) is not null)
        .MinBy(delivery => delivery.NextAt);

    /// <summary>A try begins. The time of the next one stands before this one ends: nobody may be left to hear of its end.</summary>
    public (DeliveryQueue Queue, StoredDelivery Begun) Begin(StoredDelivery delivery, DeliveryTimes times, DateTimeOffset now)
    {
        var begun = delivery with { Attempts = delivery.Attempts + 1, NextAt = now + times.Pause(delivery.Alert.Id, delivery.Hook, delivery.Attempts + 1) };
        return (this with { Pending = Pending.Replace(delivery, begun), Busy = Busy.Add(delivery.Hook) }, begun);
    }

    /// <summary>A try has ended.</summary>
    public (DeliveryQueue Queue, StoredDelivery Ended) End(StoredDelivery begun, AlertAnswer answer, DeliveryTimes times, DateTimeOffset now)
    {
        var pause = times.Pause(begun.Alert.Id, begun.Hook, begun.Attempts);
        var wait = answer.Wait is { } wanted && wanted > pause ? (wanted < times.Longest ? wanted : times.Longest) : pause;
        var ended = answer.IsTaken
            ? begun with { State = DeliveryState.Delivered, NextAt = now, Reason = "" }
            : begun with { NextAt = now + wait, Reason = answer.Words };
        var at = Pending.FindIndex(delivery => delivery.Alert.Id == begun.Alert.Id && delivery.Hook == begun.Hook);
        var pending = at < 0 ? Pending : answer.IsTaken ? Pending.RemoveAt(at) : Pending.SetItem(at, ended);
        return (new(pending, Busy.Remove(begun.Hook)), ended);
    }

    /// <summary>What is no news any more, and what there is no room for, ends; nothing that is being sent right now does.</summary>
    public (DeliveryQueue Queue, ImmutableArray<StoredDelivery> GivenUp) GiveUp(DeliveryTimes times, DateTimeOffset now)
    {
        var over = Pending.Count - Room;
        var old = Pending.Where((delivery, index) => !Busy.Contains(delivery.Hook) && (index < over || now - delivery.Alert.At >= times.GiveUpAfter)).ToImmutableArray();
        return old.IsEmpty
            ? (this, [])
            : (this with { Pending = Pending.RemoveRange(old) }, [.. old.Select(delivery => delivery with { State = DeliveryState.GivenUp, NextAt = now })]);
    }
}
