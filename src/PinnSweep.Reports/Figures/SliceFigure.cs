using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Texts;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Figures;

/// <summary>Score against the value of each dimension, all others left to vary.</summary>
internal static class SliceFigure
{
    private const int LongestTitle = 26;
    private const int LongestWord = 12;
    private const int MostWords = 4;

    // So many whole numbers are shown apart; of more, the points of each make a column anyway.
    private const int Few = 12;

    public static FigureModel? Of(SearchView search)
    {
        double[] finite = [.. search.Proposals.Where(proposal => !proposal.IsFailed).Select(proposal => proposal.Score).Where(score => score > 0)];
        if (search.Proposals.Length < 2 || finite.Length == 0)
        {
            return null;
        }

        // Failed ones stand above all others, at a tenth of the height.
        var (low, high) = (finite.Min(), finite.Max());
        var failed = high * Math.Pow(Math.Max(high / low, 10), 0.1);
        ImmutableArray<ProposalView> shown = [.. ShownProposals.Of(search).Concat(new[] { search[search.Default], search[search.Chosen] }.OfType<ProposalView>()).Distinct()];
        var kinds = shown.Select(proposal => ShownProposals.Kind(search, proposal)).Distinct().Order().ToArray();
        return new(
            FormattableString.Invariant($"slices-{search.Number}"),
            $"{char.ToUpperInvariant(search.Score[0])}{search.Score[1..]} of the {search.Noun}s of {search.Whole} against each dimension alone, while all others vary too." +
            $"{(kinds.Contains(PointKind.Failed) ? $" Failed {search.Noun}s stand above all others." : "")}{ShownProposals.Words(search)}",
            [
                .. search.Dimensions.Select((dimension, d) => Panel(search, dimension, d) with
                {
                    Points = [.. kinds.Select(kind => Points(search, dimension, d, kind, shown, failed, low))],
                }),
            ],
            [.. kinds.Select(kind => new LegendEntry(Word(search, kind), 0, kind))]);
    }

    private static FigurePanel Panel(SearchView search, DimensionView dimension, int d)
    {
        var name = search.Dimensions[d].Name;
        var title = name.Length > LongestTitle ? $"{name[..(LongestTitle - 1)]}…" : name;
        return new FigurePanel(title, "value", search.Score, true, [], null, dimension.Scale is DimensionScale.Log) { X = Limits(dimension.Scale), XWords = Words(dimension) };
    }

    private static Interval Limits(DimensionScale scale) => scale switch
    {
        DimensionScale.Log log => new(log.Low / Math.Pow(log.High / log.Low, 0.03), log.High * Math.Pow(log.High / log.Low, 0.03)),
        DimensionScale.Linear linear => new(linear.Low - (0.03 * (linear.High - linear.Low)), linear.High + (0.03 * (linear.High - linear.Low))),
        DimensionScale.Integer whole => new(whole.Low - 0.5 - (0.03 * (whole.High - whole.Low)), whole.High + 0.5 + (0.03 * (whole.High - whole.Low))),
        DimensionScale.Choice choice => new(-0.6, choice.Values.Length - 0.4),
        _ => new(0, 1),
    };

    // A panel has room for few words; of many choices some are named, all others lie between.
    private static ImmutableArray<(double At, string Text)> Words(DimensionView dimension)
    {
        if (dimension.Scale is DimensionScale.Integer { Count: <= Few } whole)
        {
            return [.. Enumerable.Range(0, (int)(whole.High - whole.Low + 1)).Select(i => ((double)(whole.Low + i), ShortNumber.Of(whole.Low + i)))];
        }

        var count = dimension.Choices.Count;
        var longest = dimension.Choices.Select(choice => DimensionView.Text(choice).Length).DefaultIfEmpty(0).Max();
        var every = Math.Max(1, (int)Math.Ceiling(count / Math.Clamp(24.0 / Math.Max(1, Math.Min(longest, LongestWord)), 1, 2 * MostWords)));
        return [.. dimension.Choices.Select((choice, i) => ((double)i, i % every == 0 ? Short(DimensionView.Text(choice)) : ""))];
    }

    private static string Short(string word) => word.Length > LongestWord ? $"{word[..(LongestWord - 1)]}…" : word;

    private static FigurePoints Points(SearchView search, DimensionView dimension, int d, PointKind kind, ImmutableArray<ProposalView> shown, double failed, double low)
    {
        var points = shown.Where(proposal => ShownProposals.Kind(search, proposal) == kind && proposal.Point.Values[d] is not null)
            .Select(proposal => (X: At(dimension, proposal, d, kind), Y: proposal.IsFailed ? failed : Math.Max(proposal.Score, low / 10))).ToArray();
        return new(kind, [.. points.Select(point => point.X)], [.. points.Select(point => point.Y)]);
    }

    private static double At(DimensionView dimension, ProposalView proposal, int d, PointKind kind)
    {
        var value = proposal.Point.Values[d]!;
        var aside = kind is PointKind.Default or PointKind.Chosen ? 0 : 0.6 * ShownProposals.Aside(proposal);
        return dimension.Scale switch
        {
            DimensionScale.Choice choice => Math.Max(0, choice.Values.IndexOf(value)) + aside,
            DimensionScale.Integer { Count: <= Few } => value is SpecValue.Number few ? few.Value + aside : double.NaN,
            _ => value is SpecValue.Number number ? number.Value : double.NaN,
        };
    }

    private static string Word(SearchView search, PointKind kind) => kind switch
    {
        PointKind.Ordinary => search.Noun,
        PointKind.Censored => "stopped early",
        PointKind.Failed => "failed",
        PointKind.Default => "default",
        _ => search.IsDesign ? "best" : "chosen",
    };
}
