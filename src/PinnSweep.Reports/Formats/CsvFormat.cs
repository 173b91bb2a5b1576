using System.Globalization;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Texts;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Formats;

/// <summary>
/// Comma-separated values (RFC 4180, but lines end with LF): numbers in round-trip form, nothing where there is no value. Words that a
/// spreadsheet would take for a formula get an apostrophe in front, and so do words that begin with one: whoever reads the files takes one
/// away.
/// </summary>
public static class CsvFormat
{
    /// <summary>The files by name, without extension.</summary>
    public static IReadOnlyList<(string Name, Action<StudyReport, TextWriter> Write)> Files { get; } =
        [("accuracy", Accuracy), ("levels", Levels), ("cost", Cost), ("comparisons", Comparisons), ("published", ReproductionCsv.Write), ("trials", Trials), ("curves", Curves), ("external", AnnotationCsv.External), ("notes", AnnotationCsv.Notes)];

    /// <summary>
    /// The files that a report has: published numbers only where its study carries some, searches and looks only where it has some; of
    /// points of a design, what can be told of points.
    /// </summary>
    public static IEnumerable<(string Name, Action<StudyReport, TextWriter> Write)> FilesOf(StudyReport report) => report.Design is not null
        ? DesignCsv.FilesOf(report)
        : Files.Where(file => (file.Name != "published" || !report.Published.IsEmpty) && HasAdded(report, file.Name)).Concat(StagedCsv.FilesOf(report));

    /// <summary>Whether a file of what people add has anything to say; of any other it is so.</summary>
    internal static bool HasAdded(StudyReport report, string file) => file switch
    {
        "external" => !report.Annotations.External.IsEmpty,
        "notes" => !report.Annotations.Notes.IsEmpty,
        _ => true,
    };

    /// <summary>The numbers of the accuracy tables, one line a cell.</summary>
    public static void Accuracy(StudyReport report, TextWriter text)
    {
        Line(text, [.. Factors(), "standing", "geometric_mean", "interval_lower", "interval_upper", "median", "min", "max", "decile_1", "decile_9", "failure_lower", "failure_upper", "planned", "finished", "converged", "stalled", "trivial", "diverged", "given_up", "missing", "not_applicable"]);
        foreach (var (block, cell) in Cells(report))
        {
            var hasError = !cell.Errors.IsEmpty;
            Line(text, [
                .. Levels(report, block, cell),
                cell.NotApplicable is null ? StandingWords.Of(cell.Standing) : "",
                Number(hasError ? cell.Accuracy.Mean : null),
                Number(cell.Accuracy.Interval?.Lower),
                Number(cell.Accuracy.Interval?.Upper),
                Number(hasError ? cell.Median : null),
                Number(cell.Range?.Lower),
                Number(cell.Range?.Upper),
                Number(cell.Spread?.Lower),
                Number(cell.Spread?.Upper),
                Number(cell.Finished > 0 ? cell.FailureInterval.Lower : null),
                Number(cell.Finished > 0 ? cell.FailureInterval.Upper : null),
                Number(cell.Trials.Length),
                Number(cell.Finished),
                Number(cell.Count(TrialStatus.Converged)),
                Number(cell.Count(TrialStatus.Stalled)),
                Number(cell.Count(TrialStatus.Trivial)),
                Number(cell.Count(TrialStatus.Diverged)),
                Number(cell.Count(TrialStatus.Quarantined)),
                Number(cell.Count(TrialStatus.Unfinished)),
                cell.NotApplicable ?? cell.Void ?? "",
            ]);
        }
    }

    /// <summary>Every parameter of every level in full, one line each; whether it is not the default where that is known.</summary>
    public static void Levels(StudyReport report, TextWriter text)
    {
        Line(text, ["factor", "level", "kind", "parameter", "not_default", "value"]);
        foreach (var level in report.Design?.Levels ?? report.Levels)
        {
            foreach (var (name, value) in level.Parameters.Entries.DefaultIfEmpty(new("", new SpecValue.Text(""))))
            {
                var isMarked = level.NotDefault is null ? "" : level.IsMarked(name) ? "yes" : "no";
                Line(text, [level.Factor.ToWord(), level.Label, level.Kind, name, name.Length == 0 ? "" : isMarked, value is SpecValue.Text words ? words.Value : value.Canonical()]);
            }
        }
    }

    /// <summary>The numbers of the cost tables, one line a cell.</summary>
    public static void Cost(StudyReport report, TextWriter text)
    {
        Line(text, [.. Factors(), "ms_per_step", "seconds"]);
        foreach (var (block, cell) in Cells(report).Where(pair => pair.Cell.Finished > 0))
        {
            Line(text, [.. Levels(report, block, cell), Number(cell.MillisecondsPerStep), Number(cell.TotalSeconds)]);
        }
    }

    /// <summary>Every method against the control on every problem, one line each.</summary>
    public static void Comparisons(StudyReport report, TextWriter text)
    {
        Line(text, [.. Factors(), "control", "pairs", "error_ratio", "interval_lower", "interval_upper", "p_paired_t", "p_paired_t_holm", "p_signed_rank", "p_signed_rank_holm", "signed_rank_attainable", "cliffs_delta", "probability_of_smaller", "diverged"]);
        foreach (var block in report.Blocks)
        {
            foreach (var comparison in report.Findings[block].Comparisons)
            {
                var hasPairs = !comparison.LogRatios.IsEmpty;
                Line(text, [
                    .. Levels(report, block, block[comparison.Row, comparison.Column]!),
                    report.ControlRow!,
                    Number(comparison.LogRatios.Length),
                    Number(hasPairs ? comparison.Ratio : null),
                    Number(comparison.RatioInterval?.Lower),
                    Number(comparison.RatioInterval?.Upper),
                    Number(comparison.Paired.P),
                    Number(comparison.PairedHolm),
                    Number(comparison.SignedRank.P),
                    Number(comparison.SignedRankHolm),
                    comparison.IsSignedRankAttainable ? "yes" : "no",
                    Number(comparison.Delta),
                    Number(comparison.ProbabilityOfSmaller),
                    Number(comparison.Diverged),
                ]);
            }
        }
    }

    /// <summary>Every planned trial, one line each.</summary>
    public static void Trials(StudyReport report, TextWriter text)
    {
        var columns = TrialColumns(report);
        Line(text, columns.Select(column => column.Name));
        foreach (var trial in report.Trials)
        {
            Line(text, columns.Select(column => column.Of(trial)));
        }
    }

    /// <summary>The columns of <see cref="Trials"/>, each with its text of a trial.</summary>
    internal static IReadOnlyList<(string Name, Func<ReportTrial, string> Of)> TrialColumns(StudyReport report)
    {
        var terms = Terms(report);
        static CurvePoint? Last(ReportTrial trial) => trial.Result is { Curve.IsEmpty: false } result ? result.Final : null;
        return
        [
            ("key", trial => trial.Key.Hex),
            .. FactorWords.All.Select(factor => (factor.ToWord(), (Func<ReportTrial, string>)(trial => trial.Labels[factor]))),
            ("seed", trial => trial.Seed.ToString(CultureInfo.InvariantCulture)),
            ("status", trial => StatusWords.Of(trial.Status)),
            ("error", trial => Number(trial.Error)),
            ("relative_l2", trial => Number(Last(trial)?.RelativeL2)),
            ("max_error", trial => Number(Last(trial)?.MaxError)),
            ("steps", trial => Number(trial.Result?.Steps)),
            ("seconds", trial => Number(trial.Result?.Seconds)),
            ("ms_per_step", trial => Number(trial.MillisecondsPerStep)),
            ("parameters", trial => Number(trial.Result?.ParameterCount)),
            .. terms.Select(term => ($"loss_{term}", (Func<ReportTrial, string>)(trial => Number(Of(trial.Result, term, Last(trial)?.Losses))))),
            .. terms.Select(term => ($"weight_{term}", (Func<ReportTrial, string>)(trial => Number(Of(trial.Result, term, Last(trial)?.Weights))))),
            ("events", trial => trial.Result is { } result ? string.Join("; ", result.Events.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value}"))) : ""),
            ("engine", trial => trial.Result?.Evidence.Engine ?? ""),
            ("machine", trial => trial.Result?.Evidence.Machine ?? ""),
            ("commit", trial => trial.Result?.Evidence.Commit ?? ""),
            ("started", trial => trial.Result?.Evidence.Started.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) ?? ""),
            ("finished", trial => trial.Result?.Evidence.Finished.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) ?? ""),
            ("faults", trial => string.Join("; ", trial.Faults)),
        ];
    }

    /// <summary>Every evaluation of every finished trial, one line each.</summary>
    public static void Curves(StudyReport report, TextWriter text)
    {
        var terms = Terms(report);
        Line(text, ["key", "step", "seconds", "relative_l2", "max_error", .. terms.Select(term => $"loss_{term}"), .. terms.Select(term => $"weight_{term}")]);
        foreach (var result in report.Source.Whole(report.Trials.Select(trial => trial.Key), ResultParts.Curve))
        {
            foreach (var point in result.Curve)
            {
                Line(text, [
                    result.Key.Hex,
                    Number(point.Step),
                    Number(point.Seconds),
                    Number(point.RelativeL2),
                    Number(point.MaxError),
                    .. terms.Select(term => Number(Of(result, term, point.Losses))),
                    .. terms.Select(term => Number(Of(result, term, point.Weights))),
                ]);
            }
        }
    }

    private static string[] Terms(StudyReport report) =>
        [.. report.Trials.Where(trial => trial.Result is not null).SelectMany(trial => trial.Result!.Terms).Distinct()];

    private static double? Of(TrialResult? result, string term, IReadOnlyList<double>? values)
    {
        var index = result?.Terms.IndexOf(term) ?? -1;
        return index >= 0 && values is not null && index < values.Count ? values[index] : null;
    }

    private static IEnumerable<string> Factors() => FactorWords.All.Select(factor => factor.ToWord());

    private static IEnumerable<string> Levels(StudyReport report, ReportBlock block, ReportCell cell) => FactorWords.All.Select(factor =>
        factor == report.Axes.Rows ? cell.Row
        : factor == report.Axes.Columns ? cell.Column
        : block.Fixed.GetValueOrDefault(factor) ?? report.Header.Levels[factor][0]);

    private static IEnumerable<(ReportBlock Block, ReportCell Cell)> Cells(StudyReport report) =>
        report.Blocks.SelectMany(block => block.InOrder().Select(cell => (block, cell)));

    internal static void Line(TextWriter text, IEnumerable<string> values)
    {
        var isFirst = true;
        foreach (var value in values)
        {
            if (!isFirst)
            {
                text.Write(',');
            }

            isFirst = false;
            var shown = Words(value);
            text.Write(shown.AsSpan().ContainsAny(",\"\n\r") ? $"\"{shown.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : shown);
        }

        text.Write('\n');
    }

    /// <summary>Words as they stand in a file.</summary>
    internal static string Words(string value) =>
        value.Length == 0 || !IsFormula(value[0]) || double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? VisibleText.Lines(value)
            : $"'{VisibleText.Lines(value)}";

    // The wide forms are formulas to spreadsheets of East Asia.
    private static bool IsFormula(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\'' or '\uff1d' or '\uff0b' or '\uff0d' or '\uff20';

    internal static string Number(double? value) => value is { } number ? NumberText.RoundTrip(number) : "";

    internal static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
