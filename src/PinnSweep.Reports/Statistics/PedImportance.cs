namespace PinnSweep.Reports.Statistics;

/// <summary>The importance of one parameter.</summary>
/// <param name="Divergence">Pearson's divergence of the best from all: 0 where the parameter does not matter.</param>
/// <param name="Share">Of the sum over all parameters; 0 where the sum is.</param>
/// <param name="Interval">95 % of the share: percentiles over resampled proposals, widened to hold it.</param>
internal sealed record PedImportance(double Divergence, double Share, Interval Interval);
