using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Tables;

/// <summary>The best proposals of a search with the trials behind them.</summary>
internal static class ProposalsTable
{
    private const int Most = 20;

    /// <summary>The best first, the default and what was chosen always among them; null where nothing is judged.</summary>
    public static TableModel? Of(SearchReport search)
    {
        var view = search.View;
        var ordered = view.Proposals.OrderBy(proposal => proposal.IsFailed).ThenByDescending(proposal => proposal.Rung).ThenBy(proposal => proposal.Score).ThenBy(proposal => proposal.Number).ToArray();
        var shown = ordered.Where((proposal, place) => place < Most || proposal.Number == view.Chosen || proposal.Number == view.Default).ToArray();
        var hasTruth = view.Proposals.Any(proposal => proposal.Truth is not null);
        return shown.Length == 0 ? null : new(
            FormattableString.Invariant($"best-proposals-{view.Number}"),
            FormattableString.Invariant($"Proposals of {view.Whole}, the best first{(shown.Length < ordered.Length ? FormattableString.Invariant($": {shown.Length} of {ordered.Length} judged") : "")}."),
            [
                new("proposal", false), .. view.Dimensions.Select(dimension => new TableColumn(dimension.Name)), new(view.Score),
                .. hasTruth ? new TableColumn[] { new("relative L2 error") } : [], new("steps"), new("trials", false),
            ],
            [.. shown.Select(proposal => Line(search, proposal, hasTruth))],
            []);
    }

    private static ImmutableArray<TableCell> Line(SearchReport search, ProposalView proposal, bool hasTruth) =>
    [
        Name(search.View, proposal),
        .. proposal.Point.Values.Select(value => (TableCell)DimensionView.Text(value)),
        Number(proposal.Score),
        .. hasTruth ? new[] { proposal.Truth is { } truth ? Number(truth) : "–" } : [],
        NumberText.Count(proposal.Steps),
        TableCell.Of([.. search.Trials[proposal.Number].Keys.SelectMany(Piece)]),
    ];

    private static TableCell Name(SearchView search, ProposalView proposal)
    {
        var number = proposal.Number.ToString(CultureInfo.InvariantCulture);
        var what = proposal.Number == search.Chosen ? ", chosen" : "";
        what += proposal.Number == search.Default ? ", the default" : "";
        what += proposal.IsFailed ? ", failed" : proposal.IsCensored ? ", stopped early" : "";
        return proposal.Number == search.Chosen ? TableCell.Of(new Inline.Strong(number + what)) : number + what;
    }

    private static TableCell Number(double value) => double.IsFinite(value) ? TableCell.Of(new Inline.Scientific(value, 3)) : "failed";

    private static IEnumerable<Inline> Piece(string hex, int index)
    {
        var key = new TrialKey(hex);
        if (index > 0)
        {
            yield return new Inline.Words(" ");
        }

        yield return new Inline.Code(key.Short) { Trial = key };
    }
}
