namespace PinnSweep.Reports.Statistics;

/// <summary>How often one method's error is smaller than another's by more than a region of practical equivalence.</summary>
public readonly record struct WinTieLoss(int Wins, int Ties, int Losses)
{
    /// <summary>Errors within this factor of each other are equal for all practical purposes.</summary>
    public const double EquivalenceFactor = 1.25;

    /// <summary>
    /// Counts differences of log10 error (this method − the other); beyond ±log10 of the factor they are losses and wins.
    /// </summary>
    public static WinTieLoss Of(ReadOnlySpan<double> logRatios, double factor = EquivalenceFactor)
    {
        var region = Math.Log10(factor);
        var (wins, losses) = (0, 0);
        foreach (var ratio in logRatios)
        {
            wins += ratio < -region ? 1 : 0;
            losses += ratio > region ? 1 : 0;
        }

        return new(wins, logRatios.Length - wins - losses, losses);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Wins}/{Ties}/{Losses}");
}
