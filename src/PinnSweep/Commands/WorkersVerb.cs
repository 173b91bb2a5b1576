using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Processes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>workers</c>: the workers of a cluster, or one of them with what it trains.</summary>
internal static class WorkersVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var worker = new Argument<string?>("WORKER") { Description = "One of them, with its machine and what it trains. Default: a list", Arity = ArgumentArity.ZeroOrOne };
        var skip = new Option<int>("--skip") { Description = "Leave out so many of the first", HelpName = "N" };
        var json = CommonOptions.Json("The list, or the worker, as JSON.");
        var command = new Command("workers", "The workers of a cluster, by name, with their machines and their pace; or one of them.") { worker, skip, json };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var client = server.Open(parsed);
            if (parsed.GetValue(worker) is { } name)
            {
                var detail = await client.GetAsync<WorkerDetailModel>($"api/workers/{ApiClient.Part(name)}", interrupts.Stop);
                await PrintAsync(detail, parsed.GetValue(json), terminal, () => WorkerText.Write(detail, terminal));
                return ExitCode.Done;
            }

            var model = await client.GetAsync<WorkersModel>($"api/workers{new Query().With("skip", parsed.GetValue(skip))}", interrupts.Stop);
            await PrintAsync(model, parsed.GetValue(json), terminal, () => List(model, terminal));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task PrintAsync<T>(T model, bool isJson, Terminal terminal, Action write)
    {
        if (isJson)
        {
            await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(model, ApiJson.Indented));
        }
        else
        {
            write();
        }
    }

    private static void List(WorkersModel model, Terminal terminal)
    {
        if (model.Total == 0)
        {
            terminal.Error.WriteLine("no worker is registered; start one with `pinnsweep node --roles worker --seed-node HOST:PORT`");
            return;
        }

        Columns.Write(terminal, WorkerText.Rows(model.Workers, Columns.Width(terminal)));
        foreach (var worker in model.Workers.Where(worker => worker.Paused is not null))
        {
            terminal.Out.WriteLine($"{worker.Name} pauses and goes on by itself when this is over: {worker.Paused}");
        }

        foreach (var (worker, trouble) in model.Workers.SelectMany(worker => (worker.Packs ?? []).Select(pack => (worker, pack.Trouble))).Where(one => one.Trouble is not null).Distinct())
        {
            terminal.Out.WriteLine($"{worker.Name}: {trouble}");
        }

        if (model.Skip + model.Workers.Count < model.Total)
        {
            terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Total} in all; --skip {model.Skip + model.Workers.Count} shows the next"));
        }
    }
}
