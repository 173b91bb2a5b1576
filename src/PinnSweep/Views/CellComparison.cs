using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Views;

/// <summary>A cell of two studies whose numbers are not the same.</summary>
/// <param name="Cell">What both call it.</param>
/// <param name="First">Its numbers in the first study.</param>
/// <param name="Second">And in the second.</param>
/// <param name="Ratio">The second error over the first, geometric mean; null where one has none.</param>
/// <param name="Low">The lower end of its 95 % interval; null where too few are known.</param>
/// <param name="High">The upper end.</param>
/// <param name="N">Pairs of seeds, else the smaller number of errors.</param>
/// <param name="IsPaired">Whether errors of the same seeds were compared.</param>
/// <param name="Why">What is otherwise, beside what is so in every cell.</param>
internal sealed record CellComparison(
    string Cell, ComparedNumbers First, ComparedNumbers Second, double? Ratio, double? Low, double? High, int N, bool IsPaired, ImmutableArray<StudyDifference> Why)
{
    /// <summary>How far the ratio is from 1, whichever way; what failed in one study alone is further than any number.</summary>
    public double Size() => First.Failures != Second.Failures ? double.PositiveInfinity : Ratio is > 0 and var ratio ? Math.Abs(Math.Log10(ratio)) : 0;

    /// <summary>The comparison; null where all numbers are the same to the bit.</summary>
    /// <param name="cells">The cell in both studies.</param>
    /// <param name="first">Evidence of the results of the first study, as far as it was looked up.</param>
    /// <param name="second">The same of the second.</param>
    public static CellComparison? Of(ComparedCells cells, IReadOnlyDictionary<TrialKey, Evidence> first, IReadOnlyDictionary<TrialKey, Evidence> second)
    {
        if (IsSame(cells))
        {
            return null;
        }

        var paired = cells.Pairs.Where(pair => pair.First.HasError && pair.Second.HasError).ToArray();
        var ratio = paired.Length > 0
            ? LogRatio.Paired([.. paired.Select(pair => pair.First.RelativeL2!.Value)], [.. paired.Select(pair => pair.Second.RelativeL2!.Value)])
            : LogRatio.Unpaired(Errors(cells.First), Errors(cells.Second));
        return new(
            cells.Name,
            ComparedNumbers.Of(cells.First),
            ComparedNumbers.Of(cells.Second),
            Known(ratio.Ratio),
            ratio.Interval is { } interval ? Known(interval.Lower) : null,
            ratio.Interval is { } same ? Known(same.Upper) : null,
            ratio.Count,
            ratio.IsPaired,
            [.. Reasons(cells, first, second)]);
    }

    /// <summary>Whether two trials ended with the same bits, or both not at all.</summary>
    public static bool IsSame(TrialView first, TrialView second) =>
        first.State == second.State && first.Step == second.Step && BitConverter.DoubleToInt64Bits(first.RelativeL2 ?? double.NaN) == BitConverter.DoubleToInt64Bits(second.RelativeL2 ?? double.NaN);

    private static bool IsSame(ComparedCells cells) =>
        cells.Pairs.Length == cells.First.Trials.Length && cells.Pairs.Length == cells.Second.Trials.Length && cells.Pairs.All(pair => IsSame(pair.First, pair.Second));

    private static IEnumerable<StudyDifference> Reasons(ComparedCells cells, IReadOnlyDictionary<TrialKey, Evidence> first, IReadOnlyDictionary<TrialKey, Evidence> second)
    {
        var (left, right) = cells.Pairs.Where(pair => pair.First.Planned.Key != pair.Second.Planned.Key).FirstOrDefault();
        (left, right) = left is null && cells.Pairs.IsEmpty ? (cells.First.Trials.FirstOrDefault(), cells.Second.Trials.FirstOrDefault()) : (left, right);
        var (mine, theirs) = (EvidenceOf(cells.First, first), EvidenceOf(cells.Second, second));
        return
        [
            .. left is null || right is null ? [] : StudyDifference.Of(left.Planned.Description, right.Planned.Description),
            .. StudyDifference.Of("seeds", StudyDifference.Seeds(SeedsOf(cells.First)), StudyDifference.Seeds(SeedsOf(cells.Second))),
            .. cells.First.Done == cells.First.Trials.Length && cells.Second.Done == cells.Second.Trials.Length ? [] : StudyDifference.Of("results", Done(cells.First), Done(cells.Second)),
            .. StudyDifference.Of("given up", Text(cells.First.GivenUp), Text(cells.Second.GivenUp)),
            .. ((string[])["diverged", "trivial", "stalled"]).SelectMany(outcome => StudyDifference.Of(outcome, Text(cells.First.Count(outcome)), Text(cells.Second.Count(outcome)))),
            .. StudyDifference.Of("commit", mine.Select(one => Short(one.Commit)), theirs.Select(one => Short(one.Commit))),
            .. StudyDifference.Of("engine", mine.Select(one => one.Engine), theirs.Select(one => one.Engine)),
            .. StudyDifference.Of("machine", mine.Select(one => one.Machine), theirs.Select(one => one.Machine)),
            .. StudyDifference.Of("device", mine.Select(DeviceOf), theirs.Select(DeviceOf)),
            .. mine.Concat(theirs).SelectMany(one => one.Versions.Keys).Distinct().Order(StringComparer.Ordinal)
                .SelectMany(name => StudyDifference.Of($"version of {name}", mine.Select(one => one.Versions.GetValueOrDefault(name, "none")), theirs.Select(one => one.Versions.GetValueOrDefault(name, "none")))),
        ];
    }

    // Which of several of one kind it was has no part in the digits.
    private static string DeviceOf(Evidence evidence) => evidence.Device is { } device ? (device with { Uuid = null, Number = 0 }).ToString() : "processor";

    private static Evidence[] EvidenceOf(CellView cell, IReadOnlyDictionary<TrialKey, Evidence> known) =>
        [.. cell.Trials.Select(trial => known.GetValueOrDefault(trial.Planned.Key)).OfType<Evidence>()];

    private static double[] Errors(CellView cell) => [.. cell.Trials.Where(trial => trial.HasError).Select(trial => trial.RelativeL2!.Value)];

    private static IEnumerable<long> SeedsOf(CellView cell) => cell.Trials.Select(trial => trial.Planned.Description.Seed);

    private static string Done(CellView cell) => string.Create(CultureInfo.InvariantCulture, $"{cell.Done} of {cell.Trials.Length}");

    private static string Short(string commit) => commit.Length > 12 && commit.All(char.IsAsciiHexDigit) ? commit[..12] : commit;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>The numbers of a cell in one of two studies.</summary>
/// <param name="Planned">Its trials.</param>
/// <param name="Done">Those with a result.</param>
/// <param name="Failures">Those that did not converge or were given up.</param>
/// <param name="GeometricMean">Of the errors; null without one.</param>
internal sealed record ComparedNumbers(int Planned, int Done, int Failures, double? GeometricMean)
{
    public static ComparedNumbers Of(CellView cell) => new(cell.Trials.Length, cell.Done, cell.Failures, double.IsFinite(cell.Mean.Mean) ? cell.Mean.Mean : null);
}
