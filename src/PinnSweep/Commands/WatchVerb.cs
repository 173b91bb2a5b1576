using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Cluster.Local;
using PinnSweep.Logging;
using PinnSweep.Progress;
using PinnSweep.Studies.Catalogues;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Commands;

/// <summary><c>watch</c>: the live progress of a study of a cluster, until nothing more happens unasked. A lost connection is made again.</summary>
internal static class WatchVerb
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var study = StatusVerb.Name();
        var json = CommonOptions.Json("One JSON object a line whenever something changed.");
        var command = new Command("watch", "Live progress of a study of a cluster; ends when it is settled, with exit code 2 when trials were given up.") { study, json };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var client = server.Open(parsed);
            var path = $"api/studies/{ApiClient.Part(parsed.GetRequiredValue(study))}";
            var first = await FirstAsync(client, path, terminal.Error.WriteLine, interrupts.Stop);
            interrupts.Message = terminal.ErrorIsLive ? null : "The study goes on without being watched.";
            var last = parsed.GetValue(json)
                ? await FollowAsync(client, path, first, state => terminal.Out.WriteLine(JsonSerializer.Serialize(state, ApiJson.Options)), terminal.Error.WriteLine, interrupts.Stop)
                : await ShowAsync(client, path, first, terminal, interrupts.Stop);
            return Tell(last, terminal);
        });
        return command;
    }

    /// <summary>The state to begin with; waits where a node answers and no coordinator does, as between two of them.</summary>
    private static async Task<StudyModel> FirstAsync(ApiClient client, string path, Action<string> note, CancellationToken stop)
    {
        var isNoted = false;
        while (true)
        {
            try
            {
                return await client.GetAsync<StudyModel>(path, stop);
            }
            catch (Client.UnreachableException busy) when (busy.IsNotNow)
            {
                if (!isNoted)
                {
                    note($"{busy.Message}; trying again");
                }

                isNoted = true;
                await Task.Delay(Between, stop);
            }
        }
    }

    private static async Task<StudyModel> ShowAsync(ApiClient client, string path, StudyModel first, Terminal terminal, CancellationToken stop)
    {
        var progress = new LatestProgress();
        var clock = Stopwatch.StartNew();
        var run = FollowAsync(client, path, first, state => progress.Report(Translate(state, first, clock.Elapsed)), _ => { }, stop);
        return await ProgressDisplay.ShowAsync(run, first.Name, VaryingOf(first), progress, terminal, new ConsoleSink(terminal.Error), stop, "Ctrl-C ends the watching; the study goes on");
    }

    private static async Task<StudyModel> FollowAsync(ApiClient client, string path, StudyModel first, Action<StudyModel> tell, Action<string> note, CancellationToken stop)
    {
        var state = first;
        string? lastEvent = null;
        tell(state);
        while (true)
        {
            try
            {
                var ended = await client.ListenAsync(
                    $"{path}/watch",
                    lastEvent,
                    item =>
                    {
                        lastEvent = item.EventId ?? lastEvent;
                        if (item.EventType == WatchEndpoint.Status)
                        {
                            state = JsonSerializer.Deserialize<StudyModel>(item.Data, ApiJson.Options)!;
                            tell(state);
                        }

                        return item.EventType != WatchEndpoint.End;
                    },
                    stop);
                if (ended)
                {
                    return state;
                }
            }
            catch (Client.UnreachableException lost)
            {
                note($"{lost.Message}; trying again");
            }

            await Task.Delay(Between, stop);
        }
    }

    private static int Tell(StudyModel last, Terminal terminal)
    {
        terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{last.Name}: {last.Accepted} of {last.Planned} trials have a result{(last.IsCancelled ? "; it was cancelled" : "")}. `pinnsweep report {last.Name} --url URL` writes the tables"));
        if (last.Quarantined == 0)
        {
            return ExitCode.Done;
        }

        terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{last.Quarantined} were given up after repeated faults, which are no result of their methods; `pinnsweep retry {last.Name} --failed` gives them another chance."));
        return ExitCode.Quarantined;
    }

    private static Varying VaryingOf(StudyModel study) => new([.. (study.Varying ?? []).Select(FactorWords.FromWord).OfType<Factor>()]);

    private static StudyProgress Translate(StudyModel study, StudyModel first, TimeSpan elapsed) => new(
        study.Planned,
        study.Accepted,
        study.Quarantined,
        [.. (study.Running ?? []).Select(running => new RunningTrial(
            new(running.Key),
            FactorWords.All.ToImmutableSortedDictionary(factor => factor, factor => running.Labels.GetValueOrDefault(factor.ToWord(), "")),
            running.Seed,
            running.Attempt,
            running.Step,
            running.Completed,
            running.Total,
            running.RelativeL2 ?? double.NaN,
            running.StepsPerSecond ?? 0))],
        study.Faults,
        elapsed > TimeSpan.Zero ? (study.Accepted - first.Accepted) / elapsed.TotalSeconds : 0)
    {
        RunningCount = study.RunningCount,
    };
}
