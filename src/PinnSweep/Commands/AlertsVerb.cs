using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Cluster.Alerts;
using PinnSweep.Processes;
using PinnSweep.Storage;
using PinnSweep.Storage.Alerts;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>alerts</c>: whether hooks are reached, and what is on its way to them.</summary>
internal static class AlertsVerb
{
    /// <summary>The file when no option names one.</summary>
    public const string Variable = "PINNSWEEP_ALERTS";

    public static Command Create(Terminal terminal, Interrupts interrupts) => new("alerts", "Alerts by HTTP to people who look at nothing (docs/alerts.md).")
    {
        Test(terminal, interrupts),
        List(terminal),
    };

    private static Command Test(Terminal terminal, Interrupts interrupts)
    {
        var file = new Option<string?>("--file") { Description = $"The file of hooks. Default: ${Variable}", HelpName = "FILE" };
        var url = new Option<string?>("--url") { Description = "One address in place of a file", HelpName = "URL" };
        var secret = new Option<string?>("--secret-env") { Description = "The environment variable with the secret for --url", HelpName = "NAME" };
        var format = new Option<string?>("--format") { Description = "What --url takes: json, or chat. Default: json", HelpName = "NAME" };
        var command = new Command("test", "Send a test to every hook, and say which of them took it.") { file, url, secret, format };
        command.SetAction(async (parsed, _) =>
        {
            var plan = parsed.GetValue(url) is { } address
                ? AlertPlan.Of(address, parsed.GetValue(secret), parsed.GetValue(format))
                : AlertPlanFile.Load(FileOf(parsed.GetValue(file))).Plan;
            using var sender = new AlertSender(TimeProvider.System);
            var isAllTaken = true;
            foreach (var hook in plan.Hooks)
            {
                var answer = await sender.TestAsync(hook, plan.Cluster, Environment.MachineName, interrupts.Stop);
                isAllTaken &= answer.IsTaken;
                await terminal.Out.WriteLineAsync($"{hook}: {(answer.IsTaken ? "taken" : "not taken")}, {answer.Words}{(answer.Excerpt.Length == 0 ? "" : $": {answer.Excerpt}")}");
                if (answer.Advice.Length > 0)
                {
                    await terminal.Out.WriteLineAsync($"  {answer.Advice}");
                }
            }

            return isAllTaken ? ExitCode.Done : ExitCode.UserMistake;
        });
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var store = CommonOptions.Store();
        var all = new Option<bool>("--all") { Description = "Those that were taken or given up too, the newest 100" };
        var json = CommonOptions.Json("The list as JSON.");
        var command = new Command("list", "Alerts of a store that are on their way, also while a node runs.") { store, all, json };
        command.SetAction(parsed =>
        {
            const int Most = 100;
            using var opened = Store.OpenForReading(CommonOptions.StoreOf(parsed, store));
            var listed = parsed.GetValue(all) ? opened.Alerts.Newest(Most) : opened.Alerts.Pending();
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(JsonSerializer.Serialize(listed, ApiJson.Indented));
            }
            else if (listed.IsEmpty)
            {
                terminal.Error.WriteLine(parsed.GetValue(all) ? "no alert was raised" : "no alert is on its way");
            }
            else
            {
                Columns.Write(
                    terminal,
                    [["RAISED (UTC)", "EVENT", "STUDY", "HOOK", "STATE", "TRIES", "NEXT OR END", "REASON"], .. listed.Select(Row)]);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static IReadOnlyList<string> Row(StoredDelivery delivery) =>
    [
        Moment(delivery.Alert.At),
        delivery.Alert.Event,
        delivery.Alert.Study.Length == 0 ? "-" : delivery.Alert.Study[..Math.Min(8, delivery.Alert.Study.Length)],
        delivery.Hook,
        delivery.State switch
        {
            DeliveryState.Pending => "on its way",
            DeliveryState.Delivered => "taken",
            _ => "given up",
        },
        delivery.Attempts.ToString(CultureInfo.InvariantCulture),
        Moment(delivery.NextAt),
        delivery.Reason.Length == 0 ? "-" : delivery.Reason,
    ];

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string FileOf(string? named) =>
        named ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file ? file : throw new UserMistakeException($"alerts test: name the file of hooks by --file or {Variable}, or one address by --url"));
}
