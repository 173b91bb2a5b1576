using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Annotations;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Tidy;

/// <summary>
/// All trials of a study, those of its searches included, in one table for other programs: a row a trial, a column a variable. Results of
/// others stand below ours and say so in <c>source</c>.
/// </summary>
/// <param name="Rows">How many.</param>
/// <param name="Columns">First those of every table in their order, then further measures and parameters that this study has.</param>
internal sealed record TidyTable(int Rows, ImmutableArray<TidyColumn> Columns)
{
    /// <summary>The word for <c>status</c> of a result of others.</summary>
    public const string External = "external";

    /// <summary>The table of a report, whatever its axes.</summary>
    public static TidyTable Of(StudyReport report)
    {
        var results = report.Whole ?? throw new InvalidOperationException("the report was not built from results");
        var (plan, external) = (results.Plan, report.Annotations.External);
        var trials = ReportTrial.AllOf(results);
        var places = TidyPlace.AllOf(plan);
        var rows = trials.Select((trial, i) => new Row(trial, places[i], results.Attempts.GetValueOrDefault(trial.Key), null))
            .Concat(external.Select(result => new Row(null, default, null, result))).ToArray();
        return new(
            rows.Length,
            [
                .. Fixed(rows, report),
                .. Measures(rows),
                .. TidyParameters.Columns(plan.Spec, [.. rows.Select(row => row.Trial?.Levels)]),
            ]);
    }

    private static IEnumerable<TidyColumn> Fixed(Row[] rows, StudyReport report)
    {
        var (header, plan) = (report.Header, report.Whole!.Plan);
        yield return Words("source", row => row.External?.Source ?? ExternalFile.Ours);
        yield return Words("study", _ => header.Study);
        yield return Words("plan", _ => header.Hash);
        yield return Words("key", row => row.Trial?.Key.Hex);
        foreach (var factor in FactorWords.All)
        {
            yield return Words(factor.ToWord(), row => row.Trial?.Labels[factor] ?? (factor == Factor.Problem ? row.External!.Problem : factor == report.Axes.Rows ? row.External!.Method : null));
        }

        yield return Integers("seed", row => row.Trial?.Seed ?? row.External!.Seed);
        yield return Words("status", row => row.Trial is { } trial ? StatusWords.Of(trial.Status) : External);
        yield return Words("metric", _ => plan.Spec.Metric);
        yield return Numbers("error", row => row.Trial is { } trial ? trial.Error : row.External!.Error);
        yield return Numbers("relative_l2", row => row.Final?.RelativeL2);
        yield return Numbers("max_error", row => row.Final?.MaxError);
        yield return Numbers("mse", row => row.Final is { } final ? TrialMetric.At(row.Trial!.Result!, final, "mse") : null);
        yield return Numbers(CurvePoint.ResidualL2, row => row.Measure(CurvePoint.ResidualL2));
        yield return Numbers(CurvePoint.ResidualRelative, row => row.Measure(CurvePoint.ResidualRelative));
        yield return Integers("steps", row => row.Trial?.Result?.Steps);
        yield return Numbers("seconds", row => row.Trial is { } trial ? trial.Result?.Seconds : row.External!.Seconds);
        yield return Numbers("ms_per_step", row => row.Trial?.MillisecondsPerStep);
        yield return Integers("parameters", row => row.Trial?.Result?.ParameterCount);
        yield return Integers("attempts", row => row.Attempts?.Last);
        yield return Integers("faults", row => row.Trial is null ? null : row.Attempts?.Faults ?? 0);
        yield return Words("stopped_by", row => row.Trial?.Result?.StoppedBy);
        yield return Words("settled_on", row => row.Trial?.Result?.SettledOn);
        yield return Integers("stage", row => row.Place.Stage);
        yield return Words("stage_kind", row => row.Place.Kind);
        yield return Words("role", row => row.Place.Role);
        yield return Integers("search", row => row.Place.Search);
        yield return Integers("proposal", row => row.Place.Proposal);
        var budgets = plan.Trials.Select(trial => trial.Description.Budget).ToArray();
        yield return new TidyColumn.Integers("budget_steps", [.. rows.Select((_, i) => i < budgets.Length ? (long?)budgets[i].Steps : null)]);
        yield return new TidyColumn.Numbers("budget_seconds", [.. rows.Select((_, i) => i < budgets.Length ? budgets[i].Seconds : null)]);
        yield return Words("engine", row => row.Trial?.Result?.Evidence.Engine);
        yield return Words("machine", row => row.Trial?.Result?.Evidence.Machine);
        yield return Words("device", row => row.Trial?.Result?.Evidence.Device?.Name);
        yield return Words("device_uuid", row => row.Trial?.Result?.Evidence.Device?.Uuid);
        yield return Words("driver", row => row.Trial?.Result?.Evidence.Device?.Driver);
        yield return Integers("kernels", row => row.Trial?.Result?.Evidence.Device?.Kernels);
        yield return Integers("lanes", row => row.Trial?.Result?.Evidence.Lanes);
        yield return Integers("beside", row => row.Trial?.Result?.Evidence.Beside);
        yield return Words("commit", row => row.Trial?.Result?.Evidence.Commit);
        yield return Words("started", row => Time(row.Trial?.Result?.Evidence.Started));
        yield return Words("finished", row => Time(row.Trial?.Result?.Evidence.Finished));
        yield return Words("note", row => row.External?.Note);

        TidyColumn Words(string name, Func<Row, string?> of) => new TidyColumn.Words(name, Array.ConvertAll(rows, row => of(row)));
        TidyColumn Integers(string name, Func<Row, long?> of) => new TidyColumn.Integers(name, Array.ConvertAll(rows, row => of(row)));
        TidyColumn Numbers(string name, Func<Row, double?> of) => new TidyColumn.Numbers(name, Array.ConvertAll(rows, row => Known(of(row))));
    }

    /// <summary>Whatever else was measured, by name.</summary>
    private static IEnumerable<TidyColumn> Measures(Row[] rows) => rows
        .SelectMany(row => row.Final?.Metrics.Keys ?? [])
        .Distinct()
        .Except([CurvePoint.ResidualL2, CurvePoint.ResidualRelative])
        .Order(StringComparer.Ordinal)
        .Select(name => new TidyColumn.Numbers(name, Array.ConvertAll(rows, row => Known(row.Measure(name)))));

    private static double? Known(double? value) => value is double.NaN ? null : value;

    private static string? Time(DateTimeOffset? time) => time?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private sealed record Row(ReportTrial? Trial, TidyPlace Place, TrialAttempts? Attempts, ExternalResult? External)
    {
        public CurvePoint? Final { get; } = Trial?.Result is { Curve.IsEmpty: false } result ? result.Final : null;

        public double? Measure(string name) => Final is { } final && final.Metrics.TryGetValue(name, out var value) ? value : null;
    }
}
