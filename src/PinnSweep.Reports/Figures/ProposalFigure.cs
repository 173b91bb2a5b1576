using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model.Tuning;

namespace PinnSweep.Reports.Figures;

/// <summary>Scores of the proposals of a search in the order in which they were made, and the best so far.</summary>
internal static class ProposalFigure
{
    /// <summary>The figure of a search; null where no proposal has a score.</summary>
    public static FigureModel? Of(SearchView search)
    {
        double[] finite = [.. search.Proposals.Where(proposal => !proposal.IsFailed).Select(proposal => proposal.Score).Where(score => score > 0)];
        if (finite.Length == 0)
        {
            return null;
        }

        // Failed ones stand above all others, as in the slices.
        var (low, high) = (finite.Min(), finite.Max());
        var failed = high * Math.Pow(Math.Max(high / low, 10), 0.1);
        var shown = ShownProposals.Of(search);
        var kinds = shown.Select(proposal => ShownProposals.Kind(search, proposal)).Distinct().Order().ToArray();
        return new(
            FormattableString.Invariant($"proposals-{search.Number}"),
            $"{char.ToUpperInvariant(search.Score[0])}{search.Score[1..]} of the proposals of {search.Whole}: in the order in which they were made, the line is the best so far of those trained to the end.{(kinds.Contains(PointKind.Failed) ? " Failed proposals stand above all others." : "")}{ShownProposals.Words(search)}",
            [
                new FigurePanel("", "proposal", search.Score, true, BestSoFar(search) is { } best ? [best] : [])
                {
                    X = new(-0.5, Math.Max(search.Purse, search.Proposals.Max(proposal => proposal.Number) + 1) - 0.5),
                    Points = [.. kinds.Select(kind => Points(search, shown, kind, failed, low))],
                },
            ],
            [.. kinds.Select(kind => new LegendEntry(Word(kind), 0, kind))]);
    }

    private static FigureSeries? BestSoFar(SearchView search)
    {
        var best = new List<(double Number, double Score)>();
        foreach (var proposal in search.Proposals.Where(proposal => proposal is { IsFailed: false, IsCensored: false, Score: > 0 }).OrderBy(proposal => proposal.Number))
        {
            best.Add((proposal.Number, best.Count == 0 ? proposal.Score : Math.Min(best[^1].Score, proposal.Score)));
        }

        return best.Count == 0 ? null : new(0, SeedBand.Of([([.. best.Select(point => point.Number)], [.. best.Select(point => point.Score)])], isLog: true), IsStepped: true);
    }

    private static FigurePoints Points(SearchView search, ImmutableArray<ProposalView> shown, PointKind kind, double failed, double low)
    {
        var of = shown.Where(proposal => ShownProposals.Kind(search, proposal) == kind).ToArray();
        return new(kind, [.. of.Select(proposal => (double)proposal.Number)], [.. of.Select(proposal => proposal.IsFailed ? failed : Math.Max(proposal.Score, low / 10))]);
    }

    private static string Word(PointKind kind) => kind switch
    {
        PointKind.Ordinary => "proposal",
        PointKind.Censored => "stopped early",
        PointKind.Failed => "failed",
        PointKind.Default => "default",
        _ => "chosen",
    };
}
