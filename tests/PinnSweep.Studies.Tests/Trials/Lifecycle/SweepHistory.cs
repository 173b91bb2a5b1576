using System.Globalization;
using System.Text;
using CsCheck;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Studies.Tests.Trials.Lifecycle;

/// <summary>
/// Random lives of a coordinator: four trials in two overlapping studies, two workers, stale and invented attempts included.
/// </summary>
internal sealed class SweepHistory
{
    public static readonly LeasePolicy Policy = new(TimeSpan.FromSeconds(10), FaultLimit: 2, LostWorkerLimit: 3);

    private static readonly TrialKey[] Keys = [.. "abcd".Select(letter => new TrialKey(new string(letter, 64)))];
    private static readonly SubmitStudy First = new("first", "first", [Keys[0], Keys[1], Keys[2]]);
    private static readonly SubmitStudy Second = new("second", "second", [Keys[2], Keys[3]]);
    private static readonly Gen<WorkerIdentity> Workers =
        Gen.Select(OneOf("w1", "w2"), OneOf("1", "2"), (name, incarnation) => new WorkerIdentity(name, incarnation));

    private static readonly Gen<AttemptId> Attempts =
        Gen.Select(OneOf([.. Keys, new TrialKey(new string('e', 64))]), Gen.Int[0, 4], (key, number) => new AttemptId(key, number));

    public static readonly Gen<SweepCommand> Commands = Gen.Frequency(
        (1, OneOf<SweepCommand>(new BeginEpoch(), First, Second, new CancelStudy("first"), new CancelStudy("none"), new RetryStudy("second"), new PauseStudy("first"), new PauseStudy("none"), new ResumeStudy("first"),
            Second with { Placement = new(1, 1) }, First with { Seeds = 3 }, Second with { Seeds = 1 })),
        (6, Workers.Select(Gen.Int[1, 3], (worker, free) => (SweepCommand)new GrantWork(worker, free))),
        (3, Workers.Select(Gen.Int[1, 3], (worker, free) => (SweepCommand)new GrantWork(worker, new(free, 0), [new("w1", new(3, 0)), new("w2", new(2, 1))], free))),
        (5, Attempts.Select(Gen.Int[1, 9], (id, tag) => (SweepCommand)new AcceptResult(id.Key, id.Number, new($"result{tag}", tag, Outcome.Stalled, tag, tag, tag)))),
        (3, Attempts.Select(Gen.Int[1, 9], (id, step) => (SweepCommand)new RecordCheckpoint(id.Key, id.Number, new($"checkpoint{step}", step, step)))),
        (3, Attempts.Select(Gen.Enum<FaultKind>(), (id, kind) => (SweepCommand)new RecordFault(id.Key, id.Number, new(kind, "why", "")))),
        (1, Attempts.Select(id => (SweepCommand)new ReleaseTrial(id.Key, id.Number, "drain"))),
        (1, Attempts.Select(id => (SweepCommand)new LoseResult(id.Key, id.Number, "flipped"))),
        (1, Attempts.Select(Gen.Int[1, 9], (id, step) => (SweepCommand)new LoseCheckpoint(id.Key, id.Number, $"checkpoint{step}", "flipped"))),
        (1, Attempts.Array[0, 2].Select(ids => (SweepCommand)new ExpireLeases([.. ids]))),
        (1, Workers.Select(Attempts.Array[0, 2], (worker, ids) => (SweepCommand)new WelcomeWorker(worker, [.. ids]))),
        (1, Workers.Select(worker => (SweepCommand)new LoseWorker(worker, "gone"))));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    public CoordinatorState State { get; private set; } = CoordinatorState.Empty;

    public List<SweepEvent> Events { get; } = [];

    public List<(AcceptResult Command, Decision Decision, TrialState? Before)> Results { get; } = [];

    public static SweepHistory Of(IEnumerable<SweepCommand> commands)
    {
        var history = new SweepHistory();
        history.Do(new BeginEpoch());
        history.Do(First);
        foreach (var command in commands)
        {
            history.Do(command);
        }

        return history;
    }

    public Decision Do(SweepCommand command)
    {
        var decision = CoordinatorDecider.Decide(State, command, DateTimeOffset.UnixEpoch.AddSeconds(Events.Count), Policy);
        if (command is AcceptResult result)
        {
            Results.Add((result, decision, State.Trials.GetValueOrDefault(result.Key)));
        }

        Events.AddRange(decision.Events);
        State = State.ApplyAll(decision.Events);
        return decision;
    }

    /// <summary>The whole state as text: records with collections compare by reference, texts do not.</summary>
    public static string Dump(CoordinatorState state)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"epoch {state.Epoch}\n");
        foreach (var study in state.Studies.Values.OrderBy(study => study.Order))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{study.Hash} {study.Name} {study.Order} wanted={study.IsWanted} paused={study.IsPaused} {study.Placement} seeds={study.Seeds} seconds={study.SecondsTrained} leased={study.Leased} accepted={study.Accepted} quarantined={study.Quarantined} cancelled={study.Cancelled} faults={study.Faults} trials={string.Join(',', study.Trials)} waiting={string.Join(',', study.Waiting)}\n");
        }

        foreach (var trial in state.Trials.Values.OrderBy(trial => trial.Key.Hex, StringComparer.Ordinal))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{trial.Key.Short} {trial.Phase} granted={trial.Granted} forgiven={trial.Forgiven} lost={trial.LostThrough} overcome={trial.Overcome} reached={trial.Reached} checkpoint={trial.Checkpoint} faults={string.Join(',', trial.Faults)} places={string.Join(',', state.Places[trial.Key])}\n");
        }

        return text.Append(string.Join(',', state.Running.Select(key => key.Short).Order(StringComparer.Ordinal))).ToString();
    }
}
