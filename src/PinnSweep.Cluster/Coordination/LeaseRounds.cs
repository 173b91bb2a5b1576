using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Telemetry;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;
using LogEvents = PinnSweep.Cluster.Logging.LogEvents;

namespace PinnSweep.Cluster.Coordination;

/// <summary>What the coordinator does with time: ends leases that ran out, and says again what may have gone lost.</summary>
/// <param name="batch">Takes the decisions.</param>
/// <param name="settings">Times.</param>
/// <param name="log">The coordinator's.</param>
internal sealed class LeaseRounds(DecisionBatch batch, CoordinatorSettings settings, ILogger log)
{
    private DateTimeOffset _lookedAt;

    /// <summary>After a recovery: every open lease gets one more term.</summary>
    public void Begin()
    {
        _lookedAt = batch.Now;
        batch.Leases.Extend(batch.State, _lookedAt);
    }

    public void LookAtTheClock()
    {
        var now = batch.Now;
        var late = now - _lookedAt - settings.TickEvery;
        _lookedAt = now;
        if (late > settings.TickEvery)
        {
            // A busy processor, a slow journal: nobody else is to blame for what was not heard meanwhile.
            LogEvents.ClockLate(log, late.TotalSeconds);
            batch.Leases.Excuse(late);
        }

        var expired = batch.Leases.Expired(now).ToLookup(batch.Roster.IsOffered);
        foreach (var untaken in expired[true].ToArray())
        {
            batch.Decide(new ReleaseTrial(untaken.Key, untaken.Number, "the worker did not take it"));
        }

        if (expired[false].ToImmutableArray() is { IsEmpty: false } lost)
        {
            CoordinatorMetrics.LeasesExpired(lost.Length);
            batch.Decide(new ExpireLeases(lost));
        }

        StopPaused();
        RepeatOffers(now);
    }

    /// <summary>
    /// Asks those who train for paused studies alone to write a checkpoint. Repeated with the clock, so nothing depends on one message.
    /// </summary>
    public void StopPaused()
    {
        var state = batch.State;
        if (!state.Studies.Values.Any(study => study is { IsPaused: true, Leased: > 0 }))
        {
            return;
        }

        foreach (var (key, lease) in state.Leases)
        {
            if (state.Places[key].All(place => !state.Studies[place.Study].IsOpen) && batch.Roster.Find(lease.Worker) is { } holder)
            {
                batch.Say(holder.Actor, new StopTrial(state.Epoch, new(key, lease.Attempt), "the study is paused"));
            }
        }
    }

    /// <summary>Messages get lost, and a worker's machine may be busy: a grant is said again, and taken twice it is begun once.</summary>
    private void RepeatOffers(DateTimeOffset now)
    {
        foreach (var (attempt, identity) in batch.Roster.OverdueOffers(now))
        {
            if (batch.Roster.Find(identity) is { } worker && batch.State.Trials[attempt.Key] is { Lease: { } lease } && lease.Attempt == attempt.Number)
            {
                batch.Roster.Offer(attempt, identity, now + settings.OfferTimeout);
                batch.Then(Followup.Start.Of(worker.Actor, batch.State, attempt, lease) with { Span = Spans.BeginTrace(attempt, identity.Name) });
            }
            else
            {
                batch.Roster.Taken(attempt);
                batch.Decide(new ReleaseTrial(attempt.Key, attempt.Number, "the worker did not take it"));
            }
        }
    }
}
