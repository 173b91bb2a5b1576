using System.Globalization;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Api;

/// <summary>Answers what a study waits for, in sentences: its own state, and what the coordinator says of the next trial that waits.</summary>
internal static class StudyWhy
{
    public static async Task<WhyStudyModel> OfAsync(ApiParts parts, string id, CancellationToken cancel)
    {
        var study = await parts.States.OfAsync(id, cancel);
        var model = StudyModels.Of(study.Status!);
        // The one that goes next is the first of the plan; one that the coordinator wants no more is none.
        var next = study.Trials.FirstOrDefault(trial => trial.Phase == "waiting");
        var answer = next is null ? null : await parts.Coordinator.AskAsync<TrialAnswer>(new WhyTrial(next.Planned.Key.Hex), cancel);
        return Of(model, next?.Planned.Key.Short, answer?.Lines ?? []);
    }

    /// <summary>The sentences.</summary>
    /// <param name="study">The study.</param>
    /// <param name="next">The beginning of the key of the next trial that waits; null where none does.</param>
    /// <param name="lines">What is said of that trial.</param>
    public static WhyStudyModel Of(StudyModel study, string? next, IReadOnlyList<string> lines) =>
        new(study.Name, study.Hash, StudyStateWords.Of(study), [.. Sentences(study, next, lines)]);

    private static IEnumerable<string> Sentences(StudyModel study, string? next, IReadOnlyList<string> lines)
    {
        yield return StudyStateWords.Of(study) switch
        {
            "cancelled" => Text($"it was cancelled with {study.Accepted} of {study.Planned} results; submit it again and it goes on"),
            "settled" when study.Quarantined > 0 => Text($"nothing waits: {study.Accepted} of {study.Planned} trials have a result, {study.Quarantined} were given up"),
            "settled" => Text($"nothing waits: all {study.Planned} trials have a result"),
            "paused" => Text($"it is paused with {study.Waiting} trials waiting; `resume {study.Name}` goes on"),
            "awaits proposals" => Text($"it waits for proposals from outside, POST /api/studies/{study.Name}/tell"),
            "deciding" => Text($"all trials of stage {study.Stage!.Number} are settled; the next stage is being decided"),
            _ => Text($"{study.Waiting} of {study.Planned} trials wait, {study.RunningCount} run"),
        };
        if (next is not null)
        {
            foreach (var (index, line) in lines.Index())
            {
                yield return index == 0 ? $"next is {next}: {line}" : line;
            }
        }

        if (study.MaxRunning is { } limit && study.RunningCount >= limit)
        {
            yield return Text($"it may run {limit} trials at a time and does");
        }

        if (study.Quarantined > 0)
        {
            yield return Text($"`retry {study.Name} --failed` gives the {study.Quarantined} that were given up another chance; `trials {study.Name} --state quarantined` lists them");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
