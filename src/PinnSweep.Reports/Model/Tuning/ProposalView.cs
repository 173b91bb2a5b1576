using PinnSweep.Studies.Spaces;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>One proposal of a search and what came of it.</summary>
/// <param name="Number">From 0, in the order in which proposals were made.</param>
/// <param name="Point">One value a dimension; null where it means nothing.</param>
/// <param name="Score">By which the choice was made, smaller is better; +∞ where it failed.</param>
/// <param name="Truth">Its relative L2 error where that is known; +∞ where it failed.</param>
/// <param name="Generation">In which it was made; those of 0 are of the design and fill the space evenly.</param>
/// <param name="Rung">The last rung that it reached, from 0; 0 in a search without rungs.</param>
/// <param name="IsCensored">Whether it was stopped before its end; its score is then that of the moment.</param>
/// <param name="Steps">That it was trained, all seeds together.</param>
internal sealed record ProposalView(int Number, SpacePoint Point, double Score, double? Truth, int Generation, int Rung, bool IsCensored, long Steps)
{
    /// <summary>Whether there is no finite score.</summary>
    public bool IsFailed => !double.IsFinite(Score);
}
