using System.Collections.Immutable;
using Akka.Actor;
using PinnSweep.Cluster.Telemetry;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// What is decided and not yet handed to the journal, and what is to be said once it is durable. The state runs ahead of the journal by one
/// batch; commands that arrive while a batch is being written share the next one.
/// </summary>
/// <param name="settings">Leases and quarantine.</param>
/// <param name="clock">The coordinator's.</param>
/// <param name="flushSoon">Called once when something is there to be written.</param>
internal sealed class DecisionBatch(CoordinatorSettings settings, SteadyClock clock, Action flushSoon)
{
    private readonly List<SweepEvent> _events = [];
    private readonly List<Followup> _followups = [];

    public CoordinatorState State { get; private set; } = CoordinatorState.Empty;

    public LeaseClock Leases { get; } = new(settings.Policy.LeaseDuration);

    public WorkerRoster Roster { get; } = new();

    public StudyWatchers Watchers { get; } = new();

    /// <summary>How many trials stand where; from <see cref="Begin"/> on.</summary>
    public TrialTally Tally { get; } = new();

    public DateTimeOffset Now => clock.Now;

    /// <summary>Whether something waits to be written or said.</summary>
    public bool IsDue { get; private set; }

    /// <summary>The state of a snapshot.</summary>
    public void Restore(CoordinatorState state) => State = state;

    /// <summary>An event of the journal.</summary>
    public void Replay(SweepEvent happened) => State = State.Apply(happened);

    /// <summary>The journal has been read.</summary>
    public void Begin() => Tally.Begin(State);

    public Decision Decide(SweepCommand command)
    {
        var decision = CoordinatorDecider.Decide(State, command, clock.Now, settings.Policy);
        foreach (var happened in decision.Events)
        {
            var before = State;
            State = State.Apply(happened);
            Leases.Follow(happened);
            Tally.Follow(before, happened, State);
            _events.Add(happened);
            if (happened is TrialEvent about && before.Trials[about.Key].Lease is { } ended && State.Trials[about.Key].Lease is null)
            {
                EndAttempt(new(about.Key, ended.Attempt), ended.Worker, about);
            }
        }

        if (decision.Events.Any(happened => happened is StudySubmitted or StudyResumed or TrialRetried or TrialFaulted or TrialReleased or TrialResultLost))
        {
            foreach (var worker in Roster.TakeHungry())
            {
                Say(worker.Actor, new WorkAvailable(State.Epoch));
            }
        }

        if (decision.Events.Count > 0)
        {
            foreach (var study in Watchers.Studies.Where(study => State.Studies.GetValueOrDefault(study)?.IsSettled ?? false))
            {
                Announce(study);
            }

            FlushSoon();
        }

        return decision;
    }

    /// <summary>Tells those who watch a study where it stands.</summary>
    public void Announce(string study)
    {
        foreach (var followup in Watchers.TellAll(State, study))
        {
            Then(followup);
        }
    }

    public void Say(IActorRef to, object message) => Then(new Followup.Say(to, message));

    public void Then(Followup followup)
    {
        _followups.Add(followup);
        FlushSoon();
    }

    /// <summary>What is to be written and then said; a new batch begins.</summary>
    public (ImmutableArray<SweepEvent> Events, ImmutableArray<Followup> Followups) Take()
    {
        IsDue = false;
        var taken = (_events.ToImmutableArray(), _followups.ToImmutableArray());
        _events.Clear();
        _followups.Clear();
        return taken;
    }

    private void EndAttempt(AttemptId attempt, WorkerIdentity worker, TrialEvent ending)
    {
        Roster.Taken(attempt);
        Watchers.Forget(attempt);
        var isItsOwnWord = ending is TrialReleased
            || (ending is TrialAccepted accepted && accepted.Attempt == attempt.Number)
            || (ending is TrialFaulted faulted && faulted.Record.Fault.Kind != FaultKind.LostWorker);
        if (!isItsOwnWord && Roster.Find(worker) is { } holder)
        {
            Say(holder.Actor, new AbandonTrial(State.Epoch, attempt));
        }
    }

    private void FlushSoon()
    {
        if (!IsDue)
        {
            IsDue = true;
            flushSoon();
        }
    }
}
