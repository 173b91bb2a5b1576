using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Planning;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Processes;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>submit</c>: hands a study to a cluster, with the files that it names.</summary>
internal static class SubmitVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var study = StudyArguments.Study();
        var set = StudyArguments.Set();
        var allow = StudyArguments.AllowFolder();
        var priority = new Option<int?>("--priority") { Description = "Studies with a higher number go first; equal ones share. Default: 0", HelpName = "N" };
        var maxRunning = new Option<int?>("--max-running") { Description = "Trials of it that may run at the same time. Default: no limit", HelpName = "N" };
        var device = new Option<string?>("--device") { Description = "cpu or gpu: the slots it may use. Default: any", HelpName = "KIND" };
        var json = CommonOptions.Json("What became of it, as JSON.");
        var command = new Command("submit", "Hand a study to a cluster. The same study again changes nothing but its placement.") { study, set, allow, priority, maxRunning, device, json };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var source = StudySource.Load(parsed.GetRequiredValue(study), parsed.GetRequiredValue(set), parsed.GetRequiredValue(allow));
            // Planned here too: mistakes are told with the file's own lines, and the files that it names are known afterwards.
            var plan = source.Plan(interrupts.Stop);
            if (source.Texts.Known.FirstOrDefault(file => LargeTables.StandsForOne(file.Value)).Key is { } large)
            {
                await terminal.Error.WriteLineAsync($"Notice: {large} is kept in {LargeTables.Folder}; nodes find it where PINNSWEEP_CACHE names a folder that they share with this machine");
            }

            var query = new Query()
                .With("file", Path.GetFileName(source.FileName))
                .With("priority", parsed.GetValue(priority))
                .With("maxRunning", parsed.GetValue(maxRunning))
                .With("device", parsed.GetValue(device) is { } kind ? Choice.Of("--device", kind, [Devices.Cpu, Devices.Gpu]) : null);
            using var client = server.Open(parsed);
            using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(source.Origin.Packed)) { Headers = { ContentType = new MediaTypeHeaderValue("application/yaml") } };
            var done = await client.PostAsync<SubmittedModel>($"api/studies{query}", body, interrupts.Stop);
            // What the node adds is what its store has of shorter studies.
            foreach (var notice in plan.Notices.Union(done.Notices, StringComparer.Ordinal))
            {
                await terminal.Error.WriteLineAsync($"Notice: {notice}");
            }

            if (LockFile.Notice(source, plan) is { } deviates)
            {
                await terminal.Error.WriteLineAsync($"Notice: {deviates}");
            }

            await terminal.Out.WriteLineAsync(parsed.GetValue(json)
                ? JsonSerializer.Serialize(done, ApiJson.Indented)
                : string.Create(CultureInfo.InvariantCulture, $"{done.Name} {done.Hash[..8]}: {(done.IsNew ? "submitted" : "known already")}, {done.Trials} trials of {done.Cells} cells. `pinnsweep watch {done.Name}` follows it"));
            return ExitCode.Done;
        });
        return command;
    }
}
