using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Studies.Searches;

namespace PinnSweep.Reports.Formats;

/// <summary>The points of a design for the JSON of a report.</summary>
internal static class DesignJson
{
    /// <summary>What was sampled and what it shows; null without a design.</summary>
    public static object? Of(StudyReport report) => report.Design is not { } design ? null : new
    {
        Kind = design.Spec.Kind.ToWord(),
        design.Spec.Count,
        design.Spec.Seed,
        Combinations = design.Combinations.Select(one => Combination(one, design.Importances.FirstOrDefault(search => search.Search.Number == one.Number))),
        Compared = design.Comparisons.Select(pair => new
        {
            First = pair.First.Number,
            Second = pair.Second.Number,
            pair.Differences,
            Ratio = pair.Paired.Count > 0 ? pair.Ratio : (double?)null,
            pair.RatioInterval,
            pair.Paired,
            pair.PairedHolm,
            pair.SignedRank,
            pair.SignedRankHolm,
            pair.IsAttainable,
            pair.Record,
        }),
    };

    private static object Combination(DesignedCombination one, SearchImportance? importance) => new
    {
        one.Number,
        one.Search.Labels,
        Best = one.Best?.Number,
        one.Median,
        one.Worst,
        one.Near,
        Dimensions = one.Dimensions.Select((dimension, d) => new
        {
            dimension.Name,
            Space = dimension.Words[(dimension.Name.Length + 1)..],
            Importance = importance?.Parameters[d].Rank,
            PedAnova = importance?.Parameters[d].Ped,
        }),
        Points = one.Points.Select(point => new
        {
            point.Number,
            Values = point.Values.Values.Select(StagedJson.Value),
            State = DesignCsv.State(point),
            GeometricMean = point.Cell is { Errors.IsEmpty: false } cell ? cell.Accuracy.Mean : (double?)null,
            point.Cell?.Accuracy.Interval,
            Trials = point.Cell?.Trials.Select(trial => trial.Key.Hex) ?? [],
        }),
    };
}
