using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Processes;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>priority</c>: how a submitted study shares the workers with others.</summary>
internal static class PriorityVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var study = StatusVerb.Name();
        var priority = new Argument<int>("N") { Description = "Studies with a higher number go first; equal ones share" };
        var maxRunning = new Option<int?>("--max-running") { Description = "Trials of it that may run at the same time; 0 for no limit. Default: as it is", HelpName = "N" };
        var device = new Option<string?>("--device") { Description = "cpu, gpu or any: the slots it may use. Default: as it is", HelpName = "KIND" };
        var json = CommonOptions.Json("What holds now, as JSON.");
        var command = new Command("priority", "Change how a study of a cluster shares the workers with others. What runs goes on.") { study, priority, maxRunning, device, json };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var asked = new PriorityModel(
                parsed.GetRequiredValue(priority),
                parsed.GetValue(maxRunning),
                parsed.GetValue(device) is { } kind ? Choice.Of("--device", kind, [Devices.Cpu, Devices.Gpu, PriorityEndpoint.AnyDevice]) : null);
            using var client = server.Open(parsed);
            using var body = JsonContent.Create(asked, options: ApiJson.Options);
            var name = parsed.GetRequiredValue(study);
            var now = await client.PostAsync<PriorityModel>($"api/studies/{ApiClient.Part(name)}/priority", body, interrupts.Stop);
            await terminal.Out.WriteLineAsync(parsed.GetValue(json)
                ? JsonSerializer.Serialize(now, ApiJson.Indented)
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} has priority {now.Priority}, {(now.MaxRunning > 0 ? $"at most {now.MaxRunning} at a time" : "as many at a time as there are slots")}, on {now.Device} slots"));
            return ExitCode.Done;
        });
        return command;
    }
}
