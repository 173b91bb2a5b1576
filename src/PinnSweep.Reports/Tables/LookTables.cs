using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Replication;

namespace PinnSweep.Reports.Tables;

/// <summary>The comparisons of a study that is replicated until they are decided, and its looks.</summary>
internal static class LookTables
{
    /// <summary>One line a comparison; null where nothing is compared.</summary>
    public static TableModel? Verdicts(LooksReport looks) => looks.Comparisons.IsEmpty ? null : new(
        "verdicts",
        $"Seeds until decided: each comparison with its verdict, after looks at {Seeds(looks)} seeds (α = {NumberText.RoundTrip(looks.Spec.Alpha)}, {Spending(looks)} spending, Holm over {NumberText.Count(looks.Family)}).",
        [new("method", false), new("against", false), new("on", false), new("verdict", false), new("seeds"), new("error ratio"), new("repeated interval"), new("p (repeated)"), new("p (adjusted)")],
        [.. looks.Comparisons.Select(comparison => Line(looks, comparison))],
        [
            "Error ratio: geometric mean of method ÷ against, paired by seed; below 1 the method is better. A trial that diverged or was given up counts as the worst error of any cell compared, and as 1 at least.",
            FormattableString.Invariant($"Interval: repeated confidence interval (Jennison and Turnbull); all intervals of all comparisons at all looks hold together with probability {1 - looks.Spec.Alpha:0.###}. p (repeated): the smallest α at which the comparison alone would be decided by now; p (adjusted): the same with Holm's correction over all comparisons."),
            FormattableString.Invariant($"better, worse: p (adjusted) at most α. equivalent: the whole interval lies within a factor {looks.Spec.Equivalence:0.###}. undecided at the last look: neither was shown with all seeds. open: it gets more seeds. A verdict is never taken back, so its seeds are those at which it fell; a ratio that ended a comparison early tends to be too far from 1, which the interval allows for."),
        ]);

    /// <summary>One line a look; null before the first.</summary>
    public static TableModel? Looks(LooksReport looks) => looks.Looks.IsEmpty ? null : new(
        "looks",
        FormattableString.Invariant($"Looks taken of {looks.Spec.Looks.Length} declared: {looks.Spent} trials planned, {looks.Fixed} in a fixed design with {looks.Spec.Looks[^1]} seeds a cell."),
        [new("look", false), new("seeds a cell"), new("better"), new("worse"), new("equivalent"), new("undecided"), new("still open")],
        [
            .. looks.Looks.Select(look => ImmutableArray.Create<TableCell>(
            [
                FormattableString.Invariant($"{look.Look + 1} of {looks.Spec.Looks.Length}"),
                NumberText.Count(look.Seeds),
                Count(look, Verdict.Better), Count(look, Verdict.Worse), Count(look, Verdict.Equivalent), Count(look, Verdict.Undecided),
                NumberText.Count(look.Open),
            ])),
        ],
        ["Comparisons that the look decided, and those that go on after it."]);

    private static ImmutableArray<TableCell> Line(LooksReport looks, LookComparison comparison)
    {
        TableCell[] names = [comparison.Method, comparison.Control, comparison.On, Standing(comparison)];
        return comparison.Known is not { } known ? [.. names, "–", "–", "–", "–", "–"] :
        [
            .. names,
            FormattableString.Invariant($"{known.Pairs}"),
            TableCell.Of(new Inline.Decimal(Math.Pow(10, known.MeanLog10), 3)),
            double.IsFinite(known.Lower) && double.IsFinite(known.Upper)
                ? TableCell.Of(new Inline.Decimal(Math.Pow(10, known.Lower), 3), new Inline.Words(" – "), new Inline.Decimal(Math.Pow(10, known.Upper), 3))
                : "–",
            NumberText.Probability(known.RepeatedP),
            NumberText.Probability(known.AdjustedP),
        ];
    }

    private static TableCell Standing(LookComparison comparison) => comparison.Verdict is Verdict.Better or Verdict.Worse
        ? TableCell.Of(new Inline.Strong(comparison.Words))
        : comparison.Words;

    private static TableCell Count(LookTaken look, Verdict verdict) => NumberText.Count(look.Decided.GetValueOrDefault(verdict));

    private static string Seeds(LooksReport looks) => string.Join(", ", looks.Spec.Looks.Select(seeds => NumberText.Count(seeds)));

    private static string Spending(LooksReport looks) => looks.Spec.Spending == SpendingFunction.Pocock ? "Pocock" : "O'Brien–Fleming";
}
