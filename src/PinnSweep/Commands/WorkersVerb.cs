using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Processes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>workers</c>: the workers of a cluster.</summary>
internal static class WorkersVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var skip = new Option<int>("--skip") { Description = "Leave out so many of the first", HelpName = "N" };
        var json = CommonOptions.Json("The list as JSON.");
        var command = new Command("workers", "The workers of a cluster, by name.") { skip, json };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var client = server.Open(parsed);
            var model = await client.GetAsync<WorkersModel>($"api/workers{new Query().With("skip", parsed.GetValue(skip))}", interrupts.Stop);
            if (parsed.GetValue(json))
            {
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(model, ApiJson.Indented));
                return ExitCode.Done;
            }

            if (model.Total == 0)
            {
                await terminal.Error.WriteLineAsync("no worker is registered; start one with `pinnsweep node --roles worker --seed-node HOST:PORT`");
                return ExitCode.Done;
            }

            Columns.Write(
                terminal,
                [
                    ["WORKER", "STATE", "RUNNING", "CPU", "GPU", "HEARD", "VERSION", "ADDRESS"],
                    .. model.Workers.Select(worker => (IReadOnlyList<string>)
                    [
                        worker.Name, StateOf(worker), Text(worker.Running), Text(worker.Cpu), Text(worker.Gpu), string.Create(CultureInfo.InvariantCulture, $"{worker.SilentSeconds:0} s ago"), worker.Software, worker.Address,
                    ]),
                ]);
            foreach (var worker in model.Workers.Where(worker => worker.Paused is not null))
            {
                await terminal.Out.WriteLineAsync($"{worker.Name} pauses and goes on by itself when this is over: {worker.Paused}");
            }

            if (model.Skip + model.Workers.Count < model.Total)
            {
                await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{model.Total} in all; --skip {model.Skip + model.Workers.Count} shows the next"));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string StateOf(WorkerModel worker) => worker.IsDraining ? "draining" : worker.Paused is not null ? "paused" : "working";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
