using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Figures;

/// <summary>Which proposals of a large search a figure draws: more would be one stain, and megabytes of it.</summary>
internal static class ShownProposals
{
    private const int Most = 500;
    private const int Best = 100;

    /// <summary>Proposals from worst to best, failed ones first: the best are drawn above all others.</summary>
    public static ImmutableArray<ProposalView> Of(SearchView search)
    {
        var ordered = search.Proposals.OrderBy(proposal => proposal.IsFailed ? double.PositiveInfinity : proposal.Score).ThenBy(proposal => proposal.Number).ToArray();
        if (ordered.Length > Most)
        {
            var rest = ordered[Best..];
            ordered = [.. ordered[..Best], .. Enumerable.Range(0, Most - Best).Select(i => rest[(int)((long)i * rest.Length / (Most - Best))])];
        }

        return [.. ordered.Reverse()];
    }

    /// <summary>What a caption must say of it; empty where all are drawn.</summary>
    public static string Words(SearchView search) => search.Proposals.Length > Most
        ? FormattableString.Invariant($" Of {NumberText.Count(search.Proposals.Length)} {search.Noun}s {Most} are drawn: the best {Best}, and the others thinned evenly in the order of their scores.")
        : "";

    /// <summary>What a proposal is drawn as; the default that was chosen is the chosen one.</summary>
    public static PointKind Kind(SearchView search, ProposalView proposal) =>
        proposal.Number == search.Chosen ? PointKind.Chosen
        : proposal.Number == search.Default ? PointKind.Default
        : proposal.IsFailed ? PointKind.Failed
        : proposal.IsCensored ? PointKind.Censored
        : PointKind.Ordinary;

    /// <summary>Where a proposal lies in its share of a finite scale, so that equal ones lie apart; from −½ to ½.</summary>
    public static double Aside(ProposalView proposal) => (proposal.Number * 0.6180339887498949 % 1) - 0.5;
}
