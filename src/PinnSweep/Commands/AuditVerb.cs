using System.CommandLine;
using System.Text;
using System.Text.Json;
using PinnSweep.Processes;
using PinnSweep.Reports.Audits;
using PinnSweep.Reports.Formats;
using PinnSweep.Studies.Audits;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>audit</c>: what a published table says against itself, and how much of its ranking would come again.</summary>
internal static class AuditVerb
{
    private const int MaximumBytes = 16 << 20;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var file = new Argument<string>("TABLE")
        {
            Description = $"A file of comma-separated values, a line a number, with the columns case, method, mean, and sd, metric, source, n, floor, trivial and void where they are known; or a table that comes with the program: {string.Join(", ", AuditExamples.Names)}",
            HelpName = "TABLE.csv",
        };
        var print = new Option<bool>("--print") { Description = "Only print the table itself, to start a file from" };
        var json = CommonOptions.Json("The audit as JSON.");
        var command = new Command("audit", "What a published table says against itself: numbers told twice, winners that would not win again or depend on the metric, cells at a trivial score or at the reference's error.") { file, print, json };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var text = Read(path);
            if (parsed.GetValue(print))
            {
                terminal.Out.Write(text);
                return ExitCode.Done;
            }

            var audit = TableAudit.Of(AuditFile.Read(text, path));
            interrupts.Stop.ThrowIfCancellationRequested();
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(JsonSerializer.Serialize(AuditJson.Of(audit), JsonSerializerOptions.Web));
                return ExitCode.Done;
            }

            terminal.Out.WriteLine(TextFormat.Of(AuditTables.Sentences(audit), AuditTables.Of(audit), Columns.Width(terminal)));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Read(string path)
    {
        if (!File.Exists(path) && AuditExamples.Find(path) is { } example)
        {
            return example;
        }

        if (!Path.Exists(path) && !path.AsSpan().ContainsAny('.', '/', Path.DirectorySeparatorChar))
        {
            throw new UserMistakeException($"{path}: there is no such file, and no table of the program is called so{NearestMatch.Hint(path, AuditExamples.Names)}");
        }

        try
        {
            return new FileInfo(path).Length <= MaximumBytes
                ? StrictUtf8.GetString(File.ReadAllBytes(path))
                : throw new UserMistakeException(FormattableString.Invariant($"{path}: a table has at most {MaximumBytes >> 20} MB"));
        }
        catch (DecoderFallbackException)
        {
            throw new UserMistakeException($"{path}: is no UTF-8 text");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }
}
