using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Studies;

namespace PinnSweep.Reports;

/// <summary>Published numbers beside ours.</summary>
public static class ReproductionTable
{
    /// <summary>The table of one published table.</summary>
    public static TableModel Of(StudyReport report, Reproduction reproduction, int index, int count)
    {
        var table = reproduction.Table;
        var factors = FactorWords.All.Where(factor => reproduction.Values.Select(value => value.Labels[factor]).Distinct().Count() > 1).DefaultIfEmpty(report.Axes.Rows).ToArray();
        return new(
            count == 1 ? "published" : FormattableString.Invariant($"published-{index + 1}"),
            $"{MetricWords.Name(table.Metric)}: {table.Source}, and ours after {report.Header.BudgetText}.",
            [
                .. factors.Select(factor => new TableColumn(factor.ToWord(), false)),
                new("published"), new("ours"), new("95 % interval"), new("n"), new("ours ÷ published"), new("verdict", false),
            ],
            [
                .. reproduction.Values.Select(value => ImmutableArray.Create<TableCell>(
                [
                    .. factors.Select(factor => (TableCell)value.Labels[factor]),
                    Published(value.Published),
                    value.Ours.Count == 0 ? "–" : TableCell.Of(new Inline.Scientific(value.Ours.Mean, 3)),
                    value.Ours.Interval is { } interval ? TableCell.Of(new Inline.Scientific(interval.Lower, 2), new Inline.Words(" – "), new Inline.Scientific(interval.Upper, 2)) : "–",
                    value.Failures == 0 ? value.Finished.ToString(CultureInfo.InvariantCulture) : FormattableString.Invariant($"{value.Finished} ({value.Failures} failed)"),
                    value.Ours.Count == 0 ? "–" : TableCell.Of(new Inline.Decimal(value.Ratio, 3), new Inline.Words("×")),
                    Word(value.Verdict, table.Within),
                ])),
            ],
            [.. Notes(report, reproduction)]);
    }

    private static IEnumerable<string> Notes(StudyReport report, Reproduction reproduction)
    {
        var table = reproduction.Table;
        var statistic = table.Statistic switch
        {
            PublishedStatistic.Single => "one run",
            var other => $"{other.ToString().ToLowerInvariant()} of {table.Runs?.ToString(CultureInfo.InvariantCulture) ?? "an unstated number of"} runs",
        };
        yield return $"Published: {statistic}; {table.Budget ?? "budget not stated"}; {table.Hardware ?? "hardware not stated"}. Ours: geometric mean over {report.Header.Seeds.Length.ToString(CultureInfo.InvariantCulture)} seeds with Student's t on log10 error.";
        yield return $"Reproduced: the published value (with ± one standard deviation or its interval, where published) meets our interval, which is wide where seeds are few. Within {NumberText.RoundTrip(table.Within)}×: it does not, but the two are within that factor. Better: ours is smaller by more.";
        var counts = Enum.GetValues<Verdict>().Select(verdict => (Verdict: verdict, Count: reproduction.Values.Count(value => value.Verdict == verdict))).Where(pair => pair.Count > 0);
        yield return $"Verdict over {reproduction.Values.Length.ToString(CultureInfo.InvariantCulture)} cells: {string.Join(", ", counts.Select(pair => FormattableString.Invariant($"{pair.Count} {Word(pair.Verdict, table.Within)}")))}.";
        foreach (var left in reproduction.Values.Where(value => value.NotApplicable is not null))
        {
            yield return $"n/a: {string.Join(", ", left.Published.Conditions.Keys.Select(factor => left.Labels[factor]))}: {left.NotApplicable}.";
        }

        foreach (var agreement in reproduction.Agreement.Where(agreement => double.IsFinite(agreement.Spearman)))
        {
            yield return FormattableString.Invariant($"Ranking of the {agreement.Methods} cells on {agreement.Problem}, published against ours: Spearman's ρ = {NumberText.Fixed(agreement.Spearman, 2)}, Kendall's τ = {NumberText.Fixed(agreement.Kendall, 2)}.");
        }

        if (table.Note is { } note)
        {
            yield return note.ReplaceLineEndings(" ").Trim();
        }
    }

    private static TableCell Published(PublishedValue value) => value switch
    {
        { Deviation: { } deviation } => TableCell.Of(new Inline.Scientific(value.Value, 3), new Inline.Words(" ± "), new Inline.Scientific(deviation, 2)),
        { Lower: { } lower, Upper: { } upper } => TableCell.Of(new Inline.Scientific(value.Value, 3), new Inline.Words(" ["), new Inline.Scientific(lower, 2), new Inline.Words(", "), new Inline.Scientific(upper, 2), new Inline.Words("]")),
        _ => TableCell.Of(new Inline.Scientific(value.Value, 3)),
    };

    private static string Word(Verdict verdict, double within) => verdict switch
    {
        Verdict.Reproduced => "reproduced",
        Verdict.Within => $"within {NumberText.RoundTrip(within)}×",
        Verdict.Better => "better",
        Verdict.NotReproduced => "not reproduced",
        Verdict.NotApplicable => "n/a",
        _ => "open",
    };
}
