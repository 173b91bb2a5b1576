using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Microsoft.Data.Sqlite;
using PinnSweep.Client;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Processes;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;
using PinnSweep.Trainers;

namespace PinnSweep.Commands;

/// <summary>The command line as a whole: verbs, help, and the one place where exceptions become exit codes.</summary>
internal static class RootVerb
{
    // SQLite's numbers: a damaged page, and a file that is no database any more.
    private const int Corrupt = 11;
    private const int NoDatabase = 26;

    private const string Manual = """
        Examples:
          pinnsweep run quickstart                      the built-in study that fits in four minutes
          pinnsweep plan my-study.yaml                  what would be trained, without training it
          pinnsweep run my-study.yaml --set seeds=10    the same study with more replicates
          pinnsweep train --problem helmholtz --balancer relobralo --steps 2000 --seed 1 --json
          pinnsweep catalog balancers                   what a study may name

        Files:
          pinnsweep.db       the store (SQLite): decisions, results, checkpoints; in the current folder unless --store says otherwise,
                             which may name a PostgreSQL database too
          out/STUDY/         tables, figures and evidence of a run; --out says otherwise
          STUDY.lock.json    what `lock` wrote down of a study, beside its file
          logs/              beside the file of the store, else in the current folder: one compact JSON object a line

        Environment:
          PINNSWEEP_STORE    the store when --store is absent
          PINNSWEEP_SEQ_URL  a Seq server that gets the log when --seq is absent
          PINNSWEEP_SEQ_API_KEY  the API key for that server; seq import needs one with the permissions Read and Write where Seq asks for it
          PINNSWEEP_ALERTS   the file of hooks that node and alerts test read when --alerts or --file is absent
          PINNSWEEP_LIBTORCH the libtorch of an installed PyTorch for trainers, to compute on GPUs; doctor says whether it fits
          PINNSWEEP_URL      the node that submit, status, watch, report … talk to when --url is absent; report --store reads a store all the same
          PINNSWEEP_TOKEN    the token for it when --token is absent
          NO_COLOR           set: no colours

        Exit codes:
          0    done
          1    a mistake of yours, or a fault of the machine such as a full disk; the message says what to do
          2    the run ended, but some trials were given up after repeated faults
          70   a defect of PinnSweep
          75   a node that has lost its cluster; its supervisor starts it again
          130  interrupted; the same command goes on where it stopped
        """;

    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, Interrupts interrupts)
    {
        // A trainer takes as long to start as all that comes before it is needed.
        using var trainers = arguments is ["train", _, ..] && !arguments.Any(argument => argument is "--help" or "-h" or "-?") ? TrainerProgram.BeginOne() : null;
        var root = Create(terminal, interrupts, arguments.FirstOrDefault(), trainers);
        if (arguments.Length == 0)
        {
            arguments = ["--help"];
        }

        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction and not null && !IsHelp(parsed))
        {
            await terminal.Error.WriteLineAsync(StorePlace.WithoutPasswords(MistypedCommand.Explain(parsed)));
            return ExitCode.UserMistake;
        }

        try
        {
            return await parsed.InvokeAsync(
                new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = terminal.Out, Error = terminal.Error },
                CancellationToken.None);
        }
        catch (UserMistakeException mistake)
        {
            await terminal.Error.WriteLineAsync(mistake.Message);
            return ExitCode.UserMistake;
        }
        catch (UnreachableException unreachable)
        {
            await terminal.Error.WriteLineAsync(unreachable.Message);
            return ExitCode.UserMistake;
        }
        catch (TrainerFaultException fault)
        {
            await terminal.Error.WriteLineAsync($"pinnsweep: the training broke; {fault.Message}\npinnsweep doctor checks what this machine has.");
            return ExitCode.Quarantined;
        }
        catch (SqliteException damage) when (damage.SqliteErrorCode is Corrupt or NoDatabase)
        {
            await terminal.Error.WriteLineAsync($"The store is damaged ({damage.Message}); `pinnsweep doctor --store FILE` says where. Restore a copy, or name another file with --store.");
            return ExitCode.UserMistake;
        }
        catch (OperationCanceledException) when (interrupts.Stop.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception failure) when (MachineTrouble.Explain(failure) is { } trouble)
        {
            await terminal.Error.WriteLineAsync($"pinnsweep: {StorePlace.WithoutPasswords(trouble)}.\nNothing that was finished is lost: mend that and give the same command again.");
            return ExitCode.UserMistake;
        }
        catch (Exception defect)
        {
            // The outermost edge: whatever nobody expected ends here, as a report that can be sent on.
            await terminal.Error.WriteLineAsync(DefectReport.Write(defect, arguments));
            return ExitCode.Defect;
        }
    }

    /// <summary>The command line.</summary>
    /// <param name="terminal">Where commands write.</param>
    /// <param name="interrupts">What ends them.</param>
    /// <param name="only">The only verb that is needed; all where it is none. Making them all takes longer than many of them do.</param>
    /// <param name="trainers">Trainers that are started already.</param>
    internal static RootCommand Create(Terminal terminal, Interrupts interrupts, string? only = null, TrainerReserve? trainers = null)
    {
        var verbs = new OrderedDictionary<string, Func<Command>>(StringComparer.Ordinal)
        {
            ["run"] = () => RunVerb.Create(terminal, interrupts),
            ["node"] = () => NodeVerb.Create(terminal, interrupts),
            ["certs"] = () => CertsVerb.Create(terminal),
            ["plan"] = () => PlanVerb.Create(terminal, interrupts),
            ["lock"] = () => LockVerb.Create(terminal, interrupts),
            ["train"] = () => TrainVerb.Create(terminal, interrupts, trainers),
            ["predict"] = () => PredictVerb.Create(terminal, interrupts),
            ["export"] = () => ExportVerb.Create(terminal, interrupts),
            ["show"] = () => ShowVerb.Create(terminal, interrupts),
            ["report"] = () => ReportVerb.Create(terminal, interrupts),
            ["import"] = () => ImportVerb.Create(terminal, interrupts),
            ["audit"] = () => AuditVerb.Create(terminal, interrupts),
            ["tag"] = () => TagVerb.Create(terminal, interrupts),
            ["note"] = () => NoteVerb.Create(terminal, interrupts),
            ["submit"] = () => SubmitVerb.Create(terminal, interrupts),
            ["studies"] = () => StudiesVerb.Create(terminal, interrupts),
            ["status"] = () => StatusVerb.Create(terminal, interrupts),
            ["watch"] = () => WatchVerb.Create(terminal, interrupts),
            ["trials"] = () => TrialsVerb.Create(terminal, interrupts),
            ["compare"] = () => CompareVerb.Create(terminal, interrupts),
            ["pause"] = () => OrderVerb.Pause(terminal, interrupts),
            ["resume"] = () => OrderVerb.Resume(terminal, interrupts),
            ["cancel"] = () => OrderVerb.Cancel(terminal, interrupts),
            ["retry"] = () => OrderVerb.Retry(terminal, interrupts),
            ["priority"] = () => PriorityVerb.Create(terminal, interrupts),
            ["workers"] = () => WorkersVerb.Create(terminal, interrupts),
            ["drain"] = () => DrainVerb.Create(terminal, interrupts),
            ["undrain"] = () => DrainVerb.Undrain(terminal, interrupts),
            ["why"] = () => WhyVerb.Create(terminal, interrupts),
            ["catalog"] = () => CatalogVerb.Create(terminal),
            ["doctor"] = () => DoctorVerb.Create(terminal, interrupts),
            ["health"] = () => HealthVerb.Create(terminal),
            ["seq"] = () => SeqVerb.Create(terminal, interrupts),
            ["alerts"] = () => AlertsVerb.Create(terminal, interrupts),
            ["verify"] = () => VerifyVerb.Create(terminal, interrupts),
            ["bench"] = () => BenchVerb.Create(interrupts),
        };
        var root = new RootCommand("PinnSweep compares training methods of physics-informed neural networks: a study file in, the table of a paper out.");
        foreach (var (_, create) in verbs.Where(verb => only is null || !verbs.ContainsKey(only) || verb.Key == only))
        {
            root.Add(create());
        }

        root.Options.OfType<VersionOption>().Single().Action = new VersionAction(terminal);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ManualAction((HelpAction)help.Action!, root);
        return root;
    }

    private static bool IsHelp(ParseResult parsed) => parsed.Action is ManualAction;

    private sealed class VersionAction(Terminal terminal) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            terminal.Out.WriteLine(DefectReport.Version);
            return ExitCode.Done;
        }
    }

    /// <summary>The generated help; at the root the rest of the manual follows.</summary>
    private sealed class ManualAction(HelpAction generated, RootCommand root) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            generated.Invoke(parseResult);
            if (parseResult.CommandResult.Command == root)
            {
                parseResult.InvocationConfiguration.Output.WriteLine(Manual);
            }

            return ExitCode.Done;
        }
    }
}
