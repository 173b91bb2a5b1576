using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Cluster.Local;
using PinnSweep.Logging;
using PinnSweep.Planning;
using PinnSweep.Processes;
using PinnSweep.Progress;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary>
/// <c>watch</c>: the live progress of a study of a cluster, until nothing more happens unasked. A lost connection is made again.
/// </summary>
internal static class WatchVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var study = StatusVerb.Name();
        var json = CommonOptions.Json("One JSON object a line whenever something changed.");
        var command = new Command("watch", "Live progress of a study of a cluster; ends when it is settled, with exit code 2 when trials were given up.") { study, json };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var client = server.Open(parsed);
            var remote = new RemoteStudy(client, parsed.GetRequiredValue(study), TimeProvider.System);
            var first = await remote.FirstAsync(terminal.Error.WriteLine, interrupts.Stop);
            interrupts.Message = terminal.ErrorIsLive ? null : "The study goes on without being watched.";
            var last = parsed.GetValue(json)
                ? await remote.FollowAsync(first, state => terminal.Out.WriteLine(JsonSerializer.Serialize(state, ApiJson.Options)), terminal.Error.WriteLine, interrupts.Stop)
                : await ShowAsync(remote, first, terminal, interrupts.Stop);
            return Tell(last, terminal);
        });
        return command;
    }

    private static async Task<StudyModel> ShowAsync(RemoteStudy remote, StudyModel first, Terminal terminal, CancellationToken stop)
    {
        var progress = new LatestProgress();
        var rate = new TrialRate(TimeProvider.System);
        var run = remote.FollowAsync(first, state => progress.Report(Translate(state, rate)), _ => { }, stop);
        return await ProgressDisplay.ShowAsync(run, first.Name, VaryingOf(first), progress, terminal, new ConsoleSink(terminal.Error), stop, "Ctrl-C ends the watching; the study goes on");
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

    private static StudyProgress Translate(StudyModel study, TrialRate rate) => new(
        study.Planned,
        study.Accepted,
        study.Quarantined,
        [.. (study.Running ?? []).Select(running => new RunningTrial(
            new(running.Key),
            FactorWords.All.ToImmutableSortedDictionary(factor => factor, factor => running.Labels.GetValueOrDefault(factor.ToWord(), "")),
            running.Seed,
            running.Attempt,
            StudyModels.ProgressOf(running)))],
        study.Faults,
        rate.Of(study.Accepted, study.RunningCount))
    {
        RunningCount = study.RunningCount,
        Stage = study.Stage is { } stage ? $"{stage.Words}{(stage.AwaitsProposals ? ", waits for proposals from outside" : "")}" : null,
    };
}
