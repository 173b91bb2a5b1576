namespace PinnSweep.Reports.Statistics;

/// <summary>
/// What it costs to choose by one score where another one counts: a search that sees residuals only chooses by them, and what was wanted
/// is a small error.
/// </summary>
/// <param name="Count">Proposals of which both scores are known; failed ones included.</param>
/// <param name="Chosen">The place of the chosen one in the lists.</param>
/// <param name="Best">The place of the one that should have been chosen.</param>
/// <param name="Decades">
/// log10 of the chosen one's true score ÷ the smallest: 0 where the best was chosen; infinite where the chosen one failed in truth.
/// </param>
/// <param name="MedianDecades">The same of the median proposal: what choosing blindly costs.</param>
/// <param name="Better">How many proposals are better in truth than the chosen one.</param>
internal sealed record Regret(int Count, int Chosen, int Best, double Decades, double MedianDecades, int Better)
{
    /// <summary>The regret of a search; null where no proposal is finite in either score.</summary>
    /// <param name="score">By which the choice is made: the smallest, of equal ones the first. What is not finite has failed.</param>
    /// <param name="truth">What counts, above zero; +∞ where failed, NaN where unknown: such proposals are left out.</param>
    public static Regret? Of(ReadOnlySpan<double> score, ReadOnlySpan<double> truth)
    {
        var chosen = -1;
        for (var i = 0; i < score.Length; i++)
        {
            chosen = !double.IsNaN(truth[i]) && double.IsFinite(score[i]) && (chosen < 0 || score[i] < score[chosen]) ? i : chosen;
        }

        return Of(chosen, truth);
    }

    /// <summary>The regret of a choice that was made; null where its truth is unknown, or no proposal is finite in truth.</summary>
    /// <param name="chosen">Its place in the list; −1 for none.</param>
    /// <param name="truth">As above.</param>
    public static Regret? Of(int chosen, ReadOnlySpan<double> truth)
    {
        var best = -1;
        var known = new List<double>();
        for (var i = 0; i < truth.Length; i++)
        {
            if (double.IsNaN(truth[i]))
            {
                continue;
            }

            known.Add(truth[i]);
            best = double.IsFinite(truth[i]) && (best < 0 || truth[i] < truth[best]) ? i : best;
        }

        if (chosen < 0 || best < 0 || double.IsNaN(truth[chosen]))
        {
            return null;
        }

        var (smallest, got) = (truth[best], truth[chosen]);
        return new(
            known.Count, chosen, best, Math.Log10(got / smallest), Math.Log10(Descriptive.Median([.. known]) / smallest), known.Count(value => value < got));
    }
}
