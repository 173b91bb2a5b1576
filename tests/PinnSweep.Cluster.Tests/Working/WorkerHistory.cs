using System.Globalization;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Working;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Tests.Working;

/// <summary>
/// A random life of a worker with a GPU and two cores that share a trainer. Slots hear at once what they are told and are heard later, so what crosses on the
/// way crosses here; coordinators follow each other, and everything they say may come twice. After each decision the slots are compared
/// with what the worker believes of them.
/// </summary>
internal sealed class WorkerHistory
{
    private static readonly TrialKey[] Keys = [.. "abcd".Select(letter => new TrialKey(new string(letter, 64)))];
    private static readonly MachineTrouble[] Troubles =
        [new(TroubleKind.Disk, "no space left"), new(TroubleKind.Disk, "no space at all"), new(TroubleKind.Gpu, "it fell off the bus")];

    private static readonly MachineTrouble[] SlotTroubles = [.. Troubles, new(TroubleKind.Context, "an illegal address"), new(TroubleKind.Device, "an ECC error")];

    private static readonly WorkerPolicy Policy = new("0.1.0", null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60));

    private readonly List<StartTrial> _grants = [];
    private readonly Slot[] _slots;
    private long _epoch = 3;
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    public WorkerHistory()
    {
        State = new(
            new("w", "1"),
            [new(0, Devices.Gpu) { Pack = 0, Gpu = 7 }, new(1, Devices.Cpu) { Pack = 1 }, new(2, Devices.Cpu) { Pack = 1 }],
            new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)),
            _now,
            _now);
        _slots = [.. State.Slots.Select(slot => new Slot(slot.Number))];
    }

    public WorkerState State { get; private set; }

    /// <summary>Each decision: the state before, what was heard, and what followed.</summary>
    public List<(WorkerState Before, WorkerCommand Command, IReadOnlyList<WorkerAct> Acts, WorkerState After)> Decisions { get; } = [];

    /// <summary>What the slots and the worker's beliefs of them say against each other.</summary>
    public List<string> Contradictions { get; } = [];

    public IEnumerable<WorkerAct> Acts => Decisions.SelectMany(decision => decision.Acts);

    public static WorkerHistory Of(IEnumerable<WorkerMove> moves)
    {
        var history = new WorkerHistory();
        history.Do(new WorkerCommand.SeeMachine(null));
        history.Hear(new WorkerRegistered(history._epoch, TimeSpan.FromSeconds(60), []));
        foreach (var move in moves)
        {
            history.Do(move);
        }

        return history;
    }

    /// <summary>Every slot ends what it trains, everybody is heard, and every report is acknowledged.</summary>
    public void Settle()
    {
        foreach (var slot in _slots)
        {
            slot.End(new ReportContent.Released("the end"));
        }

        while (Array.Exists(_slots, slot => slot.Said.Count > 0))
        {
            foreach (var slot in _slots)
            {
                HearSlot(slot);
            }
        }

        foreach (var report in State.Outbox.Open.ToArray())
        {
            Hear(new ReportAcknowledged(_epoch, report.Number, true));
        }
    }

    public IReadOnlyList<WorkerAct> Do(WorkerCommand command)
    {
        var before = State;
        var acts = WorkerDecider.Decide(State, command, _now, Policy);
        foreach (var act in acts)
        {
            State = State.Apply(act);
            CarryOut(act);
        }

        Decisions.Add((before, command, acts, State));
        Compare(command);
        return acts;
    }

    /// <summary>What matters of a state: collections compare by reference, texts do not.</summary>
    public static string Dump(WorkerState state) => string.Create(
        CultureInfo.InvariantCulture,
        $"{state.Epoch} {state.IsRegistered} {state.Drain} {state.IsChecked} {state.Trouble} {state.Buried} slots={string.Join(',', state.Slots)} open={string.Join(',', state.Outbox.Open)} limits={string.Join(',', state.PackLimits)} crashed={state.Crashes.Crashed.Count} gpus={string.Join(',', state.Gpus.Select(gpu => $"{gpu.Key} {gpu.Value.Strikes} {gpu.Value.Drained} {string.Join('+', gpu.Value.Ending)}"))}");

    private void Do(WorkerMove move)
    {
        var slot = _slots[move.First % _slots.Length];
        switch (move.Kind)
        {
            case WorkerMoveKind.Grant:
                var key = Keys[move.First % Keys.Length];
                var number = 1 + _grants.Count(grant => grant.Attempt.Key == key);
                _grants.Add(new(_epoch, new(key, number), "{}", null, (move.Second % 4) switch { 0 => Devices.Gpu, 1 => Devices.Cpu, _ => null }, 1 + (move.Second / 8)));
                Hear(_grants[^1]);
                break;
            case WorkerMoveKind.GrantAgain when Granted(move) is { } grant && State.Holding.Contains(grant.Attempt):
                Hear(grant with { Epoch = _epoch });
                break;
            case WorkerMoveKind.GrantOfThePast:
                // An attempt of its own, for a coordinator never grants again what another granted and counted as ended.
                Hear(new StartTrial(_epoch - 1, new(Keys[0], 1000 + (int)_epoch), "{}", null));
                break;
            case WorkerMoveKind.Acknowledge when State.Outbox.Open.FirstOrDefault() is { } report:
                Hear(new ReportAcknowledged(_epoch, report.Number, move.Second % 2 == 0));
                break;
            case WorkerMoveKind.AcknowledgeAnything:
                Hear(new ReportAcknowledged(_epoch, move.Second, true));
                break;
            case WorkerMoveKind.AbandonAttempt when Granted(move) is { } grant:
                Hear(new AbandonTrial(_epoch, grant.Attempt));
                break;
            case WorkerMoveKind.StopAttempt when Granted(move) is { } grant:
                Hear(new StopTrial(_epoch, grant.Attempt, "the study is paused"));
                break;
            case WorkerMoveKind.Registered:
                Hear(new WorkerRegistered(_epoch, TimeSpan.FromSeconds(60), Granted(move) is { } given ? [given.Attempt] : []));
                break;
            case WorkerMoveKind.Unknown:
                Hear(new RegistrationRequired(_epoch));
                break;
            case WorkerMoveKind.WorkAvailable:
                Hear(new WorkAvailable(_epoch));
                break;
            case WorkerMoveKind.DrainRequested when move.First == 0:
                Hear(new DrainRequested(_epoch));
                break;
            case WorkerMoveKind.RestRequested:
                Hear(new RestRequested(_epoch));
                break;
            case WorkerMoveKind.WorkRequested:
                Hear(new WorkRequested(_epoch));
                break;
            case WorkerMoveKind.NameRefused:
                Hear(new RegistrationRefused(_epoch, "held", move.Second == 0, TimeSpan.FromSeconds(60), "before"));
                break;
            case WorkerMoveKind.NextCoordinator:
                _epoch++;
                break;
            case WorkerMoveKind.SlotEnds:
                slot.End(Ending(move.Second));
                break;
            case WorkerMoveKind.SlotStores when slot.Training is { } attempt:
                slot.Said.Enqueue(new WorkerCommand.HearReport(attempt, new ReportContent.Checkpointed(new("blob", 1, move.Second))));
                break;
            case WorkerMoveKind.SlotObeys when slot.StopReason is { } reason:
                slot.End(new ReportContent.Released(reason));
                break;
            case WorkerMoveKind.SlotDies:
                slot.Die();
                break;
            case WorkerMoveKind.SlotIsHeard:
                HearSlot(slot);
                break;
            case WorkerMoveKind.SlotMeetsTrouble when slot.Training is not null:
                slot.Said.Enqueue(new WorkerCommand.HearTrouble(SlotTroubles[move.Second % SlotTroubles.Length], slot.Number));
                slot.End(new ReportContent.Released("no fault of the trial"));
                break;
            case WorkerMoveKind.SlotIsCrowded when slot.Training is not null:
                slot.Said.Enqueue(new WorkerCommand.HearCrowd(slot.Number, 2 + (move.Second % 2), move.Second % 3 == 0, "it crashed"));
                slot.End(new ReportContent.Released("no fault of the trial as far as is known"));
                break;
            case WorkerMoveKind.MachineSeen:
                Do(new WorkerCommand.SeeMachine(move.Second < 6 ? null : Troubles[move.Second % Troubles.Length]));
                break;
            case WorkerMoveKind.BlobsRefused when move.First == 0 && slot.Training is not null:
                slot.Said.Enqueue(new WorkerCommand.HearRefusal("no token"));
                slot.End(new ReportContent.Released("the worker's blobs are refused"));
                break;
            case WorkerMoveKind.Time:
                _now += TimeSpan.FromSeconds(move.First == 0 ? 100 : move.Second);
                break;
            case WorkerMoveKind.Timer:
                Do((move.First % 4) switch
                {
                    0 => new WorkerCommand.SayWhoIAm(),
                    1 => new WorkerCommand.Poll(),
                    2 => new WorkerCommand.Renew(),
                    _ => new WorkerCommand.Repeat(),
                });
                break;
            case WorkerMoveKind.Drain when move.First == 0:
                Do(new WorkerCommand.Drain());
                break;
        }
    }

    private void Hear(IFromCoordinator message) => Do(new WorkerCommand.Hear(message));

    private StartTrial? Granted(WorkerMove move) => _grants.Count == 0 ? null : _grants[^(1 + (move.Second % Math.Min(4, _grants.Count)))];

    private static ReportContent Ending(int kind) => kind switch
    {
        < 4 => new ReportContent.Finished(new("blob", 1, Outcome.Converged, 1, 0.5, 1)),
        < 10 => new ReportContent.Faulted(new(FaultKind.Crash, "it crashed", "")),
        _ => new ReportContent.Faulted(new(FaultKind.Error, "it failed", "")),
    };

    private void HearSlot(Slot slot)
    {
        if (slot.Said.TryDequeue(out var said))
        {
            Do(said);
        }
    }

    private void CarryOut(WorkerAct act)
    {
        switch (act)
        {
            case WorkerAct.Occupy occupy:
                var slot = _slots[occupy.Slots[0]];
                if (slot.Training is { } other)
                {
                    Contradictions.Add($"slot {slot.Number} trains {other} and is given {occupy.Start.Attempt}");
                }

                slot.Begin(occupy.Start.Attempt);
                break;
            case WorkerAct.Abandon abandon:
                _slots[abandon.Slot].Abandon(abandon.Attempt);
                break;
            case WorkerAct.StopSlot stop:
                _slots[stop.Slot].Stop(stop.Reason);
                break;
            case WorkerAct.ReplaceSlot replace:
                _slots[replace.Slot] = new(replace.Slot);
                break;
        }
    }

    private void Compare(WorkerCommand command)
    {
        foreach (var slot in _slots)
        {
            if (slot.Training is { } attempt && State.SlotOf(attempt)?.Number != slot.Number)
            {
                Contradictions.Add($"after {command}: slot {slot.Number} trains {attempt}, and the worker does not know");
            }
        }

        foreach (var place in State.Occupied.Where(place => place.Trains))
        {
            var attempt = place.Attempt!.Value;
            var slot = _slots[place.Number];
            if (slot.Training != attempt && !slot.IsDead && !slot.Said.Any(said => said is WorkerCommand.HearReport report && report.Attempt == attempt))
            {
                Contradictions.Add($"after {command}: slot {slot.Number} is occupied for {attempt}, which nobody trains");
            }
        }
    }

    /// <summary>A slot as it is, which need not be what the worker believes.</summary>
    private sealed class Slot(int number)
    {
        public int Number => number;

        public AttemptId? Training { get; private set; }

        public string? StopReason { get; private set; }

        public bool IsDead { get; private set; }

        /// <summary>What the worker has not heard yet.</summary>
        public Queue<WorkerCommand> Said { get; } = new();

        public void Begin(AttemptId attempt)
        {
            if (!IsDead)
            {
                (Training, StopReason) = (attempt, null);
            }
        }

        public void Stop(string reason) => StopReason = Training is null ? null : reason;

        public void Abandon(AttemptId attempt)
        {
            if (Training == attempt)
            {
                (Training, StopReason) = (null, null);
            }
        }

        public void End(ReportContent content)
        {
            if (Training is { } attempt)
            {
                Said.Enqueue(new WorkerCommand.HearReport(attempt, content));
                (Training, StopReason) = (null, null);
            }
        }

        public void Die()
        {
            if (!IsDead)
            {
                Said.Enqueue(new WorkerCommand.LoseSlot(number));
                (Training, StopReason, IsDead) = (null, null, true);
            }
        }
    }
}
