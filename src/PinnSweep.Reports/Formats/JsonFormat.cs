using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.External;
using PinnSweep.Studies.Contents;

namespace PinnSweep.Reports.Formats;

/// <summary>
/// The report as one JSON object: header, cells with the keys of their trials, and the full record of every trial without its curve.
/// Non-finite numbers are the words <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>; what does not exist is null.
/// </summary>
internal static class JsonFormat
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },

        // For files, not for web pages: ≈ and é stay as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the whole report, its trials one after the other.</summary>
    public static void Write(StudyReport report, Stream target)
    {
        JsonSerializer.Serialize(target, RootOf(report), Options);
        target.WriteByte((byte)'\n');
    }

    private static Root RootOf(StudyReport report) => new(
        report.Header,
        report.Axes,
        (report.Design?.Levels ?? report.Levels).Select(Level),
        (report.Design is null ? report.Blocks : []).Select(block => new
        {
            block.Fixed,
            block.Rows,
            block.Columns,
            Cells = block.InOrder().Select(Cell),
            Comparisons = report.Findings[block].Comparisons,
            Aggregate = report.Findings[block].Aggregate,
            Pairs = report.Findings[block].Pairs,
            Parity = report.Findings[block].Parities,
        }),
        report.Design is null ? report.Findings.Factors : null,
        report.Findings.Reproductions,
        StagedJson.Tuning(report),
        StagedJson.Looks(report),
        DesignJson.Of(report),
        report.Annotations.External.IsEmpty ? null : ExternalRow.AllOf(report).Select(External),
        report.Annotations.Tags.IsEmpty ? null : report.Annotations.Tags,
        report.Annotations.Notes.IsEmpty ? null : report.Annotations.Notes.Select(note => new { note.Number, note.At, note.Factor, note.Level, note.Text }),
        Trials(report));

    private static IEnumerable<object> Trials(StudyReport report)
    {
        using var records = report.Source.Whole(report.Trials.Select(trial => trial.Key), ResultParts.None).GetEnumerator();
        foreach (var trial in report.Trials)
        {
            if (trial.IsFinished)
            {
                records.MoveNext();
            }

            yield return Trial(trial, trial.IsFinished ? records.Current.Description : "");
        }
    }

    private static object Level(ReportLevel level) => new
    {
        level.Factor,
        level.Label,
        level.Kind,
        Parameters = JsonDocument.Parse(level.Parameters.Canonical()).RootElement,
        level.NotDefault,
    };

    private static object Cell(ReportCell cell) => new
    {
        cell.Row,
        cell.Column,
        cell.NotApplicable,
        Standing = cell.NotApplicable is null ? cell.Standing : (Standing?)null,
        GeometricMean = cell.Errors.IsEmpty ? (double?)null : cell.Accuracy.Mean,
        cell.Accuracy.Interval,
        Median = cell.Errors.IsEmpty ? (double?)null : cell.Median,
        cell.Range,
        cell.Spread,
        Failures = cell.Finished == 0 ? null : new { Count = cell.Failures, Interval = cell.FailureInterval },
        Planned = cell.Trials.Length,
        cell.Finished,
        Counts = Enum.GetValues<TrialStatus>().ToDictionary(status => JsonNamingPolicy.CamelCase.ConvertName(status.ToString()), cell.Count),
        MillisecondsPerStep = double.IsFinite(cell.MillisecondsPerStep) ? cell.MillisecondsPerStep : (double?)null,
        cell.TotalSeconds,
        Trials = cell.Trials.Select(trial => trial.Key.Hex),
    };

    private static object External(ExternalRow row) => new
    {
        row.Source,
        row.Method,
        row.Problem,
        Count = row.Errors.Length,
        GeometricMean = row.Accuracy.Mean,
        row.Accuracy.Interval,
        row.Median,
        row.Range,
        row.Seconds,
        row.ImportedAt,
        Results = row.Results.Select(result => new { result.Seed, result.Error, result.Seconds, result.Note }),
    };

    private static object Trial(ReportTrial trial, string description) => new
    {
        Key = trial.Key.Hex,
        trial.Labels,
        trial.Seed,
        trial.Status,
        trial.Error,
        trial.Faults,
        Result = trial.Result is { } result
            ? new
            {
                Description = JsonDocument.Parse(description).RootElement,
                result.Outcome,
                result.Steps,
                result.ParameterCount,
                result.Seconds,
                result.Terms,
                Final = result.Curve.IsEmpty ? null : result.Final,
                result.Events,
                result.Evidence,
            }
            : null,
    };

    // What a study does not have it does not name.
    private sealed record Root(
        ReportHeader Header,
        ReportAxes Axes,
        object Levels,
        object Blocks,
        FactorEffects? Factors,
        object Published,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Tuning,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Looks,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Design,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? External,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Tags,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Notes,
        object Trials);
}
