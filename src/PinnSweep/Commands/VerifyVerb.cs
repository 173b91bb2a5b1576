using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Processes;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;
using PinnSweep.Trainers;

namespace PinnSweep.Commands;

/// <summary>
/// <c>verify</c>: the numerical core against references of its own, on this machine. The trainer does it, since it alone may load libtorch.
/// </summary>
internal static class VerifyVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var json = CommonOptions.Json("One JSON object a check.");
        var engine = new Option<string?>("--engine") { Description = "the derivatives of this engine alone, on its device: fused, torch, cuda or cuda:N, torch/cuda or torch/cuda:N", HelpName = "NAME" };
        var file = new Argument<string?>("file") { Description = "a problem file: its conditions counted, its solution put into its equations", HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne };
        var allow = StudyArguments.AllowFolder();
        var command = new Command("verify", "Derivatives of both engines against power series and differences; every solution against its own equation, and the floor of each reference. With FILE: a problem file against itself.") { file, json, engine, allow };
        command.SetAction(async (parsed, _) =>
        {
            if (parsed.GetValue(file) is { } path)
            {
                if (parsed.GetValue(engine) is not null)
                {
                    throw new UserMistakeException($"--engine checks derivatives, and {path} is held against itself without any; give one of them");
                }

                await VerifyFile.RunAsync(path, parsed.GetRequiredValue(allow), parsed.GetValue(json), terminal);
                return ExitCode.Done;
            }

            string[] arguments = parsed.GetValue(engine) is { } named ? ["--verify", EngineWord.Of("--engine", named, ["fused", "torch", "torch/cuda", "cuda"])] : ["--verify"];

            // Hardly anything runs twice: code that is first compiled badly costs a third of the time.
            var start = new ProcessStartInfo(TrainerProgram.Find(), arguments)
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
                Environment = { ["DOTNET_TieredCompilation"] = "0" },
            };
            ChildEnvironment.Clean(start.Environment);
            using var trainer = ChildProcesses.Start(start);
            try
            {
                var errors = trainer.StandardError.ReadToEndAsync(CancellationToken.None);
                var (checks, failed, forms) = (0, 0, new HashSet<string>(StringComparer.Ordinal));
                while (await trainer.StandardOutput.ReadLineAsync(interrupts.Stop) is { } line)
                {
                    var check = JsonSerializer.Deserialize<Check>(line, TrainerProtocol.Json)!;
                    if (check.Void is null)
                    {
                        checks++;
                        failed += check.Passed ? 0 : 1;
                    }
                    else
                    {
                        forms.Add(check.Form);
                    }

                    await terminal.Out.WriteLineAsync(parsed.GetValue(json) ? line : check.ToString());
                }

                await trainer.WaitForExitAsync(interrupts.Stop);
                if (trainer.ExitCode == 2)
                {
                    throw new UserMistakeException((await errors).Trim());
                }

                if (checks == 0 || (trainer.ExitCode != 0 && failed == 0))
                {
                    throw new TrainerFaultException($"the trainer ended with exit code {trainer.ExitCode}: {(await errors).Trim()}");
                }

                await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{checks - failed} of {checks} checks passed{Told(forms.Count)}"));
                return failed == 0 ? ExitCode.Done : ExitCode.Defect;
            }
            finally
            {
                if (!trainer.HasExited)
                {
                    trainer.Kill(entireProcessTree: true);
                }
            }
        });
        return command;
    }

    private static string Told(int forms) => forms == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {forms} published form{(forms == 1 ? "" : "s")} void as said");

    /// <summary>A line of the trainer.</summary>
    private sealed record Check(string Name, double Error, double Limit, bool Passed, string? Void = null)
    {
        /// <summary>What was checked, without what was looked at.</summary>
        public string Form => Name.Split(": its ")[0];

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{(Passed ? "ok    " : Void is null ? "FAILED" : "void  ")} {Error,8:0.0e0} {(Passed || Void is null ? '≤' : '>')} {Limit:0e0}  {Name}{(Void is null ? "" : $" – {Void}")}");
    }
}
