using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Client;

namespace PinnSweep.Commands;

/// <summary><c>workers</c>: the workers of a cluster.</summary>
internal static class WorkersVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var json = CommonOptions.Json("The list as JSON.");
        var command = new Command("workers", "The workers of a cluster.") { json };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var client = server.Open(parsed);
            var model = await client.GetAsync<WorkersModel>("api/workers", interrupts.Stop);
            if (parsed.GetValue(json))
            {
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(model, ApiJson.Indented));
                return ExitCode.Done;
            }

            if (model.Workers.Count == 0)
            {
                await terminal.Error.WriteLineAsync("no worker is registered; start one with `pinnsweep node --roles worker --seed-node HOST:PORT`");
                return ExitCode.Done;
            }

            Columns.Write(
                terminal.Out,
                [
                    ["WORKER", "STATE", "RUNNING", "CPU", "GPU", "HEARD", "VERSION", "ADDRESS"],
                    .. model.Workers.Select(worker => (IReadOnlyList<string>)
                    [
                        worker.Name, worker.IsDraining ? "draining" : "working", Text(worker.Running), Text(worker.Cpu), Text(worker.Gpu), string.Create(CultureInfo.InvariantCulture, $"{worker.SilentSeconds:0} s ago"), worker.Software, worker.Address,
                    ]),
                ]);
            return ExitCode.Done;
        });
        return command;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
