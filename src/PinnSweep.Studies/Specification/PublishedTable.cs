using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Studies.Specification;

/// <summary>A published table that a study repeats: the report prints it beside the study's own numbers. No part of any key.</summary>
/// <param name="Source">Authors, year, identifier, number of the table.</param>
/// <param name="Metric">What the numbers are: <c>relative_l2</c>, <c>max_error</c> or <c>mse</c>.</param>
/// <param name="Statistic">What they are of the runs.</param>
/// <param name="Runs">Runs behind each number; null where the source does not say.</param>
/// <param name="Budget">Training of the source, in words.</param>
/// <param name="Hardware">Machine of the source, in words; null where it does not say.</param>
/// <param name="Note">What a reader should know, for instance what this study scaled down.</param>
/// <param name="Within">A cell that is not reproduced but whose ratio is within this factor is said to be; no verdict follows from
/// it.</param>
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
    ImmutableArray<PublishedValue> Rows)
{
    /// <summary>The factor where a table names none, and of tables that were stored before there was one.</summary>
    public const double UsualEquivalence = 1.5;

    /// <summary>
    /// Numbers within this factor of each other are practically equal: a number is reproduced when the interval of the ratio lies within
    /// it.
    /// </summary>
    public double Equivalence { get; init; } = UsualEquivalence;
}

/// <summary>A published number and the cell that it belongs to.</summary>
/// <param name="Conditions">Per factor the level; factors with one level in the study may be left out.</param>
/// <param name="Value">The number.</param>
/// <param name="Deviation">Standard deviation over runs; null where the source gives none.</param>
/// <param name="Lower">Lower end of the source's 95 % interval; null where it gives none.</param>
/// <param name="Upper">Upper end.</param>
public sealed record PublishedValue(
    ImmutableSortedDictionary<Factor, LevelPattern> Conditions, double Value, double? Deviation, double? Lower, double? Upper)
{
    /// <summary>What an independent run of the authors' own program gave; null where there was none.</summary>
    public PublishedRerun? Rerun { get; init; }

    /// <summary>Whether the number belongs to the cell.</summary>
    public bool Matches(CellLevels cell) => Conditions.All(condition => condition.Value.Matches(cell[condition.Key]));
}

/// <summary>
/// Numbers of an independent run of what the authors released, printed beside the published number with a verdict of their own.
/// </summary>
/// <param name="Source">Who ran what.</param>
/// <param name="Values">The error of each run; empty where only <paramref name="Value"/> is known.</param>
/// <param name="Value">The table's statistic of the runs; null where <paramref name="Values"/> tell it.</param>
/// <param name="Deviation">Standard deviation over the runs behind <paramref name="Value"/>; null where it is not known.</param>
/// <param name="Runs">Runs behind <paramref name="Value"/>; null where it is not known.</param>
public sealed record PublishedRerun(string Source, ImmutableArray<double> Values, double? Value, double? Deviation, int? Runs);
