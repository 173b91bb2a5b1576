using System.CommandLine;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Processes;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>pause</c>, <c>resume</c>, <c>cancel</c>, <c>retry</c>: one order about one study.</summary>
internal static class OrderVerb
{
    public static Command Pause(Terminal terminal, Interrupts interrupts) =>
        Create("pause", "Start nothing more of a study; what runs writes a checkpoint and waits.", "is paused", terminal, interrupts);

    public static Command Resume(Terminal terminal, Interrupts interrupts) =>
        Create("resume", "End a pause.", "goes on", terminal, interrupts);

    public static Command Cancel(Terminal terminal, Interrupts interrupts) =>
        Create("cancel", "Stop wanting a study. What is finished stays; submitted again, it goes on.", "is cancelled", terminal, interrupts);

    public static Command Retry(Terminal terminal, Interrupts interrupts)
    {
        var failed = new Option<bool>("--failed") { Description = "The trials that were given up after repeated faults; there are no others to try again" };
        var command = Create("retry", "Give trials that were given up another chance.", "tries those trials again", terminal, interrupts, failed);
        return command;
    }

    private static Command Create(string word, string description, string done, Terminal terminal, Interrupts interrupts, Option<bool>? required = null)
    {
        var study = StatusVerb.Name();
        var command = new Command(word, description) { study };
        if (required is not null)
        {
            command.Add(required);
        }

        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            if (required is not null && !parsed.GetValue(required))
            {
                throw new UserMistakeException($"{word}: expected {required.Name}, the trials that were given up; finished ones are never trained again");
            }

            using var client = server.Open(parsed);
            var answer = await client.PostAsync<DoneModel>($"api/studies/{ApiClient.Part(parsed.GetRequiredValue(study))}/{word}", null, interrupts.Stop);
            await terminal.Out.WriteLineAsync($"{answer.Name} {done}");
            return ExitCode.Done;
        });
        return command;
    }
}
