using System.CommandLine;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Processes;
using PinnSweep.Storage;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;
using PinnSweep.Views;

namespace PinnSweep.Commands;

/// <summary><c>why</c>: what a trial waits for or what became of it, and what a study waits for.</summary>
internal static class WhyVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var what = new Argument<string>("TRIAL") { Description = "The key of a trial, or the beginning of it; or the name of a study" };
        var json = CommonOptions.Json("The answer as JSON.");
        var store = new Option<string?>("--store") { Description = "Ask this store, without a node: it tells what became of trials, and not what they wait for; not together with --url", HelpName = "PLACE" };
        var command = new Command("why", "What a trial waits for, or all that is known of a finished one; or what a study waits for.") { what, json, store };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var word = parsed.GetRequiredValue(what);
            if (parsed.GetValue(store) is { } place && !server.IsNodeMeant(parsed, store))
            {
                using var source = Store.OpenForReading(place);
                await TellAsync(Stored(source, word), parsed.GetValue(json), terminal);
                return ExitCode.Done;
            }

            using var client = server.Open(parsed);
            await TellAsync(await AskAsync(client, word, interrupts.Stop), parsed.GetValue(json), terminal);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task TellAsync(object answer, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(answer, answer.GetType(), ApiJson.Indented));
            return;
        }

        foreach (var line in answer is TrialDetailModel trial ? TrialText.Of(trial) : Lines((WhyStudyModel)answer))
        {
            await terminal.Out.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> Lines(WhyStudyModel study) =>
        [$"{study.Study} {study.Hash[..8]}: {study.State}", .. study.Lines.Select(line => $"  {line}")];

    /// <summary>A study of that name goes before a trial whose key begins so; what is neither is told as no trial.</summary>
    private static async Task<object> AskAsync(ApiClient client, string word, CancellationToken cancel)
    {
        try
        {
            return await client.GetAsync<WhyStudyModel>($"api/studies/{ApiClient.Part(word)}/why", cancel);
        }
        catch (UserMistakeException) when (TrialLookup.IsKey(word))
        {
            return await client.GetAsync<TrialDetailModel>($"api/trials/{ApiClient.Part(word)}", cancel);
        }
    }

    private static object Stored(Store store, string word)
    {
        if (StudyLookup.Of(store.Studies, word) is { Study: not null } || !TrialLookup.IsKey(word))
        {
            var study = OpenedStudy.Of(store, word);
            return StudyWhy.Of(OpenedStudy.ModelOf(study), study.Trials.FirstOrDefault(trial => trial.Phase == "waiting")?.Planned.Key.Short, ["what it waits for only a node tells (--url)"]);
        }

        var key = TrialLookup.Of(store, word);
        var story = TrialStory.Read(store, key, store.Studies.StudiesOf(key).Select(hash => OpenedStudy.PlanOf(store, hash)));
        return TrialDetails.Of(story, story.Phase, story.Lines, [], store.Path);
    }
}
