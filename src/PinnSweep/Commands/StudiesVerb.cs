using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Processes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>studies</c>: the studies of a cluster, or of a store without one, the newest first.</summary>
internal static class StudiesVerb
{
    private const int Usual = 50;

    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var skip = new Option<int>("--skip") { Description = "Leave out so many of the newest", HelpName = "N" };
        var take = new Option<int>("--take") { Description = "Show so many", HelpName = "N", DefaultValueFactory = _ => Usual };
        var json = CommonOptions.Json("The list as JSON.");
        var store = new Option<string?>("--store") { Description = "List the studies of this store, an SQLite file or the address of a PostgreSQL database, without a node; not together with --url", HelpName = "PLACE" };
        var tag = new Option<string?>("--tag") { Description = "Only studies with this tag", HelpName = "TAG" };
        var command = new Command("studies", "The studies of a cluster, or of a store without one, the newest first.") { skip, take, tag, json, store };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            if (parsed.GetValue(store) is { } place && !server.IsNodeMeant(parsed, store))
            {
                return StoredStudies.List(place, parsed.GetValue(skip), parsed.GetValue(take), parsed.GetValue(tag), parsed.GetValue(json), terminal);
            }

            using var client = server.Open(parsed);
            var page = await client.GetAsync<Page<StudyModel>>($"api/studies{new Query().With("skip", parsed.GetValue(skip)).With("take", parsed.GetValue(take)).With("tag", parsed.GetValue(tag))}", interrupts.Stop);
            if (parsed.GetValue(json))
            {
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(page, ApiJson.Indented));
                return ExitCode.Done;
            }

            var hasTags = page.Items.Any(study => study.Tags is not null);
            Columns.Write(
                terminal,
                [
                    ["STUDY", "HASH", "STATE", "DONE", "RUNNING", "WAITING", "GIVEN UP", "PRIORITY", .. hasTags ? ["TAGS"] : Array.Empty<string>()],
                    .. page.Items.Select(study => (IReadOnlyList<string>)
                    [
                        study.Name, study.Hash[..8], StateOf(study), string.Create(CultureInfo.InvariantCulture, $"{study.Accepted}/{study.Planned}"), Text(study.RunningCount), Text(study.Waiting), Text(study.Quarantined), Text(study.Priority), .. hasTags ? [string.Join(", ", study.Tags ?? [])] : Array.Empty<string>(),
                    ]),
                ]);
            if (page.Skip + page.Items.Count < page.Total)
            {
                await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{page.Total} in all; --skip {page.Skip + page.Items.Count} shows the next"));
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>One word for where a study stands.</summary>
    public static string StateOf(StudyModel study) => StudyStateWords.Of(study);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
