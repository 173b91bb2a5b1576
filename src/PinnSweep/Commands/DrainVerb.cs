using System.CommandLine;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Processes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>drain</c>: has a worker give back what it trains and end, or rest; <c>undrain</c> takes that back.</summary>
internal static class DrainVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var worker = Name();
        var keep = new Option<bool>("--keep") { Description = "It stays and rests until `pinnsweep undrain`, or until it is started again; without it, its node ends" };
        var command = new Command("drain", "Have a worker write checkpoints, give back what it trains and take nothing new.") { worker, keep };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var client = server.Open(parsed);
            var query = new Query().With("keep", parsed.GetValue(keep) ? "true" : null);
            var answer = await client.PostAsync<DoneModel>($"api/workers/{ApiClient.Part(parsed.GetRequiredValue(worker))}/drain{query}", null, interrupts.Stop);
            await terminal.Out.WriteLineAsync(parsed.GetValue(keep) ? $"{answer.Name} rests; `pinnsweep undrain {answer.Name}` has it work again" : $"{answer.Name} is draining");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Undrain(Terminal terminal, Interrupts interrupts)
    {
        var worker = Name();
        var command = new Command("undrain", "Have a worker take work again that rests, or that was drained and has not ended.") { worker };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var client = server.Open(parsed);
            var answer = await client.PostAsync<DoneModel>($"api/workers/{ApiClient.Part(parsed.GetRequiredValue(worker))}/undrain", null, interrupts.Stop);
            await terminal.Out.WriteLineAsync($"{answer.Name} was told to take work again");
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Name() => new("WORKER") { Description = "Its name, as `pinnsweep workers` shows it" };
}
