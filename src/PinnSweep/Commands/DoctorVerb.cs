using System.CommandLine;
using System.Text.Json;
using PinnSweep.Cluster.Working;
using PinnSweep.Doctor;
using PinnSweep.Processes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>doctor</c>: what this machine has, what is missing, and how to get it.</summary>
internal static class DoctorVerb
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var store = CommonOptions.Store();
        var tls = new Option<string?>("--tls") { Description = "A node's folder of certificates, to look when they end [$PINNSWEEP_TLS]", HelpName = "DIR" };
        var json = CommonOptions.Json("The findings as JSON.");
        var command = new Command("doctor", "What this machine has: SIMD width, libtorch, whether GPUs will be used and by what, database, ports; what is missing and how to get it. With --store every page, content and row of that store.") { store, tls, json };
        command.SetAction(async (parsed, _) =>
        {
            var path = CommonOptions.StoreOf(parsed, store);
            List<Finding> findings =
            [
                .. MachineCheck.Run(path),
                WorkFolderCheck.Run(Environment.GetEnvironmentVariable(WorkFolder.Variable) is { Length: > 0 } work ? work : WorkFolder.UsualPlace),
                .. await TrainerCheck.RunAsync(interrupts.Stop),
                .. StoreCheck.Run(path),
                .. parsed.GetResult(store) is { Implicit: false } ? StoreContentCheck.Run(path, terminal) : [],
                .. CertificateCheck.Run(parsed.GetValue(tls) ?? Environment.GetEnvironmentVariable("PINNSWEEP_TLS"), TimeProvider.System),
            ];
            if (parsed.GetValue(json))
            {
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(findings.Select(f => new { f.Name, State = f.State.ToString().ToLowerInvariant(), f.Text, f.Remedy }), Indented));
            }
            else
            {
                Print(findings, terminal.Out);
            }

            return findings.Exists(finding => finding.State == FindingState.Missing) ? ExitCode.UserMistake : ExitCode.Done;
        });
        return command;
    }

    internal static void Print(IReadOnlyList<Finding> findings, TextWriter writer)
    {
        var width = findings.Max(finding => finding.Name.Length);
        foreach (var finding in findings)
        {
            var state = finding.State switch { FindingState.Ok => "ok     ", FindingState.Optional => "-      ", _ => "MISSING" };
            writer.WriteLine($"{state} {finding.Name.PadRight(width)}  {finding.Text}");
            if (finding.State != FindingState.Ok && finding.Remedy is { } remedy)
            {
                writer.WriteLine($"        {"".PadRight(width)}  → {remedy}");
            }
        }
    }
}
