using System.CommandLine;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Processes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>drain</c>: has a worker give back what it trains and end.</summary>
internal static class DrainVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var worker = new Argument<string>("WORKER") { Description = "Its name, as `pinnsweep workers` shows it" };
        var command = new Command("drain", "Have a worker write checkpoints, give back what it trains and take nothing new.") { worker };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var client = server.Open(parsed);
            var answer = await client.PostAsync<DoneModel>($"api/workers/{ApiClient.Part(parsed.GetRequiredValue(worker))}/drain", null, interrupts.Stop);
            await terminal.Out.WriteLineAsync($"{answer.Name} is draining");
            return ExitCode.Done;
        });
        return command;
    }
}
