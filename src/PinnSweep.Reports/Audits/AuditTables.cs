using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Audits;

namespace PinnSweep.Reports.Audits;

/// <summary>An audit as sentences and tables.</summary>
public static class AuditTables
{
    private const string Within = "within two standard deviations and at least a twentieth";

    /// <summary>What came out, a sentence each.</summary>
    public static ImmutableArray<string> Sentences(TableAudit audit)
    {
        var (unsure, dependent, tied) = (audit.Winners.Count(winner => !winner.IsSure), audit.Dependences.Count(one => one.IsDependent), audit.Dependences.Count(one => one.IsTied));
        var deciding = audit.Contradictions.Count(one => one.ChangesWinner);
        return
        [
            $"{Count(audit.Values.Length, "number", "numbers")} on {Count(audit.Values.Select(value => value.Case).Distinct().Count(), "case", "cases")} and {Count(audit.Values.Select(value => value.Method).Distinct().Count(), "method", "methods")}.",
            audit.ToldTwice == 0 ? "Nothing is told twice."
                : audit.Contradictions.IsEmpty ? Text($"{Count(audit.ToldTwice, "quantity is", "quantities are")} told twice, with the same numbers.")
                : Text($"{Count(audit.ToldTwice, "quantity is", "quantities are")} told twice, {audit.Contradictions.Length} with different numbers; {Count(deciding, "of them decides", "of them decide")} who wins."),
            audit.Winners.IsEmpty ? "No case has two methods with a standard deviation: nobody can say who would be first in a fresh run." : Text($"In {unsure} of {audit.Winners.Length} cases the likeliest winner has less than {100 * TableAudit.SureFrom:0} % in a fresh run."),
            audit.Dependences.IsEmpty ? "No case is told in two metrics: whether its winner depends on the metric is open." : Text($"In {dependent} of {audit.Dependences.Length} cases no method is first by every metric{(tied > 0 ? Text($"; in {tied} more one is only because it ties with others") : "")}."),
            .. audit.Values.All(value => value.Trivial is null && value.Floor is null) ? (string[])["Without trivial scores and floors no number is held against a field that solves nothing, or against the error of the reference."] : [],
            .. audit.Worthless.IsEmpty ? [] : (string[])[$"{Count(audit.Worthless.Length, "number is", "numbers are")} no better than a field that solves nothing."],
            .. audit.Saturated.IsEmpty ? [] : (string[])[$"{Count(audit.Saturated.Length, "number is", "numbers are")} not above the error of the reference by more than noise."],
            .. audit.Voids.Select(one => $"Void: {one.Case}: {one.Reason}."),
        ];
    }

    /// <summary>The tables that have something to say.</summary>
    public static ImmutableArray<TableModel> Of(TableAudit audit) =>
    [
        .. new[]
        {
            Contradictions(audit),
            Winners(audit),
            Metrics(audit),
            Cells("trivial-cells", $"Numbers that are no better than a field that solves nothing, {Within}.", "trivial score", audit.Worthless, value => value.Trivial!.Value),
            Cells("floor-cells", $"Numbers that cannot be told from the error of their reference, {Within}.", "floor", audit.Saturated, value => value.Floor!.Value),
        }.Where(table => table.Rows.Length > 0),
    ];

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
                winner.Case, string.Join(" = ", winner.Printed), $"{winner.Method}{(winner.IsSure ? "" : " ?")}", NumberText.Fixed(winner.Probability, 3),
                winner.Rivals.IsEmpty ? "–" : string.Join(", ", winner.Rivals.Select(rival => $"{rival.Method} {NumberText.Fixed(rival.Probability, 3)}")))),
        ],
        [
            $"?: below {NumberText.Fixed(TableAudit.SureFrom, 2)}: a tie of several.",
            .. audit.Winners.Where(winner => !winner.WithoutSpread.IsEmpty).GroupBy(winner => string.Join(", ", winner.WithoutSpread))
                .Select(group => $"Left out, for no spread is told: {group.Key} ({string.Join(", ", group.Select(winner => winner.Case))})."),
        ]);

    private static TableModel Metrics(TableAudit audit)
    {
        string[] metrics = [.. audit.Dependences.SelectMany(one => one.Winners).Select(winner => winner.Metric).Distinct()];
        return new(
            "metric-dependence",
            "Cases in which no method is first by every metric.",
            [new("case", false), .. metrics.Select(metric => new TableColumn(metric, false))],
            [
                .. audit.Dependences.Where(one => one.IsDependent).Select(one => ImmutableArray.CreateRange<TableCell>(
                    [one.Case, .. metrics.Select(metric => (TableCell)(one.Winners.FirstOrDefault(winner => winner.Metric == metric).Methods is { IsDefault: false } methods ? string.Join(" = ", methods) : "–"))])),
            ],
            []);
    }

    private static TableModel Cells(string name, string caption, string against, ImmutableArray<AuditedValue> values, Func<AuditedValue, double> limit) => new(
        name,
        caption,
        [new("case", false), new(against), new("numbers"), new("methods", false)],
        [
            .. values.GroupBy(value => value.Case).Select(told => ImmutableArray.Create<TableCell>(
                told.Key, TableCell.Of(new Inline.Scientific(limit(told.First()), 3)), told.Count().ToString(CultureInfo.InvariantCulture),
                string.Join(", ", told.OrderBy(value => value.Mean).Select(value => $"{value.Method} {NumberText.Scientific(value.Mean, 3)}")))),
        ],
        []);

    private static string Told(AuditedValue value) => $"{NumberText.Scientific(value.Mean, 3)} ({(value.Source.Length > 0 ? value.Source : Text($"line {value.Place.Line}"))})";

    private static string Dash(string text) => text.Length == 0 ? "–" : text;

    private static string Count(int count, string one, string many) => Text($"{count} {(count == 1 ? one : many)}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
