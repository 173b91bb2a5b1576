namespace PinnSweep.Studies.Replication;

/// <summary>What one comparison of a method with the control showed at a look. Differences are log10(method) − log10(control), in decades:
/// below zero the method has the smaller error.</summary>
/// <param name="Look">The number of the look, from 0.</param>
/// <param name="Pairs">Seeds that both have.</param>
/// <param name="MeanLog10">Mean difference over the seeds.</param>
/// <param name="StandardError">Of the mean; where all differences are the same, the one that their sign test stands for.</param>
/// <param name="Lower">Lower end of the repeated confidence interval of the mean: the look's bound for α ÷ comparisons, so that the
/// intervals of all comparisons at all looks hold together with probability 1 − α. Infinite below three pairs.</param>
/// <param name="Upper">Its upper end.</param>
/// <param name="RepeatedP">The smallest α at which this comparison alone would have been decided by now.</param>
/// <param name="AdjustedP">The same, Holm-corrected over all comparisons of the study.</param>
/// <param name="Verdict">How it stands.</param>
public sealed record ComparisonAtLook(
    int Look,
    int Pairs,
    double MeanLog10,
    double StandardError,
    double Lower,
    double Upper,
    double RepeatedP,
    double AdjustedP,
    Verdict Verdict);
