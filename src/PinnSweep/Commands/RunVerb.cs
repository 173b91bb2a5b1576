using System.CommandLine;
using System.Globalization;
using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.Local;
using PinnSweep.Cluster.Logging;
using PinnSweep.Logging;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Planning;
using PinnSweep.Processes;
using PinnSweep.Progress;
using PinnSweep.Reports.Formats;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Searches;
using PinnSweep.Telemetry;
using PinnSweep.Terminals;
using PinnSweep.Trainers;

namespace PinnSweep.Commands;

/// <summary><c>run</c>: a study on this machine, from plan to table. Interrupted and run again, it goes on where it was.</summary>
internal static class RunVerb
{
    private const int FaultsShown = 3;

    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var study = StudyArguments.Study();
        var set = StudyArguments.Set();
        var allow = StudyArguments.AllowFolder();
        var store = CommonOptions.Store();
        var slots = new Option<string?>("--slots")
        {
            Description = $"Trials trained at the same time: a number, or gpu=N,cpu=N. Default: one a GPU that the trainer can use, without one a core, here {Environment.ProcessorCount}",
            HelpName = "N",
        };
        var lanes = new Option<string>("--lanes") { Description = "Trials that share a device, and so a trainer process; each has the digits of a trial alone. auto finds out how many of a shape a GPU is best filled with, and is 1 on cores", HelpName = "N", DefaultValueFactory = _ => "auto" };
        var folder = CommonOptions.Out("The folder for the report. Default: out/STUDY");
        var port = new Option<int>("--port") { Description = "The cluster's port on 127.0.0.1. Default: a free one", HelpName = "N" };
        var engine = new Option<string>("--engine") { Description = "auto, fused, torch, cuda or cuda:N, torch/cuda or torch/cuda:N", HelpName = "NAME", DefaultValueFactory = _ => "auto" };
        var checkpoint = new Option<double>("--checkpoint-every") { Description = "Seconds between checkpoints of a running trial", HelpName = "T", DefaultValueFactory = _ => 10 };
        var noNetworks = new Option<bool>("--no-networks") { Description = "Keep results without the trained networks, so that nothing can be predicted or exported later" };
        var noCheckpoints = new Option<bool>("--no-checkpoints") { Description = "Keep results without the state at their ends, so that no finished trial goes on with more steps later" };
        var retry = new Option<bool>("--retry-quarantined") { Description = "Give trials that were given up another chance" };
        var http = new Option<int>("--http") { Description = "The port of the run's pages on 127.0.0.1. Default: a free one", HelpName = "PORT" };
        var noPages = new Option<bool>("--no-pages") { Description = "Serve no pages that show the run in a browser" };
        var seq = CommonOptions.Seq();
        var otlp = CommonOptions.Otlp();
        var command = new Command("run", "Everything on this machine: plan, train, table. Interrupted and run again, it goes on where it was.")
        {
            study, set, allow, store, slots, lanes, folder, port, engine, checkpoint, noNetworks, noCheckpoints, retry, http, noPages, seq, otlp,
        };
        command.SetAction(async (parsed, _) =>
        {
            var source = StudySource.Load(parsed.GetRequiredValue(study), parsed.GetRequiredValue(set), parsed.GetRequiredValue(allow));
            var plan = source.Plan(interrupts.Stop);
            if (plan.Spec.Tune is { Design: DesignKind.External })
            {
                throw new UserMistakeException($"{source.FileName}: tune.design external asks an optimizer outside over HTTP, which `run` does not serve; start `pinnsweep node` and hand it the study by `pinnsweep submit`");
            }

            var trainer = TrainerProgram.Find();
            var engineWord = EngineWord.Of("--engine", parsed.GetRequiredValue(engine), ["auto", "fused", "torch", "torch/cuda", "cuda"]);
            var devices = SlotPlan.Of(parsed.GetValue(slots), UsableGpus.Of(trainer, terminal.Error), Environment.ProcessorCount, SlotPlan.Lanes(parsed.GetValue(lanes)), engineWord);
            var options = new LocalRunOptions
            {
                StorePath = CommonOptions.StoreOf(parsed, store),
                TrainerPath = trainer,
                Slots = devices.Length,
                Devices = devices,
                Port = InRange("--port", parsed.GetValue(port), 0, ushort.MaxValue),
                Engine = engineWord,
                CheckpointEvery = parsed.GetValue(checkpoint) is > 0 and < 1e6 and var seconds
                    ? TimeSpan.FromSeconds(seconds)
                    : throw new UserMistakeException(string.Create(CultureInfo.InvariantCulture, $"--checkpoint-every {parsed.GetValue(checkpoint)}: expected a number above 0")),
                KeepsNetworks = !parsed.GetValue(noNetworks),
                KeepsFinals = !parsed.GetValue(noCheckpoints),
                RetryQuarantined = parsed.GetValue(retry),
                Catalog = PinnCatalog.Instance,
            };
            var report = StudyArguments.OutOf(parsed.GetValue(folder), plan.Spec.Name);
            StudyArguments.RequireWritable(report);
            var target = OtlpTarget.Of(parsed.GetValue(otlp), Environment.GetEnvironmentVariable);
            var pages = parsed.GetValue(noPages) ? (int?)null : InRange("--http", parsed.GetValue(http), 0, ushort.MaxValue);
            return await RunAsync(source, plan, options, pages, report, CommonOptions.SeqOf(parsed, seq), target, terminal, interrupts);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        StudySource source, StudyPlan plan, LocalRunOptions options, int? pages, string folder, string? seq, OtlpTarget? otlp, Terminal terminal, Interrupts interrupts)
    {
        FileMask.BePrivate();
        var store = StorePlace.Parse(options.StorePath);
        await using var log = RunLog.Open(terminal.Error, options.StorePath, seq);
        await using var export = OtlpExport.Start(otlp, Environment.MachineName, log.Loggers);
        var logger = log.Loggers.CreateLogger("PinnSweep.Run");
        LogEvents.RunBegan(logger, plan.Spec.Name, plan.Trials.Length, options.Slots, store.Display, plan.Hash);
        using var noted = interrupts.Stop.Register(() => LogEvents.StopRequested(logger, plan.Hash));
        await terminal.Error.WriteLineAsync($"{PlanVerb.Summary(plan)}; {options.Slots} at a time, store {store}");
        foreach (var notice in plan.Notices.AddRange(GoingOn.Lines(plan, options.StorePath, isNamed: false)))
        {
            await terminal.Error.WriteLineAsync($"Notice: {notice}");
        }

        if (LockFile.Notice(source, plan) is { } deviates)
        {
            await terminal.Error.WriteLineAsync($"Notice: {deviates}");
        }

        using (var finished = FinishedStudy.Of(plan, options.StorePath, options.RetryQuarantined))
        {
            if (finished is { Results: var known })
            {
                var end = LocalRunResult.EndOf(known);
                LogEvents.RunEnded(logger, plan.Spec.Name, end.ToString(), known.Results.Count, known.Plan.Trials.Length, known.FaultsRetried, plan.Hash);
                Write(finished.Store, known, folder, terminal);
                return Tell(new(end, known), known.Plan, log.Folder, terminal);
            }
        }

        interrupts.Message = terminal.ErrorIsLive ? null : "Stopping: running trials write a checkpoint; a second interrupt ends at once.";

        var progress = new LatestProgress();
        options = pages is { } port ? options with { Serve = RunPages.Of(plan, port, log.Loggers, log.Console.Tell) } : options;
        var run = LocalRun.RunAsync(plan, source.Origin, options, log.Loggers, progress, interrupts.Stop);
        var result = await ProgressDisplay.ShowAsync(run, plan.Spec.Name, Varying.Of(plan), progress, terminal, log.Console, interrupts.Stop);

        LogEvents.RunEnded(logger, plan.Spec.Name, result.End.ToString(), result.Results.Results.Count, result.Results.Plan.Trials.Length, result.Results.FaultsRetried, plan.Hash);
        if (result.End == LocalRunEnd.Interrupted)
        {
            await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Stopped with {result.Results.Results.Count} of {result.Results.Plan.Trials.Length} trials done; the same command goes on from here."));
            return ExitCode.Interrupted;
        }

        // Curves are read while the report is made, and the store of the run is closed.
        using (var written = Store.OpenForReading(options.StorePath))
        {
            Write(written, written.Studies.LoadResults(result.Results.Plan), folder, terminal);
        }

        return Tell(result, result.Results.Plan, log.Folder, terminal);
    }

    private static void Write(Store store, StudyResults results, string folder, Terminal terminal)
    {
        using var mask = FileMask.AsTheUserSays();
        // Nothing that is timed here: a resumed run writes the bytes of one that was never interrupted.
        ReportVerb.Write(StoredReport.Of(store, results, yardsticks: Yardsticks.None), folder, [.. ReportFormatWords.All], terminal);
    }

    private static int Tell(LocalRunResult result, StudyPlan plan, string? logs, Terminal terminal)
    {
        var quarantined = result.Results.Quarantined;
        var damage = DamagedResults.Tell(result.Results, terminal);
        if (quarantined.IsEmpty)
        {
            return damage;
        }

        terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{quarantined.Length} of {plan.Trials.Length} trials were given up after repeated faults, which are no result of their methods:"));
        foreach (var trial in quarantined.Take(FaultsShown))
        {
            terminal.Error.WriteLine($"  {trial.Key.Short}: {trial.Faults.LastOrDefault()?.Split('\n')[0]}");
        }

        terminal.Error.WriteLine($"The log{(logs is null ? "" : $" in {logs}")} tells more; --retry-quarantined gives them another chance.");
        return ExitCode.Quarantined;
    }

    private static int InRange(string option, int value, int least, int most) =>
        value >= least && value <= most
            ? value
            : throw new UserMistakeException(string.Create(CultureInfo.InvariantCulture, $"{option} {value}: expected a whole number from {least} to {most}"));
}
