using System.Collections.Immutable;

namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>
/// What becomes of the checkpoint at the end of a trial. In a study in stages it is kept as long as a stage is still to be decided whose
/// trials may go on from it; the trial that does takes it over, and loses it with its own result. Beside a result it stays
/// (<see cref="ResultReference.Final"/>), and any number of trials may begin with it. No digit depends on it: what finds none trains anew.
/// </summary>
internal static class FinalCheckpoints
{
    /// <summary>The acceptance of a result, which keeps the checkpoint where that is of the end and may be gone on from.</summary>
    public static Decision Keep(CoordinatorState state, TrialState trial, Decision decision) =>
        decision.Events is [TrialAccepted { Result: { Outcome: not Outcome.Diverged } result } accepted] && trial.Checkpoint?.Step == result.Steps && state.KeepsFinal(trial.Key)
            ? Decision.Of(accepted with { KeepsFinal = true })
            : decision;

    /// <summary>The beginning of a stage, with what it takes over from the stages before, and what nobody will.</summary>
    /// <param name="state">Before it.</param>
    /// <param name="study">The study.</param>
    /// <param name="continues">Those of its trials that go on from others.</param>
    /// <param name="extended">What is known of it otherwise.</param>
    public static StudyExtended HandOn(CoordinatorState state, StudyState study, ImmutableArray<ContinuedTrial> continues, StudyExtended extended)
    {
        var added = extended.Trials.ToHashSet();
        var taken = continues
            .Where(pair => added.Contains(pair.Key) && Takes(state, pair.Key) && state.Trials.GetValueOrDefault(pair.From)?.Final is not null)
            .DistinctBy(pair => pair.From)
            .ToImmutableArray();
        return extended with { Continues = taken, Forgets = NotWanted(state, study, [.. taken.Select(pair => pair.From)]) };
    }

    /// <summary>The trials of a study that begin where finished ones of other studies have ended.</summary>
    public static ImmutableArray<ContinuedTrial> GoOn(CoordinatorState state, SubmitStudy submit)
    {
        var own = submit.Trials.ToHashSet();
        return
        [
            .. submit.Continues.Where(pair => own.Contains(pair.Key) && Takes(state, pair.Key)
                && state.Trials.GetValueOrDefault(pair.From)?.Phase is TrialPhase.Accepted { Result.Final: not null }),
        ];
    }

    /// <summary>Trials of a study whose last checkpoints neither it nor another study can use any more.</summary>
    public static ImmutableArray<TrialKey> NotWanted(CoordinatorState state, StudyState study, HashSet<TrialKey> taken) =>
    [
        .. study.Trials.Where(key => state.Trials[key] is { Phase: TrialPhase.Accepted, Checkpoint: not null } && !taken.Contains(key)
            && !state.Places[key].Any(place => place.Study != study.Hash && state.Studies[place.Study] is { IsWanted: true, Stage.KeepsFinal: true })),
    ];

    /// <summary>One that has got further elsewhere, or has its result, needs none.</summary>
    private static bool Takes(CoordinatorState state, TrialKey key) =>
        state.Trials.GetValueOrDefault(key) is null or { Checkpoint: null, Phase: TrialPhase.Waiting or TrialPhase.Cancelled };
}
