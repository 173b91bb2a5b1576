using System.Collections.Immutable;

namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>A trial's place in a study.</summary>
public readonly record struct StudyPlace(string Study, int Position);

/// <summary>Everything the coordinator has decided. Built by <see cref="Apply"/> alone, so replaying the journal gives it again.</summary>
/// <param name="Epoch">The running coordinator incarnation; 0 before the first.</param>
/// <param name="Studies">By hash.</param>
/// <param name="Trials">By key; a trial that several studies name is here once.</param>
/// <param name="Places">Where each trial stands in the studies that name it.</param>
/// <param name="Running">Trials with a lease in force.</param>
public sealed record CoordinatorState(
    long Epoch,
    ImmutableDictionary<string, StudyState> Studies,
    ImmutableDictionary<TrialKey, TrialState> Trials,
    ImmutableDictionary<TrialKey, ImmutableArray<StudyPlace>> Places,
    ImmutableHashSet<TrialKey> Running)
{
    /// <summary>Before the first event.</summary>
    public static CoordinatorState Empty { get; } = new(
        0,
        ImmutableDictionary.Create<string, StudyState>(StringComparer.Ordinal),
        ImmutableDictionary<TrialKey, TrialState>.Empty,
        ImmutableDictionary<TrialKey, ImmutableArray<StudyPlace>>.Empty,
        []);

    /// <summary>The leases in force.</summary>
    public IEnumerable<(TrialKey Key, Lease Lease)> Leases => Running.Select(key => (key, Trials[key].Lease!));

    /// <summary>Whether a trial with more steps may go on from where this one ends.</summary>
    public bool KeepsFinal(TrialKey key) => Places[key].Any(place => Studies[place.Study] is { IsWanted: true, Stage.KeepsFinal: true });

    /// <summary>The state after several events.</summary>
    public CoordinatorState ApplyAll(IEnumerable<SweepEvent> events) => events.Aggregate(this, (state, happened) => state.Apply(happened));

    /// <summary>The state after an event. Reads no clock and refuses nothing: what was journalled has happened.</summary>
    public CoordinatorState Apply(SweepEvent happened) => happened switch
    {
        EpochBegan began => this with { Epoch = began.Epoch },
        JournalMended => this,
        StudySubmitted submitted => Submit(submitted).HandOn(submitted.Continues),
        StudyExtended extended => Add(Studies[extended.Hash] with { Stage = extended.Stage }, extended.Trials).HandOn(extended.Continues).Forget(extended.Forgets),
        StudyCancelled cancelled => (this with { Studies = Studies.SetItem(cancelled.Hash, Studies[cancelled.Hash] with { IsWanted = false }) }).Forget(cancelled.Forgets),
        StudyPaused paused => this with { Studies = Studies.SetItem(paused.Hash, Studies[paused.Hash] with { IsPaused = true }) },
        StudyResumed resumed => this with { Studies = Studies.SetItem(resumed.Hash, Studies[resumed.Hash] with { IsPaused = false }) },
        TrialEvent about => Move(about),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "not an event of the coordinator"),
    };

    /// <summary>The state that a snapshot describes: the same studies and trials, with everything that follows from them.</summary>
    public static CoordinatorState Restore(
        long epoch,
        IEnumerable<(StudySubmitted Study, bool IsWanted, bool IsPaused)> studiesInOrder,
        IEnumerable<TrialState> trials)
    {
        var known = trials.ToImmutableDictionary(trial => trial.Key);
        var state = Empty with
        {
            Epoch = epoch,
            Trials = known,
            Running = [.. known.Values.Where(trial => trial.Lease is not null).Select(trial => trial.Key)],
        };
        foreach (var (study, isWanted, isPaused) in studiesInOrder)
        {
            state = state.Submit(study);
            state = state with { Studies = state.Studies.SetItem(study.Hash, state.Studies[study.Hash] with { IsWanted = isWanted, IsPaused = isPaused }) };
        }

        return state;
    }

    private CoordinatorState Submit(StudySubmitted submitted)
    {
        if (Studies.TryGetValue(submitted.Hash, out var again))
        {
            again = again.WithSeeds(submitted.Seeds > 0 ? submitted.Seeds : again.Seeds);
            again = again.Stage is null ? again with { Stage = submitted.Stage } : again;
            return this with { Studies = Studies.SetItem(submitted.Hash, again with { IsWanted = true, Placement = submitted.Placement }) };
        }

        var study = new StudyState(submitted.Hash, submitted.Name, Studies.Count, [], [], 0, 0, 0, 0, 0, true, submitted.Placement, false, 0)
        {
            Seeds = submitted.Seeds,
            Stage = submitted.Stage,
            Waiting = ImmutableSortedSet.Create(SeedOrder.Of(submitted.Seeds)),
        };
        return Add(study, submitted.Trials);
    }

    /// <summary>A study with further trials, after those that it has.</summary>
    private CoordinatorState Add(StudyState study, ImmutableArray<TrialKey> added)
    {
        var trials = Trials.ToBuilder();
        var places = Places.ToBuilder();
        var waiting = study.Waiting.ToBuilder();
        var from = study.Trials.Length;
        study = study with { Trials = study.Trials.AddRange(added) };
        for (var position = from; position < study.Trials.Length; position++)
        {
            var key = study.Trials[position];
            if (!trials.TryGetValue(key, out var trial))
            {
                trials[key] = trial = TrialState.New(key);
            }

            places[key] = (places.TryGetValue(key, out var before) ? before : []).Add(new(study.Hash, position));
            if (trial.Phase is TrialPhase.Waiting)
            {
                waiting.Add(position);
            }
            else
            {
                study = study.Move(position, null, trial.Phase);
            }

            study = study with { Faults = study.Faults + trial.Faults.Length, Continued = study.Continued + (trial.Continued is null ? 0 : 1) };
        }

        return this with
        {
            Trials = trials.ToImmutable(),
            Places = places.ToImmutable(),
            Studies = Studies.SetItem(study.Hash, study with { Waiting = waiting.ToImmutable() }),
        };
    }

    /// <summary>
    /// Trials begin with the last checkpoints of others. One that is beside a result stays there too; another one goes from trial to trial.
    /// What a damaged journal has lost is passed over.
    /// </summary>
    private CoordinatorState HandOn(ImmutableArray<ContinuedTrial> continued)
    {
        var (trials, studies) = (Trials, Studies);
        foreach (var (key, from) in continued)
        {
            if (trials.GetValueOrDefault(from) is { Final: not null } before && trials.GetValueOrDefault(key) is { Checkpoint: null } after)
            {
                trials = trials.SetItem(key, after.GoOnFrom(before)).SetItem(from, before.Forget());
                studies = Count(studies, key, after, trials[key]);
            }
        }

        return this with { Trials = trials, Studies = studies };
    }

    private CoordinatorState Forget(ImmutableArray<TrialKey> keys) => keys.IsEmpty
        ? this
        : this with { Trials = Trials.SetItems(keys.Where(Trials.ContainsKey).Select(key => KeyValuePair.Create(key, Trials[key].Forget()))) };

    /// <summary>The studies of a trial that has begun elsewhere than before.</summary>
    private ImmutableDictionary<string, StudyState> Count(ImmutableDictionary<string, StudyState> studies, TrialKey key, TrialState before, TrialState after) =>
        (before.Continued is null) == (after.Continued is null)
            ? studies
            : studies.SetItems(Places[key].Select(place => KeyValuePair.Create(place.Study, studies[place.Study] with { Continued = studies[place.Study].Continued + (after.Continued is null ? -1 : 1) })));

    private CoordinatorState Move(TrialEvent happened)
    {
        var before = Trials[happened.Key];
        var after = before.Apply(happened);
        var studies = Studies;
        if (before.Phase != after.Phase)
        {
            foreach (var place in Places[happened.Key])
            {
                var study = studies[place.Study].Move(place.Position, before.Phase, after.Phase);
                studies = studies.SetItem(place.Study, study with { Faults = study.Faults + after.Faults.Length - before.Faults.Length });
            }
        }

        return this with
        {
            Trials = Trials.SetItem(happened.Key, after),
            Studies = Count(studies, happened.Key, before, after),
            Running = after.Lease is null ? Running.Remove(happened.Key) : Running.Add(happened.Key),
        };
    }
}
