using System.Diagnostics;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Telemetry;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;
using LogEvents = PinnSweep.Cluster.Logging.LogEvents;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// What the coordinator does with what workers say: registers them, grants what they ask for, and hears of their attempts.
/// </summary>
/// <param name="batch">Takes the decisions.</param>
/// <param name="settings">Times.</param>
/// <param name="wall">The clock that people read.</param>
/// <param name="shapes">What shapes the trials have that wait.</param>
/// <param name="watching">The coordinator, which is told when a worker is gone.</param>
/// <param name="log">The coordinator's.</param>
internal sealed class WorkerDesk(DecisionBatch batch, CoordinatorSettings settings, TimeProvider wall, ShapeBook shapes, ICanWatch watching, ILogger log)
{
    private readonly NameClaims _names = new(settings.Policy.LeaseDuration, batch.Now);

    /// <summary>What people order workers to do.</summary>
    public WorkerOrders Orders { get; } = new(batch);

    public void Register(RegisterWorker register, IActorRef sender)
    {
        if (_names.Refuse(register, sender, batch.State, batch.Roster, batch.Now, out var isFirst) is { } refusal)
        {
            if (isFirst || refusal.IsFinal)
            {
                LogEvents.RegistrationRefused(log, register.Worker.Name, refusal.Reason);
            }

            batch.Say(sender, refusal);
            return;
        }

        var entry = new RosterEntry(register.Worker, sender, register.Slots, register.Software)
        {
            Mode = register.Mode == WorkerMode.Untold && register.IsDraining ? WorkerMode.Draining : register.Mode,
            Asked = batch.Roster.Find(register.Worker)?.Asked,
            AskedTimes = batch.Roster.Find(register.Worker)?.AskedTimes ?? 0,
            Paused = register.Paused,
            Process = register.Process,
            Machine = register.Machine?.Bounded(),
            HeardAt = batch.Now,
            Since = batch.Roster.Find(register.Worker)?.Since ?? wall.GetUtcNow(),
        };
        if (batch.Roster.Welcome(entry) is { } before && !before.Actor.Equals(sender))
        {
            watching.Unwatch(before.Actor);
        }

        watching.Watch(sender);
        Orders.Follow(entry);
        // An attempt on its way to the worker is not lost.
        batch.Decide(new WelcomeWorker(register.Worker, [.. register.Holding, .. batch.Roster.OffersTo(register.Worker)]));
        LogEvents.WorkerRegistered(log, register.Worker.Name, register.Slots.Total, register.Holding.Length);
        batch.Say(sender, new WorkerRegistered(
            batch.State.Epoch, settings.Policy.LeaseDuration, [.. register.Holding.Where(attempt => !Holds(register.Worker, attempt))], settings.BlobUrl));
    }

    public void Grant(RequestWork request, IActorRef sender)
    {
        if (batch.Roster.Find(request.Worker) is not { } worker)
        {
            AskToRegister(request.Worker, sender);
            return;
        }

        worker.HeardAt = batch.Now;
        if (shapes.Holds(request, sender, batch.State))
        {
            return;
        }

        // What is on its way will fill slots that the worker still counts as free, and an old request counts slots that are filled by now.
        var leased = batch.State.Leases.Where(held => held.Lease.Worker == worker.Worker).Sum(held => held.Lease.Slots);
        var free = request.Free.AtMost(worker.Slots.Total - leased);

        var granted = batch.Decide(new GrantWork(worker.Worker, free, batch.Roster.Fleet, request.SecondsLeft) { Most = request.Most, Shapes = shapes.WishOf(request) }).Events.OfType<TrialLeased>().ToArray();
        worker.Unfilled = Math.Max(0, free.Total - granted.Sum(grant => grant.Lease.Slots));
        foreach (var grant in granted)
        {
            var attempt = new AttemptId(grant.Key, grant.Lease.Attempt);
            batch.Roster.Offer(attempt, worker.Worker, grant.At + settings.OfferTimeout);
            batch.Then(Followup.Start.Of(worker.Actor, batch.State, attempt, grant.Lease) with { Span = Spans.BeginTrace(attempt, worker.Worker.Name) });
        }
    }

    /// <summary>Shapes were read that requests waited for.</summary>
    public void Note(WriterMessages.ShapesRead read)
    {
        foreach (var (request, sender) in shapes.Note(read, batch.State))
        {
            Grant(request, sender);
        }
    }

    public void Hear(Report report, IActorRef sender)
    {
        var (key, number) = report.Attempt;
        var span = Spans.Begin(report.Content is ReportContent.Finished ? Spans.Accept : Spans.Record, report.TraceParent, report.Attempt, ActivityKind.Consumer);
        batch.Roster.Taken(report.Attempt);
        if (!report.Content.EndsAttempt)
        {
            Alive(report.Worker, report.Attempt, sender);
        }

        var decision = batch.Decide(report.Content switch
        {
            ReportContent.Checkpointed checkpointed => new RecordCheckpoint(key, number, checkpointed.Checkpoint),
            ReportContent.CheckpointLost lost => new LoseCheckpoint(key, number, lost.Blob, lost.Reason),
            ReportContent.Finished finished => new AcceptResult(key, number, finished.Result),
            ReportContent.Faulted faulted => new RecordFault(key, number, faulted.Fault),
            ReportContent.Released released => new ReleaseTrial(key, number, released.Reason),
            _ => throw new ArgumentOutOfRangeException(nameof(report), report.Content.GetType().Name, "not a report"),
        });
        var isCounted = decision.Events.Count > 0;
        if (!isCounted)
        {
            LogEvents.ReportNotCounted(log, key, number, report.Worker.Name, decision.Rejection);
        }

        span?.SetTag("pinnsweep.report", report.Content.GetType().Name).SetTag("pinnsweep.counted", isCounted);
        batch.Then(new Followup.Say(sender, new ReportAcknowledged(batch.State.Epoch, report.Number, isCounted)) { Span = span });
    }

    public void Renew(RenewLeases renewal, IActorRef sender)
    {
        if (batch.Roster.Find(renewal.Worker) is not { } worker)
        {
            AskToRegister(renewal.Worker, sender);
        }
        else
        {
            worker.HeardAt = batch.Now;
            NotePause(worker, renewal.Paused);
            NotePulse(worker, renewal);
            worker.Mode = renewal.Mode == WorkerMode.Untold ? worker.Mode : renewal.Mode;
            Orders.Follow(worker);
            batch.Say(sender, new LeasesRenewed(batch.State.Epoch));
        }

        foreach (var attempt in renewal.Holding)
        {
            Alive(renewal.Worker, attempt, sender);
        }
    }

    /// <summary>Renews the lease of a living attempt; tells the worker where it has none.</summary>
    public bool Alive(WorkerIdentity worker, AttemptId attempt, IActorRef sender)
    {
        batch.Roster.Taken(attempt);
        if (batch.Roster.Find(worker) is { } known)
        {
            known.HeardAt = batch.Now;
        }
        else
        {
            AskToRegister(worker, sender);
        }

        if (Holds(worker, attempt))
        {
            return batch.Leases.Renew(attempt, batch.Now);
        }

        batch.Say(sender, new AbandonTrial(batch.State.Epoch, attempt));
        return false;
    }

    /// <summary>False when it was no worker that is gone.</summary>
    public bool Lose(IActorRef gone)
    {
        if (batch.Roster.Remove(gone) is not { } worker)
        {
            return false;
        }

        LogEvents.WorkerLost(log, worker.Worker.Name);
        batch.Decide(new LoseWorker(worker.Worker, "the worker left the cluster"));
        return true;
    }

    private void AskToRegister(WorkerIdentity worker, IActorRef sender)
    {
        _names.Heard(worker, batch.Now);
        batch.Say(sender, new RegistrationRequired(batch.State.Epoch));
    }

    private static void NotePulse(RosterEntry worker, RenewLeases renewal)
    {
        worker.Pulse = renewal.Pulse?.WithoutPlaces();
        worker.Places = renewal.Holding.Zip(renewal.Pulse?.Places ?? []).DistinctBy(held => held.Item1).ToDictionary();
    }

    private void NotePause(RosterEntry worker, string? why)
    {
        if (why is null && worker.Paused is not null)
        {
            LogEvents.WorkerSaysItGoesOn(log, worker.Worker.Name);
        }
        else if (why is not null && worker.Paused is null)
        {
            LogEvents.WorkerSaysItPauses(log, worker.Worker.Name, why);
        }

        worker.Paused = why;
    }

    private bool Holds(WorkerIdentity worker, AttemptId attempt) =>
        batch.State.Trials.GetValueOrDefault(attempt.Key)?.Lease is { } lease && lease.Attempt == attempt.Number && lease.Worker == worker;
}
