using System.Collections.Immutable;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Planning;

/// <summary>A finished trial that is the same as a planned one but for its length.</summary>
/// <param name="Key">The finished trial.</param>
/// <param name="Steps">The steps it has taken.</param>
/// <param name="EvaluateEvery">Steps between the points of its curve.</param>
/// <param name="IsKept">Whether the state at its end is kept.</param>
public sealed record FinishedKin(TrialKey Key, int Steps, int EvaluateEvery, bool IsKept)
{
    /// <summary>Where a trial begins: at the furthest end that it comes by itself. Null: at step 0.</summary>
    public static Continuation? BeginningOf(TrialDescription trial, ImmutableArray<FinishedKin> kin) => kin
        .Where(one => one.IsKept && ShorterTrials.MayServe(trial, one.EvaluateEvery))
        .MaxBy(one => one.Steps) is { } furthest ? new(furthest.Key, furthest.Steps) : null;
}
