using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Figures;

/// <summary>
/// What each method reaches with so much tuning. On logarithms, as all means of errors in a report: the mean of errors themselves is that
/// of the worst proposals alone.
/// </summary>
internal static class ExpectedErrorFigure
{
    private const int MostPoints = 160;
    private const int LongestLinear = 60;
    private const int MostCrossings = 4;

    public static FigureModel? Of(ImmutableArray<SearchView> searches)
    {
        var curves = searches.Select(search => (Search: search, Best: ExpectedBest.Of(search.Logs))).Where(curve => curve.Best is not null).ToArray();
        if (curves.Length == 0)
        {
            return null;
        }

        var methods = curves.Select(curve => curve.Search.Method).Distinct().ToArray();
        var styles = Styles(methods, curves);
        var blocks = curves.GroupBy(curve => curve.Search.Block).ToArray();
        var longest = curves.Max(curve => curve.Best!.Count);
        return new(
            "expected-error",
            $"Expected best of n proposals: geometric mean of the smallest {curves[0].Search.Score} over all groups of n of a search's proposals. " +
            "Dashed beyond half of the proposals, where all groups share the same few best and the curve is not to be trusted. " +
            "Band: 95 % interval of the median of the best of n, from order statistics, down to the best seen where these cannot close it; " +
            "a few bad proposals move the mean and not the median, so the line may lie above its band at the left. " +
            $"A failed proposal counts as the worst that did not fail. {Crossings(blocks)}{(methods.Length > SeriesStyle.MostCompared ? FormattableString.Invariant($" In colour the {SeriesStyle.MostCompared} methods that reach least; the others are grey.") : "")}",
            [
                .. blocks.Select(block => new FigurePanel(
                    blocks.Length == 1 ? "" : block.Key,
                    "proposals tried",
                    curves[0].Search.Score,
                    true,
                    [.. block.Select(curve => Series(styles[curve.Search.Method], curve.Best!))],
                    null,
                    longest > LongestLinear) { X = new(1, longest) }),
            ],
            [
                .. methods.Where(method => styles[method] != FigureSeries.Behind).Select(method => new LegendEntry(method, styles[method])),
                .. methods.Length > SeriesStyle.MostCompared ? [new LegendEntry("others", FigureSeries.Behind)] : ImmutableArray<LegendEntry>.Empty,
            ]);
    }

    // Of more methods than can be told apart those that reach least have colours.
    private static Dictionary<string, int> Styles(string[] methods, IEnumerable<(SearchView Search, ExpectedBest? Best)> curves)
    {
        var reached = curves.GroupBy(curve => curve.Search.Method).ToDictionary(method => method.Key, method => method.Average(curve => curve.Best!.Mean[^1]));
        string[] shown = [.. methods.OrderBy(method => reached[method]).Take(SeriesStyle.MostCompared).OrderBy(method => Array.IndexOf(methods, method))];
        return methods.ToDictionary(method => method, method => Array.IndexOf(shown, method) is var at and >= 0 ? at : FigureSeries.Behind);
    }

    private static FigureSeries Series(int style, ExpectedBest best)
    {
        int[] shown = [.. Enumerable.Range(0, MostPoints).Select(i => (int)Math.Round(Math.Pow(best.Count, i / (MostPoints - 1.0)))).Append(best.Count / 2).Where(n => n > 0).Distinct().Order()];
        int[] at = best.Count <= MostPoints ? [.. Enumerable.Range(1, best.Count)] : shown;
        var smallest = best.Mean[^1];
        double Error(double log) => Math.Pow(10, Math.Clamp(log, smallest, best.Cap));
        return new(
            style,
            new(
                [.. at.Select(n => (double)n)],
                [.. at.Select(n => Error(best.Mean[n - 1]))],
                [.. at.Select(n => Error(best.Band[n - 1].Lower))],
                [.. at.Select(n => Error(best.Band[n - 1].Upper))]),
            SureUntil: best.Count / 2.0);
    }

    private static string Crossings(IEnumerable<IGrouping<string, (SearchView Search, ExpectedBest? Best)>> blocks)
    {
        string[] all = [.. blocks.SelectMany(block => Crossings([.. block]))];
        return all.Length switch
        {
            0 => "No two lines cross where both are trusted.",
            <= MostCrossings => $"Lines cross: {string.Join("; ", all)}.",
            _ => FormattableString.Invariant($"Lines cross {all.Length} times, first: {string.Join("; ", all.Take(MostCrossings))}."),
        };
    }

    private static IEnumerable<string> Crossings((SearchView Search, ExpectedBest? Best)[] curves)
    {
        for (var i = 0; i < curves.Length; i++)
        {
            for (var j = i + 1; j < curves.Length; j++)
            {
                foreach (var crossing in CurveCrossing.Of(curves[i].Search.Method, curves[i].Best!, curves[j].Search.Method, curves[j].Best!))
                {
                    yield return FormattableString.Invariant(
                        $"{crossing.Ahead} is ahead of {crossing.Behind} from {crossing.At} proposals on{(curves[i].Search.Block.Length > 0 ? $" ({curves[i].Search.Block})" : "")}");
                }
            }
        }
    }
}
