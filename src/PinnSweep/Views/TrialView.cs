using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Views;

/// <summary>A trial of a study as lists show it.</summary>
/// <param name="Planned">What it is.</param>
/// <param name="Position">Its place in the plan, from 0.</param>
/// <param name="Phase">A word of <see cref="TrialPhaseWords"/>.</param>
internal sealed record TrialView(PlannedTrial Planned, int Position, string Phase)
{
    /// <summary>What science says of a finished trial: converged, stalled, diverged, trivial; null before.</summary>
    public string? Outcome { get; init; }

    /// <summary>The attempt that runs, or that gave the result.</summary>
    public int? Attempt { get; init; }

    /// <summary>Who trains it or trained it last; null where nobody did, or it is not known.</summary>
    public string? Worker { get; init; }

    /// <summary>Optimizer steps taken, or those of the last checkpoint.</summary>
    public int? Step { get; init; }

    /// <summary>The newest relative L2 error; null where it is not known.</summary>
    public double? RelativeL2 { get; init; }

    /// <summary>Training time of the result, in seconds.</summary>
    public double? Seconds { get; init; }

    /// <summary>When the result was accepted.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>Attempts that ended by a fault.</summary>
    public int Faults { get; init; }

    /// <summary>The part of its budget that is used, from 0 to 1.</summary>
    public double Share { get; init; }

    /// <summary>Of the running attempt.</summary>
    public double? StepsPerSecond { get; init; }

    /// <summary>The word that filters know it by: its outcome once it has one, its phase before.</summary>
    public string State => Outcome ?? Phase;

    /// <summary>Whether its error counts: a finished trial that did not diverge and was measured.</summary>
    public bool HasError => Outcome is not (null or "diverged") && RelativeL2 is not null;
}
