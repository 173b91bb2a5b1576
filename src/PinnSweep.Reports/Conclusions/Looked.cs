using System.Globalization;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Replication;

namespace PinnSweep.Reports.Conclusions;

/// <summary>What the looks of a study decided; before the first nothing is ranked.</summary>
internal static class Looked
{
    private const int MostInFull = 3;

    /// <summary>One sentence or two.</summary>
    public static IEnumerable<string> Of(LooksReport looks)
    {
        if (looks.Looks.IsEmpty)
        {
            yield return $"Nothing is ranked yet: the study declares looks at {Phrases.List([.. looks.Spec.Looks.Select(seeds => seeds.ToString(CultureInfo.InvariantCulture))])} seeds, and the first is still to come.";
            yield break;
        }

        yield return looks.Comparisons.Length <= MostInFull
            ? $"{string.Join("; ", looks.Comparisons.Select(InFull))} (α = {NumberText.RoundTrip(looks.Spec.Alpha)} over all looks and comparisons)."
            : Counted(looks);
        if (looks.Comparisons.Count(comparison => comparison.Verdict == Verdict.Open) is var open and > 0)
        {
            yield return $"{Phrases.Count(open, "comparison")} {(open == 1 ? "is" : "are")} open and {(open == 1 ? "gets" : "get")} more seeds: {NumberText.Count(looks.Spent)} trials are planned so far, {NumberText.Count(looks.Fixed)} at most.";
        }
    }

    private static string Counted(LooksReport looks)
    {
        (Verdict Verdict, string Words)[] all = [(Verdict.Better, "better"), (Verdict.Worse, "worse"), (Verdict.Equivalent, "equivalent"), (Verdict.Undecided, "undecided at the last look"), (Verdict.Open, "open")];
        var told = all.Select(one => (Methods: looks.Comparisons.Where(comparison => comparison.Verdict == one.Verdict).Select(comparison => comparison.Method).Distinct().ToArray(), Count: looks.Comparisons.Count(comparison => comparison.Verdict == one.Verdict), one.Words))
            .Where(one => one.Count > 0).Select(one => $"{NumberText.Count(one.Count)} {one.Words} ({Phrases.Names(one.Methods)})");
        return $"Of {Phrases.Count(looks.Comparisons.Length, "comparison")} with {Phrases.Names([.. looks.Comparisons.Select(comparison => comparison.Control).Distinct()])}: {string.Join(", ", told)} (α = {NumberText.RoundTrip(looks.Spec.Alpha)} over all looks and comparisons).";
    }

    private static string InFull(LookComparison comparison)
    {
        var words = comparison.Verdict switch
        {
            Verdict.Better => "is better than",
            Verdict.Worse => "is worse than",
            Verdict.Equivalent => "is equivalent to",
            Verdict.Undecided => "is undecided at the last look against",
            _ => "is open against",
        };
        return $"{comparison.Method} {words} {comparison.Control} on {comparison.On}{Numbers(comparison)}";
    }

    private static string Numbers(LookComparison comparison) => comparison.Known is not { } known ? ""
        : $" (error ratio {Phrases.Ratio(Math.Pow(10, known.MeanLog10), new Interval(Math.Pow(10, known.Lower), Math.Pow(10, known.Upper)), digits: 3)}, {Phrases.Count(known.Pairs, "pair")})";
}
