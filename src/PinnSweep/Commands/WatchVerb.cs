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
        var command = new Command("watch", "A study of a cluster while it is trained, on the whole terminal or line by line; ends when it is settled, with exit code 2 when trials were given up.") { study, json };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var client = server.Open(parsed);
            var remote = new RemoteStudy(client, parsed.GetRequiredValue(study), TimeProvider.System);
            var first = await remote.FirstAsync(terminal.Error.WriteLine, interrupts.Stop);
            interrupts.Message = terminal.ErrorIsLive ? null : "The study goes on without being watched.";
            if (parsed.GetValue(json))
            {
                return Tell(await remote.FollowAsync(first, state => terminal.Out.WriteLine(JsonSerializer.Serialize(state, ApiJson.Options)), terminal.Error.WriteLine, interrupts.Stop), terminal);
            }

            if (!terminal.ErrorIsLive)
            {
                return Tell(await ShowAsync(remote, first, terminal, interrupts.Stop), terminal);
            }

            return await ScreenAsync(client, remote, first, terminal, interrupts) is { } last ? Tell(last, terminal) : ExitCode.Done;
        });
        return command;
    }

    /// <summary>The whole terminal until the study is settled; null where somebody had seen enough before.</summary>
    private static async Task<StudyModel?> ScreenAsync(ApiClient client, RemoteStudy remote, StudyModel first, Terminal terminal, Interrupts interrupts)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(interrupts.Stop);
        var (progress, rate, now, trouble) = (new LatestProgress(), new TrialRate(TimeProvider.System), first, default(string));
        var beside = new WatchedStudy(client, first.Hash, TimeProvider.System);
        using var full = new FullScreen(terminal.Screen);
        // Not by the kernel's exit, which would leave the keyboard mute.
        interrupts.BeforeEnd = () =>
        {
            full.Dispose();
            Environment.Exit(ExitCode.Interrupted);
        };
        var run = remote.FollowAsync(
            first,
            state =>
            {
                (now, trouble) = (state, null);
                progress.Report(Translate(state, rate));
            },
            said => trouble = said,
            over.Token);
        var asking = beside.FollowAsync(over.Token);
        try
        {
            using var screen = new WatchScreen(full);
            Keys.Listen(screen.Press);
            var isEnough = await screen.ShowAsync(run, elapsed => new(now, elapsed)
            {
                Cells = beside.Cells,
                Events = beside.Events,
                Workers = beside.Workers,
                Left = progress is { First: { } begun, Now: { } newest } ? Pace.Left(begun, newest, elapsed) : null,
                Trouble = trouble ?? beside.Trouble,
            });
            return isEnough ? null : await run;
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(Ended(run), Ended(asking));
            interrupts.BeforeEnd = null;
        }

        static Task Ended(Task task) => task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
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
