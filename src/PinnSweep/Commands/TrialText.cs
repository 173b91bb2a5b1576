using System.Globalization;
using PinnSweep.Api;
using PinnSweep.Progress;

namespace PinnSweep.Commands;

/// <summary>All that is known of a trial, in lines for people.</summary>
internal static class TrialText
{
    private const int LogLines = 6;

    public static IEnumerable<string> Of(TrialDetailModel trial) =>
    [
        $"{trial.Key[..8]}: {trial.Result?.Outcome ?? trial.Phase}",
        .. trial.Lines.Select(line => $"  {line.ReplaceLineEndings("\n  ")}"),
        .. trial.Studies.Select(place => $"  study    {place.Study} {place.Hash[..8]}, trial {Text(place.Position)} of its plan"),
        .. Levels(trial),
        .. trial.Result is { } result ? Result(result) : [],
        .. trial.Attempts.SelectMany((attempt, index) => Attempt(attempt, index == 0)),
        .. trial.Symptoms.SelectMany(Symptom),
        .. trial.Result is { } same ? Evidence(same.Evidence) : [],
        .. trial.Command.Length == 0 ? [] : new[] { $"  again    {trial.Command}" },
    ];

    private static IEnumerable<string> Levels(TrialDetailModel trial)
    {
        var (place, described) = (trial.Studies.Count == 0 ? null : trial.Studies[0], trial.Parameters);
        if (described is null)
        {
            yield break;
        }

        // What tells it from its siblings first.
        var factors = described.Levels.Keys.OrderBy(factor => place?.Varying.Contains(factor) == true ? 0 : 1);
        yield return $"  cell     {string.Join(", ", factors.Select(factor => $"{factor} {place?.Labels.GetValueOrDefault(factor) ?? described.Levels[factor].Kind}"))}";
        yield return string.Create(CultureInfo.InvariantCulture, $"  seed     {described.Seed}; {(described.Steps is { } steps ? $"{steps} steps" : FormattableString.Invariant($"{described.Seconds} s"))}");
    }

    private static IEnumerable<string> Result(TrialResultModel result)
    {
        foreach (var (error, index) in result.Errors.Select((error, index) => (error, index)))
        {
            string[] beside =
            [
                .. error.Floor is { } floor ? new[] { $"floor {Number(floor)}" } : [],
                .. error.Trivial is { } trivial ? new[] { $"{error.TrivialName} has {Number(trivial)}" } : [],
            ];
            yield return $"  {(index == 0 ? "errors" : ""),-9}{error.Metric,-24} {(error.Value is { } value ? Number(value) : "n/a")}{(beside.Length == 0 ? "" : $" ({string.Join("; ", beside)})")}";
        }

        if (result.SettledOn is { } settled)
        {
            yield return $"           it settled on {settled}, which solves nothing";
        }

        if (result.StoppedBy is { } rule)
        {
            yield return $"           the rule {rule} ended it before its budget";
        }

        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"  trained  {(result.Worker is { } worker ? $"by {worker} " : "")}in {result.Seconds:0.0} s: {result.Steps} steps{(result.StepsPerSecond is { } rate ? FormattableString.Invariant($", {rate:0} steps/s") : "")}; {result.ParameterCount} parameters");
    }

    private static IEnumerable<string> Attempt(AttemptModel attempt, bool isFirst)
    {
        yield return $"  {(isFirst ? "attempts" : ""),-9}{Text(attempt.Attempt)}  {attempt.Worker ?? "?"}  {Moment(attempt.StartedAt)} – {Moment(attempt.EndedAt)}  {attempt.Ending ?? "runs"}{(attempt.Reason is { Length: > 0 } reason ? $": {reason}" : "")}";
        if (attempt.Fault is { } fault)
        {
            yield return $"           {fault.Kind}: {fault.Message}";
            var lines = fault.Detail.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var line in lines.Take(LogLines))
            {
                yield return $"             {line.TrimEnd()}";
            }

            if (lines.Length > LogLines)
            {
                yield return $"             … {Text(lines.Length - LogLines)} more lines with --json";
            }
        }
    }

    private static IEnumerable<string> Symptom(SymptomModel symptom) =>
    [
        $"  symptom  {symptom.Rule}: {symptom.Finding}",
        $"           evidence: {symptom.Evidence}",
        $"           advice: {symptom.Advice}",
    ];

    private static IEnumerable<string> Evidence(EvidenceModel evidence) =>
    [
        $"  evidence commit {(evidence.Commit.Length > 12 ? evidence.Commit[..12] : evidence.Commit)}, engine {evidence.Engine}, on {evidence.Machine}",
        .. evidence.Device is { } device ? new[] { $"           device {device}" } : [],
        .. evidence.Company is { } company ? new[] { $"           {company}" } : [],
        $"           {string.Join(", ", evidence.Versions.Select(version => $"{version.Key} {version.Value}"))}; {Moment(evidence.Started)} – {Moment(evidence.Finished)} UTC",
    ];

    private static string Number(double value) => Pace.Error(value);

    private static string Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "…";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
