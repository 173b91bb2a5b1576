using System.CommandLine;
using System.Globalization;
using PinnSweep.Logging;
using PinnSweep.Processes;
using PinnSweep.SeqImport;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>seq import</c>: signals, dashboards and alerts into a Seq server.</summary>
internal static class SeqVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts) => new("seq", "What a Seq server shows of studies and machines.")
    {
        Import(terminal, interrupts),
    };

    private static Command Import(Terminal terminal, Interrupts interrupts)
    {
        var url = new Option<string?>("--url") { Description = "The Seq server, for instance http://localhost:5341. Default: $PINNSWEEP_SEQ_URL", HelpName = "URL" };
        var key = new Option<string?>("--api-key")
        {
            Description = $"A key of Seq with the permissions Read and Write. Better as ${SeqShipping.KeyVariable}: other users of this machine see command lines",
            HelpName = "KEY",
        };
        var from = new Option<string?>("--from") { Description = "A folder with templates in place of those of the program", HelpName = "DIR" };
        var dry = new Option<bool>("--dry-run") { Description = "Say what would be done, and do nothing" };
        var command = new Command("import", "Create signals, dashboards and alerts, or bring them up to date; again, it changes nothing.") { url, key, from, dry };
        command.SetAction(async (parsed, _) =>
        {
            var templates = parsed.GetValue(from) is { } folder ? SeqTemplates.Of(folder) : SeqTemplates.BuiltIn();
            using var seq = new SeqClient(UrlOf(CommonOptions.SeqOf(parsed, url)), parsed.GetValue(key) ?? Variable(SeqShipping.KeyVariable));
            var isDry = parsed.GetValue(dry);
            var (version, done) = await SeqImporter.ImportAsync(seq, templates, isDry, interrupts.Stop);
            foreach (var (template, change) in done.Where(one => one.Change != SeqChange.None))
            {
                await terminal.Out.WriteLineAsync($"{Words(change, isDry)} {template.Kind.Word} {template.Title}");
            }

            var (created, updated, left) = (Count(SeqChange.Create), Count(SeqChange.Update), Count(SeqChange.None));
            await terminal.Out.WriteLineAsync(created + updated == 0
                ? string.Create(CultureInfo.InvariantCulture, $"Seq {version} at {seq.Url}: nothing to change, all {left} are as they should be")
                : string.Create(CultureInfo.InvariantCulture, $"Seq {version} at {seq.Url}: {created} {(isDry ? "to create" : "created")}, {updated} {(isDry ? "to update" : "updated")}, {left} left as they are"));
            return ExitCode.Done;

            int Count(SeqChange which) => done.Count(one => one.Change == which);
        });
        return command;
    }

    private static string Words(SeqChange change, bool isDry) => (change, isDry) switch
    {
        (SeqChange.Create, false) => "created",
        (SeqChange.Create, true) => "would create",
        (_, false) => "updated",
        _ => "would update",
    };

    private static Uri UrlOf(string? text) => text switch
    {
        null => throw new UserMistakeException("seq import: name the Seq server by --url or PINNSWEEP_SEQ_URL, for instance --url http://localhost:5341"),
        _ when Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" => new(url.GetLeftPart(UriPartial.Path)),
        _ => throw new UserMistakeException($"--url {NearestMatch.Quote(text)}: expected the address of a Seq server, for instance http://localhost:5341"),
    };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
