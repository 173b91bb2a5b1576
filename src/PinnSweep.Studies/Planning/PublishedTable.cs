using System.Collections.Immutable;

namespace PinnSweep.Studies;

/// <summary>What a published number is of its runs.</summary>
public enum PublishedStatistic
{
    /// <summary>Arithmetic mean.</summary>
    Mean,

    /// <summary>Median.</summary>
    Median,

    /// <summary>The best of several runs.</summary>
    Best,

    /// <summary>One run.</summary>
    Single,
}

/// <summary>A published table that a study repeats: the report prints it beside the study's own numbers. No part of any key.</summary>
/// <param name="Source">Authors, year, identifier, number of the table.</param>
/// <param name="Metric">What the numbers are: <c>relative_l2</c>, <c>max_error</c> or <c>mse</c>.</param>
/// <param name="Statistic">What they are of the runs.</param>
/// <param name="Runs">Runs behind each number; null where the source does not say.</param>
/// <param name="Budget">Training of the source, in words.</param>
/// <param name="Hardware">Machine of the source, in words; null where it does not say.</param>
/// <param name="Note">What a reader should know, for instance what this study scaled down.</param>
/// <param name="Within">A cell that is not reproduced but within this factor is said to be.</param>
/// <param name="Rows">The numbers.</param>
public sealed record PublishedTable(
    string Source,
    string Metric,
    PublishedStatistic Statistic,
    int? Runs,
    string? Budget,
    string? Hardware,
    string? Note,
    double Within,
    ImmutableArray<PublishedValue> Rows);

/// <summary>A published number and the cell that it belongs to.</summary>
/// <param name="Conditions">Per factor the level; factors with one level in the study may be left out.</param>
/// <param name="Value">The number.</param>
/// <param name="Deviation">Standard deviation over runs; null where the source gives none.</param>
/// <param name="Lower">Lower end of the source's interval; null where it gives none.</param>
/// <param name="Upper">Upper end.</param>
public sealed record PublishedValue(
    ImmutableSortedDictionary<Factor, LevelPattern> Conditions, double Value, double? Deviation, double? Lower, double? Upper)
{
    /// <summary>Whether the number belongs to the cell.</summary>
    public bool Matches(CellLevels cell) => Conditions.All(condition => condition.Value.Matches(cell[condition.Key]));
}
