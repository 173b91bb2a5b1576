using System.CommandLine;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Processes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>why</c>: what a trial waits for, or what became of it.</summary>
internal static class WhyVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var trial = new Argument<string>("TRIAL") { Description = "Its key, or the beginning of it" };
        var json = CommonOptions.Json("The answer as JSON.");
        var command = new Command("why", "What a trial of a cluster waits for, or what became of it.") { trial, json };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var client = server.Open(parsed);
            var answer = await client.GetAsync<WhyModel>($"api/trials/{ApiClient.Part(parsed.GetRequiredValue(trial))}/why", interrupts.Stop);
            if (parsed.GetValue(json))
            {
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(answer, ApiJson.Indented));
                return ExitCode.Done;
            }

            await terminal.Out.WriteLineAsync($"{answer.Key[..8]}: {answer.Phase}");
            foreach (var line in answer.Lines)
            {
                await terminal.Out.WriteLineAsync($"  {line.ReplaceLineEndings("\n  ")}");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
