using System.Collections.Immutable;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>A search as a report sees it: what one method was offered on one problem, and what it made of it.</summary>
/// <param name="Number">From 1, in the order of the report; names of figures and random streams carry it.</param>
/// <param name="Method">Which method was tuned.</param>
/// <param name="Block">On what, for instance the problem; searches of one block are compared.</param>
/// <param name="Score">What scores are, for axes: <c>relative residual</c>.</param>
/// <param name="Dimensions">What was varied.</param>
/// <param name="Proposals">What was tried, in the order of their numbers.</param>
/// <param name="Default">The number of the proposal that is the catalog's default; null where it was not tried.</param>
/// <param name="Chosen">The number of the proposal that was chosen; null where all failed.</param>
/// <param name="Purse">How many proposals it could try; failed ones count.</param>
internal sealed record SearchView(
    int Number,
    string Method,
    string Block,
    string Score,
    ImmutableArray<DimensionView> Dimensions,
    ImmutableArray<ProposalView> Proposals,
    int? Default,
    int? Chosen,
    int Purse)
{
    /// <summary>Whether nobody searched: the proposals are the points of a design, numbered from 1, and the chosen one is the best.</summary>
    public bool IsDesign { get; init; }

    /// <summary>What a proposal is called.</summary>
    public string Noun => IsDesign ? "point" : "proposal";

    /// <summary>What all of it is called, for captions.</summary>
    public string Whole => IsDesign ? $"the design over {Title}" : $"the search of {Title}";

    /// <summary>The score of each proposal; +∞ where it failed.</summary>
    public double[] Scores => [.. Proposals.Select(proposal => proposal.Score)];

    /// <summary>
    /// log10 of the same. A score of 0 counts as a tenth of the smallest above it: a logarithm of −∞ would be a failure.
    /// </summary>
    public double[] Logs
    {
        get
        {
            var floor = Proposals.Select(proposal => proposal.Score).Where(score => score > 0 && double.IsFinite(score)).DefaultIfEmpty(1).Min() / 10;
            return [.. Proposals.Select(proposal => proposal.Score >= 0 ? Math.Log10(Math.Max(proposal.Score, floor)) : double.PositiveInfinity)];
        }
    }

    /// <summary>The truth of each proposal; NaN where unknown.</summary>
    public double[] Truths => [.. Proposals.Select(proposal => proposal.Truth ?? double.NaN)];

    /// <summary>The place of each proposal in the unit interval of a dimension; NaN where the dimension means nothing.</summary>
    public double[] UnitsOf(int dimension) =>
        [.. Proposals.Select(proposal => proposal.Point.Values[dimension] is { } value ? Dimensions[dimension].Scale.UnitOf(value) : double.NaN)];

    /// <summary>The proposal of a number; null for none.</summary>
    public ProposalView? this[int? number] => number is { } wanted ? Proposals.FirstOrDefault(proposal => proposal.Number == wanted) : null;

    /// <summary>What tells this search from the others, for titles.</summary>
    public string Title => Block.Length == 0 ? Method : $"{Method} on {Block}";
}
