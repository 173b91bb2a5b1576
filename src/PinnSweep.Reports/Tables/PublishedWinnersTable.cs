using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Reports.Tables;

/// <summary>Who is first by a published table and by ours, and who would be again; a void problem has no winner.</summary>
internal static class PublishedWinnersTable
{
    /// <summary>A line a problem; null where no problem has two published methods.</summary>
    public static TableModel? Of(StudyReport report, Reproduction reproduction, int index, int count)
    {
        var factors = FactorWords.All.Where(factor => factor != Factor.Problem && reproduction.Values.Select(value => value.Labels[factor]).Distinct().Count() > 1).DefaultIfEmpty(report.Axes.Rows).ToArray();
        string Name(ReproducedValue value) => string.Join(" ", factors.Select(factor => value.Labels[factor]));
        var problems = reproduction.Values.GroupBy(value => value.Labels[Factor.Problem]).Where(values => values.Select(Name).Distinct().Count() > 1).ToArray();
        return problems.Length == 0 ? null : new(
            $"{ReproductionTable.Name(index, count)}-winners",
            "Who is first, published and ours, and who would be in a fresh run.",
            [new("problem", false), new("published", false), new("again", false), new("ours", false), new("again (ours)", false)],
            [.. problems.Select(values => Line(report, values.Key, [.. values], Name))],
            [FreshRunTable.Legend, .. HasSpread(reproduction) ? [] : new[] { "The source tells no standard deviations, so that nobody can say who of its methods would be first again." }]);
    }

    private static ImmutableArray<TableCell> Line(StudyReport report, string problem, ReproducedValue[] values, Func<ReproducedValue, string> name)
    {
        if (report.Known.GetValueOrDefault(problem)?.Void is not null)
        {
            return [problem, "void", "–", "void", "–"];
        }

        var ours = values.Where(value => value.Diverged == 0 && double.IsFinite(value.Ours.Value) && HasWorth(Trials(report, value))).ToArray();
        return
        [
            problem,
            First(values, value => value.Published.Value, name),
            FreshRun.Of([.. values.Where(value => value.Published.Deviation is not null).Select(value => (name(value), value.Published.Value, value.Published.Deviation!.Value))])?.Words ?? "–",
            First(ours, value => value.Ours.Value, name),
            FreshRun.Of(ours.Select(value => (name(value), Errors(report, value))))?.Words ?? "–",
        ];
    }

    private static ReportTrial[] Trials(StudyReport report, ReproducedValue value) => [.. report.Trials.Where(trial => value.Labels.All(label => trial.Labels[label.Key] == label.Value))];

    // As in the table of accuracy: what solved nothing is never first.
    private static bool HasWorth(ReportTrial[] trials) => !Worth.IsUnsolved(trials) && !Worth.IsTrivial(trials);

    private static ImmutableArray<double> Errors(StudyReport report, ReproducedValue value) => [.. Trials(report, value).Select(trial => trial.Error).OfType<double>()];

    // Whoever has the same printed number shares the first place.
    private static string First(ReproducedValue[] values, Func<ReproducedValue, double> error, Func<ReproducedValue, string> name) => values.Length == 0 ? "–"
        : string.Join(" = ", values.Where(value => error(value) == values.Min(error)).Select(name).Distinct());

    private static bool HasSpread(Reproduction reproduction) => reproduction.Values.Any(value => value.Published.Deviation is not null);
}
