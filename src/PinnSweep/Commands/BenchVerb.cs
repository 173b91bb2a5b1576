using System.CommandLine;
using System.Diagnostics;
using PinnSweep.Processes;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Commands;

/// <summary><c>bench</c>: starts the benchmark program, whose figures are ratios measured side by side in one run.</summary>
internal static class BenchVerb
{
    private static readonly string[] Subjects = ["engine", "step", "balancers", "coordinator", "defaults", "digits", "gpu", "kernels", "lanes", "pages", "peers", "reports", "resampling", "starts", "seq", "log"];

    public static Command Create(Interrupts interrupts)
    {
        var subject = new Argument<string>("SUBJECT") { Description = string.Join(", ", Subjects) };
        var rest = new Argument<string[]>("OPTIONS") { Description = "Handed on to the benchmark, for instance --json", Arity = ArgumentArity.ZeroOrMore, CaptureRemainingTokens = true };
        var command = new Command("bench", "Speed, measured on this machine: ratios side by side in one run.") { subject, rest };
        command.SetAction(async (parsed, _) =>
        {
            var chosen = Choice.Of("benchmark", parsed.GetRequiredValue(subject), Subjects);
            using var process = Process.Start(new ProcessStartInfo(Find(), [chosen, .. parsed.GetValue(rest) ?? []]))!;
            try
            {
                await process.WaitForExitAsync(interrupts.Stop);
                return process.ExitCode;
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        });
        return command;
    }

    private static string Find()
    {
        var here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        var program = Path.GetFullPath(Path.Combine(here, "..", "..", "PinnSweep.Benchmarks", Path.GetFileName(here), "PinnSweep.Benchmarks"));
        return File.Exists(program)
            ? program
            : throw new UserMistakeException($"the benchmarks are not built: no {program}. Start by ./pinnsweep bench, which builds them, or dotnet build tests/PinnSweep.Benchmarks -c Release.");
    }
}
