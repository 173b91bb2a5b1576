using System.Collections.Immutable;

namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>
/// A submitted study with the counts that scheduling and status need, kept up to date by <see cref="CoordinatorState.Apply"/>.
/// </summary>
/// <param name="Hash">Its identity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Order">Studies submitted before it.</param>
/// <param name="Trials">Its trials in the order of the plan.</param>
/// <param name="Waiting">Positions of waiting trials in the order of granting: <see cref="SeedOrder"/>.</param>
/// <param name="Leased">Trials being trained.</param>
/// <param name="Accepted">Trials with a result.</param>
/// <param name="Quarantined">Trials given up.</param>
/// <param name="Cancelled">Trials no longer wanted.</param>
/// <param name="Faults">Faults of its trials so far.</param>
/// <param name="IsWanted">False after it was cancelled.</param>
/// <param name="Placement">How it shares the workers with others.</param>
/// <param name="IsPaused">True between pause and resume.</param>
/// <param name="SecondsTrained">Training time of its accepted trials.</param>
public sealed record StudyState(
    string Hash,
    string Name,
    int Order,
    ImmutableArray<TrialKey> Trials,
    ImmutableSortedSet<int> Waiting,
    int Leased,
    int Accepted,
    int Quarantined,
    int Cancelled,
    int Faults,
    bool IsWanted,
    Placement Placement,
    bool IsPaused,
    double SecondsTrained)
{
    /// <summary>Trials of one cell that follow each other, seed by seed; 0 where it is not known.</summary>
    public int Seeds { get; init; }

    /// <summary>How far it is in stages; null of a study without.</summary>
    public StudyStage? Stage { get; init; }

    /// <summary>Trials that began where others with fewer steps had ended.</summary>
    public int Continued { get; init; }

    /// <summary>True when all of its trials are settled and what comes next has to be decided.</summary>
    public bool AwaitsStage => IsWanted && Stage is { IsLast: false } && Waiting.IsEmpty && Leased == 0;

    /// <summary>True when its waiting trials may be granted.</summary>
    public bool IsOpen => IsWanted && !IsPaused;

    /// <summary>Seconds that an average trial of it took so far; null before the first result.</summary>
    public double? MeanSeconds => Accepted > 0 ? SecondsTrained / Accepted : null;

    /// <summary>True when none of its trials waits or is being trained, and none will be decided.</summary>
    public bool IsSettled => Waiting.IsEmpty && Leased == 0 && !AwaitsStage;

    /// <summary>
    /// The seed that a position has in its cell, from 0: the rounds in which trials are granted. One round where seeds are not known.
    /// </summary>
    internal int RoundOf(int position) => Seeds > 1 ? position % Seeds : 0;

    /// <summary>The study after one of its trials moved from one phase to another.</summary>
    internal StudyState Move(int position, TrialPhase? from, TrialPhase to)
    {
        var left = from is null ? this : Count(position, from, -1);
        return left.Count(position, to, +1);
    }

    /// <summary>The study with another number of seeds of each cell.</summary>
    internal StudyState WithSeeds(int seeds) => seeds == Seeds ? this : this with { Seeds = seeds, Waiting = Waiting.WithComparer(SeedOrder.Of(seeds)) };

    private StudyState Count(int position, TrialPhase phase, int by) => phase switch
    {
        TrialPhase.Waiting => this with { Waiting = by > 0 ? Waiting.Add(position) : Waiting.Remove(position) },
        TrialPhase.Leased => this with { Leased = Leased + by },
        TrialPhase.Accepted accepted => this with { Accepted = Accepted + by, SecondsTrained = SecondsTrained + (by * accepted.Result.Seconds) },
        TrialPhase.Quarantined => this with { Quarantined = Quarantined + by },
        _ => this with { Cancelled = Cancelled + by },
    };
}
