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
        var file = new Argument<string>("TABLE") { Description = "Comma-separated values, a line a number, with the columns case, method, mean, and sd, metric, source, n, floor and trivial where they are known", HelpName = "TABLE.csv" };
        var json = CommonOptions.Json("The audit as JSON.");
        var command = new Command("audit", "What a published table says against itself: numbers told twice, winners that would not win again or depend on the metric, cells at a trivial score or at the reference's error.") { file, json };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var audit = TableAudit.Of(AuditFile.Read(Read(path), path));
            interrupts.Stop.ThrowIfCancellationRequested();
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(JsonSerializer.Serialize(new { audit.Contradictions, audit.Winners, audit.Dependences, audit.Worthless, audit.Saturated }, JsonSerializerOptions.Web));
                return ExitCode.Done;
            }

            terminal.Out.WriteLine(TextFormat.Of(AuditTables.Sentences(audit), AuditTables.Of(audit), Columns.Width(terminal)));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Read(string path)
    {
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
