using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Model;

/// <summary>One method against the control on one problem, paired by seed.</summary>
/// <param name="Row">The method.</param>
/// <param name="Column">The problem.</param>
/// <param name="LogRatios">log10(method ÷ control) of every replicate on which both have a finite error.</param>
/// <param name="IsUnsolved">Whether no trial of one of the two solved the problem: the ratio then favours nobody, and the t test is not
/// made.</param>
/// <param name="Paired">Paired t test on <paramref name="LogRatios"/>.</param>
/// <param name="PairedHolm">Its p, Holm-corrected over the methods of the problem.</param>
/// <param name="SignedRank">Exact signed-rank test over the replicates; a diverged trial, or one of an unsolved cell, is an infinite
/// difference.</param>
/// <param name="SignedRankHolm">Its p, Holm-corrected over the methods of the problem.</param>
/// <param name="IsSignedRankAttainable">Whether the smallest of the corrected signed-rank p could be at most α at this number of
/// seeds.</param>
/// <param name="Delta">Cliff's δ; below zero the method's errors are the smaller ones. A diverged trial, or one of an unsolved cell, counts
/// as larger than any error.</param>
/// <param name="ProbabilityOfSmaller">Vargha and Delaney's A: probability that the method's error is smaller than the control's.</param>
/// <param name="Diverged">Finished trials of the method without a finite error, with the 95 % Wilson interval of their probability.</param>
/// <param name="DivergedInterval">See <paramref name="Diverged"/>.</param>
public sealed record ControlComparison(
    string Row,
    string Column,
    ImmutableArray<double> LogRatios,
    bool IsUnsolved,
    PairedTTest Paired,
    double PairedHolm,
    TestResult SignedRank,
    double SignedRankHolm,
    bool IsSignedRankAttainable,
    double Delta,
    double ProbabilityOfSmaller,
    int Diverged,
    Interval DivergedInterval)
{
    /// <summary>Geometric mean of the error ratios: below one the method is the better one.</summary>
    public double Ratio => Math.Pow(10, Paired.Mean);

    /// <summary>95 % interval of <see cref="Ratio"/>.</summary>
    public Interval? RatioInterval => Paired.Interval is { } interval ? new(Math.Pow(10, interval.Lower), Math.Pow(10, interval.Upper)) : null;

    /// <summary>All methods of a block against its control, problem by problem; none where the control is no row of the block.</summary>
    public static ImmutableArray<ControlComparison> AllOf(ReportBlock block, string? control) => control is null
        ? []
        : [.. block.Columns.SelectMany(column => Of(block, column, control))];

    private static IEnumerable<ControlComparison> Of(ReportBlock block, string column, string control)
    {
        if (block[control, column] is not { Errors.IsEmpty: false } baseline)
        {
            yield break;
        }

        var rivals = block.Column(column).Where(cell => cell.Row != control && cell.Finished > 0).ToArray();
        var ratios = rivals.Select(cell => cell.LogRatios(baseline)).ToArray();
        var paired = ratios.Select(logs => PairedTTest.Of(logs)).ToArray();
        var isUnsolved = rivals.Select(cell => cell.IsUnsolved || baseline.IsUnsolved).ToArray();
        var pairedHolm = HolmFamily.Adjust([.. ratios.Select((logs, i) => isUnsolved[i] ? [] : logs)], [.. paired.Select(test => test.P)]);
        var ranked = HolmFamily.OfSignedRanks([.. rivals.Select(cell => cell.RankedLogRatios(baseline))]);
        for (var i = 0; i < rivals.Length; i++)
        {
            var diverged = rivals[i].Finished - rivals[i].Errors.Length;
            yield return new(
                rivals[i].Row,
                column,
                [.. ratios[i]],
                isUnsolved[i],
                paired[i],
                pairedHolm[i],
                ranked.Tests[i],
                ranked.Adjusted[i],
                SignedRankTest.SmallestP(rivals[i].RankedLogRatios(baseline).Length) * Math.Max(1, ranked.Size) <= Significance.Alpha,
                EffectSizes.CliffsDelta(rivals[i].RankedErrors(), baseline.RankedErrors()),
                EffectSizes.ProbabilityOfSmaller(rivals[i].RankedErrors(), baseline.RankedErrors()),
                diverged,
                WilsonInterval.Of(diverged, rivals[i].Finished));
        }
    }
}
