using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Texts;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Figures;

/// <summary>Every proposal of a search as a line over all dimensions to its score.</summary>
internal static class ParallelFigure
{
    // Above it stand the failed ones.
    private const double HighestScore = 0.9;
    private const int MostWords = 12;

    public static FigureModel? Of(SearchView search)
    {
        double[] logs = [.. search.Logs.Where(double.IsFinite).Order()];
        if (search.Proposals.Length < 2 || logs.Length == 0)
        {
            return null;
        }

        // One bad score must not take all colours.
        var (best, bad) = (logs[0], Descriptive.QuantileOfSorted(logs, 0.9));
        var hasFailed = logs.Length < search.Proposals.Length;
        var top = hasFailed ? HighestScore : 1;
        double Place(double log) => logs[^1] > best ? top * (log - best) / (logs[^1] - best) : top / 2;
        var byNumber = search.Proposals.Zip(search.Logs).ToDictionary(pair => pair.First.Number, pair => pair.Second);
        ImmutableArray<ParallelLine> lines =
        [
            .. ShownProposals.Of(search).Concat(new[] { search[search.Default], search[search.Chosen] }.OfType<ProposalView>()).Distinct()
                .Select(proposal => (Proposal: proposal, Kind: ShownProposals.Kind(search, proposal)))
                .OrderBy(line => line.Kind is PointKind.Default or PointKind.Chosen ? (int)line.Kind : 0)
                .Select(line => new ParallelLine(
                    line.Kind,
                    [
                        .. search.Dimensions.Select((dimension, d) => PlaceOf(dimension, line.Proposal, d, isExact: line.Kind is PointKind.Default or PointKind.Chosen)),
                        line.Proposal.IsFailed ? 1 : Place(byNumber[line.Proposal.Number]),
                    ],
                    line.Proposal.IsFailed ? double.NaN : bad > best ? Math.Clamp((byNumber[line.Proposal.Number] - best) / (bad - best), 0, 1) : 0)),
        ];
        return new(
            FormattableString.Invariant($"parallel-{search.Number}"),
            $"{(search.IsDesign ? "Points" : "Proposals")} of {search.Whole}: each is a line over the values of its dimensions to its {search.Score} at the right, the best dark. " +
            $"Of a choice the lines are spread, so that they can be counted.{(hasFailed ? " Failed ones are grey and end above all scores." : "")}{ShownProposals.Words(search)}",
            [],
            [])
        {
            Parallel = new(
                [.. search.Dimensions.Select(dimension => new ParallelAxis(dimension.Name, Ticks(dimension))), new ParallelAxis(search.Score, Scores(best, logs[^1], hasFailed, Place))],
                lines) { ChosenName = search.IsDesign ? "best point" : "chosen" },
        };
    }

    private static double PlaceOf(DimensionView dimension, ProposalView proposal, int d, bool isExact)
    {
        if (proposal.Point.Values[d] is not { } value)
        {
            return double.NaN;
        }

        var count = dimension.Scale.Count;
        return dimension.Scale.UnitOf(value) + (isExact || count is null or > MostWords ? 0 : 0.5 * ShownProposals.Aside(proposal) / count.Value);
    }

    private static ImmutableArray<(double Place, string Text)> Ticks(DimensionView dimension) => dimension.Scale switch
    {
        DimensionScale.Choice choice => [.. choice.Values.Select((value, i) => ((i + 0.5) / choice.Values.Length, choice.Values.Length <= MostWords || i % 5 == 0 ? DimensionView.Text(value) : ""))],
        DimensionScale.Integer { High: var high, Low: var low } when high - low < MostWords =>
            [.. Enumerable.Range(0, (int)(high - low + 1)).Select(i => ((i + 0.5) / (high - low + 1), ShortNumber.Of(low + i)))],
        DimensionScale.Log log => Ends(log.Low, log.High, Decades(log), log),
        DimensionScale.Linear linear => Ends(linear.Low, linear.High, Quarters(linear.Low, linear.High), linear),
        DimensionScale.Integer whole => Ends(whole.Low, whole.High, Quarters(whole.Low, whole.High).Select(value => Math.Round(value)), whole),
        _ => [],
    };

    // Bounds are told as they stand in the file; what lies too near to them only has a mark.
    private static ImmutableArray<(double Place, string Text)> Ends(double low, double high, IEnumerable<double> between, DimensionScale scale) =>
    [
        (0, ShortNumber.Of(low)),
        .. between.Select(value => (Place: scale.UnitOf(new SpecValue.Number(value)), Value: value))
            .Where(tick => tick.Place is > 0.002 and < 0.998)
            .Select(tick => (tick.Place, tick.Place is > 0.06 and < 0.94 ? ShortNumber.Of(tick.Value) : "")),
        (1, ShortNumber.Of(high)),
    ];

    private static IEnumerable<double> Quarters(double low, double high) => new[] { 0.25, 0.5, 0.75 }.Select(share => low + (share * (high - low)));

    private static IEnumerable<double> Decades(DimensionScale.Log log)
    {
        var (first, last) = ((int)Math.Ceiling(Math.Log10(log.Low) - 1e-9), (int)Math.Floor(Math.Log10(log.High) + 1e-9));
        var every = Math.Max(1, (last - first + 8) / 9);
        return Enumerable.Range(first, Math.Max(0, last - first + 1)).Where(exponent => (exponent - first) % every == 0)
            .Select(exponent => double.Parse(FormattableString.Invariant($"1e{exponent}"), CultureInfo.InvariantCulture));
    }

    private static ImmutableArray<(double Place, string Text)> Scores(double best, double worst, bool hasFailed, Func<double, double> place)
    {
        var (first, last) = ((int)Math.Ceiling(best), (int)Math.Floor(worst));
        var every = Math.Max(1, (last - first + 8) / 9);
        return
        [
            (place(best), Written(best)),
            .. Enumerable.Range(first, Math.Max(0, last - first + 1)).Where(exponent => (exponent - first) % every == 0)
                .Select(exponent => (Place: place(exponent), Text: FormattableString.Invariant($"1e{exponent}")))
                .Where(tick => tick.Place > place(best) + 0.05 && tick.Place < place(worst) - 0.05),
            .. worst > best ? [(place(worst), Written(worst))] : ImmutableArray<(double, string)>.Empty,
            .. hasFailed ? [(1, "failed")] : ImmutableArray<(double, string)>.Empty,
        ];
    }

    private static string Written(double log) => NumberText.Scientific(Math.Pow(10, log), 2);
}
