using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Audits;

namespace PinnSweep.Reports.Audits;

/// <summary>An audit as sentences and tables.</summary>
public static class AuditTables
{
    /// <summary>What came out, a sentence each.</summary>
    public static ImmutableArray<string> Sentences(TableAudit audit)
    {
        var unsure = audit.Winners.Count(winner => !winner.IsSure);
        var dependent = audit.Dependences.Count(one => one.IsDependent);
        return
        [
            Text($"{audit.Values.Length} numbers on {audit.Values.Select(value => value.Case).Distinct().Count()} cases and {audit.Values.Select(value => value.Method).Distinct().Count()} methods."),
            audit.Contradictions.IsEmpty
                ? "Nothing is told twice with different numbers."
                : Text($"{audit.Contradictions.Length} {(audit.Contradictions.Length == 1 ? "quantity is" : "quantities are")} told twice with different numbers; {audit.Contradictions.Count(one => one.ChangesWinner)} of them {(audit.Contradictions.Count(one => one.ChangesWinner) == 1 ? "decides" : "decide")} who wins."),
            .. audit.Winners.IsEmpty ? [] : (string[])[Text($"In {unsure} of {audit.Winners.Length} cases the likeliest winner has less than {100 * TableAudit.SureFrom:0} % in a fresh run.")],
            .. audit.Dependences.IsEmpty ? [] : (string[])[Text($"In {dependent} of {audit.Dependences.Length} cases the winner depends on the metric.")],
            .. audit.Worthless.IsEmpty ? [] : (string[])[Text($"{audit.Worthless.Length} {(audit.Worthless.Length == 1 ? "number is" : "numbers are")} no better than a field that solves nothing.")],
            .. audit.Saturated.IsEmpty ? [] : (string[])[Text($"{audit.Saturated.Length} {(audit.Saturated.Length == 1 ? "number is" : "numbers are")} not above the error of the reference by more than noise.")],
        ];
    }

    /// <summary>The tables that have something to say.</summary>
    public static ImmutableArray<TableModel> Of(TableAudit audit) =>
        [.. new[] { Contradictions(audit), Winners(audit), Metrics(audit), Cells("trivial-cells", "Numbers that are no better than a field that solves nothing, within two standard deviations (a twentieth where none is told)", "trivial score", audit.Worthless, value => value.Trivial!.Value), Cells("floor-cells", "Numbers that cannot be told from the error of their reference, within two standard deviations (a twentieth where none is told)", "floor", audit.Saturated, value => value.Floor!.Value) }.Where(table => table.Rows.Length > 0)];

    private static TableModel Contradictions(TableAudit audit) => new(
        "contradictions",
        "The same quantity, told with different numbers.",
        [new("case", false), new("method", false), new("metric", false), new("told", false), new("ratio"), new("changes the winner", false)],
        [
            .. audit.Contradictions.OrderByDescending(one => one.Ratio).Select(one => ImmutableArray.Create<TableCell>(
                one.Told[0].Case, one.Told[0].Method, Dash(one.Told[0].Metric), string.Join("; ", one.Told.Select(Told)), TableCell.Of(one.Ratio, 3), one.ChangesWinner ? "yes" : "no")),
        ],
        []);

    private static TableModel Winners(TableAudit audit) => new(
        "fresh-winners",
        "The probability to be first in a fresh run: log-normal errors with the mean and the standard deviation of the table.",
        [new("case", false), new("smallest mean", false), new("likeliest winner", false), new("probability"), new("rivals", false)],
        [
            .. audit.Winners.OrderBy(winner => winner.Probability).Select(winner => ImmutableArray.Create<TableCell>(
                winner.Case, winner.Printed, $"{winner.Method}{(winner.IsSure ? "" : " ?")}", NumberText.Fixed(winner.Probability, 2),
                string.Join(", ", winner.Rivals.Select(rival => $"{rival.Method} {NumberText.Fixed(rival.Probability, 2)}")))),
        ],
        [
            $"?: below {NumberText.Fixed(TableAudit.SureFrom, 2)}: a tie of several.",
            .. audit.Winners.Any(winner => winner.WithoutSpread > 0) ? ["Methods whose standard deviation is not told count as exact."] : (string[])[],
        ]);

    private static TableModel Metrics(TableAudit audit) => new(
        "metric-dependence",
        "Cases whose winner depends on the metric.",
        [new("case", false), .. Names(audit).Select(metric => new TableColumn(metric, false))],
        [
            .. audit.Dependences.Where(one => one.IsDependent).Select(one => ImmutableArray.CreateRange<TableCell>(
                [one.Case, .. Names(audit).Select(metric => (TableCell)(one.Winners.FirstOrDefault(winner => winner.Metric == metric).Method ?? "–"))])),
        ],
        []);

    private static TableModel Cells(string name, string caption, string against, ImmutableArray<AuditedValue> values, Func<AuditedValue, double> limit) => new(
        name,
        $"{caption}.",
        [new("case", false), new("method", false), new("error"), new("sd"), new(against)],
        [
            .. values.Select(value => ImmutableArray.Create<TableCell>(
                value.Case, value.Method, Number(value.Mean, 3), value.Deviation is { } deviation ? Number(deviation, 2) : "–", Number(limit(value), 3))),
        ],
        []);

    private static string[] Names(TableAudit audit) => [.. audit.Values.Select(value => value.Metric).Distinct()];

    private static string Told(AuditedValue value) => $"{NumberText.Scientific(value.Mean, 3)} ({(value.Source.Length > 0 ? value.Source : FormattableString.Invariant($"line {value.Place.Line}"))})";

    private static TableCell Number(double value, int digits) => TableCell.Of(new Inline.Scientific(value, digits));

    private static string Dash(string text) => text.Length == 0 ? "–" : text;

    private static string Text(FormattableString text) => text.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
