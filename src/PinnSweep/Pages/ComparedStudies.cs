using PinnSweep.Api;
using PinnSweep.Views;

namespace PinnSweep.Pages;

/// <summary>What the page of two studies shows.</summary>
/// <param name="Comparison">Cell by cell.</param>
/// <param name="Common">Trials that both have: the same key, so that one training serves both.</param>
/// <param name="Differing">Of these, finished in both with other numbers; only trials of two stores can.</param>
/// <param name="OnlyFirst">Trials of the first alone.</param>
/// <param name="OnlySecond">Trials of the second alone.</param>
/// <param name="IsFull">Whether evidence of all results was looked up.</param>
internal sealed record ComparedStudies(StudyComparison Comparison, int Common, int Differing, int OnlyFirst, int OnlySecond, bool IsFull)
{
    public static ComparedStudies Of(ApiParts parts, StudyView first, StudyView second, bool isFull)
    {
        var theirs = second.Trials.ToDictionary(trial => trial.Planned.Key);
        var common = first.Trials.Where(trial => theirs.ContainsKey(trial.Planned.Key)).ToArray();
        return new(
            StoredComparison.Of(parts.Store, first, parts.Store, second, isFull),
            common.Length,
            common.Count(trial => trial.Outcome is not null && theirs[trial.Planned.Key].Outcome is not null && !CellComparison.IsSame(trial, theirs[trial.Planned.Key])),
            first.Trials.Length - common.Length,
            second.Trials.Length - common.Length,
            isFull);
    }
}
