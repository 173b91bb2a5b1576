using System.CommandLine;
using System.Globalization;
using System.Text;
using PinnSweep.Processes;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>import</c>: results of others as rows beside ours, marked and never counted among them.</summary>
internal static class ImportVerb
{
    // What anybody types or exports is far smaller.
    private const int MaximumBytes = 16 << 20;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var place = new AnnotationPlace();
        var file = new Argument<string?>("FILE") { Description = "Comma-separated values with the columns method, problem, seed, error, source, and seconds and note where they are known", Arity = ArgumentArity.ZeroOrOne };
        var remove = new Option<string?>("--remove") { Description = "Remove all results of this source", HelpName = "SOURCE" };
        var list = new Option<bool>("--list") { Description = "Show what was imported" };
        var command = place.Verb("import", "Put results of others beside a study's own in its report, marked, never pooled, ranked or tested with them. The same file again changes nothing.");
        command.Add(file);
        command.Add(remove);
        command.Add(list);
        command.SetAction(async (parsed, _) =>
        {
            var (path, source) = (parsed.GetValue(file), parsed.GetValue(remove));
            if ((path is null ? 0 : 1) + (source is null ? 0 : 1) + (parsed.GetValue(list) ? 1 : 0) != 1)
            {
                throw new UserMistakeException("import: expected one of FILE, --remove SOURCE and --list");
            }

            var text = path is null ? null : Read(path);
            using var study = await place.OpenAsync(parsed, !parsed.GetValue(list), terminal, interrupts);
            if (text is not null)
            {
                var imported = await study.ImportAsync(text, path!, interrupts.Stop);
                await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{study.Name}: {imported.Added} external results added{(imported.Known > 0 ? $", {imported.Known} were known" : "")}; reports mark them"));
            }
            else if (source is not null)
            {
                var gone = await study.RemoveSourceAsync(source, interrupts.Stop);
                await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{study.Name}: {gone.Removed} external results removed"));
            }
            else
            {
                Columns.Write(
                    terminal,
                    [
                        ["SOURCE", "RESULTS", "IMPORTED (UTC)", "METHODS", "PROBLEMS"],
                        .. (await study.ExternalAsync(interrupts.Stop)).Sources.Select(known => (IReadOnlyList<string>)
                        [
                            known.Source,
                            known.Results.ToString(CultureInfo.InvariantCulture),
                            known.ImportedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                            string.Join(", ", known.Methods),
                            string.Join(", ", known.Problems),
                        ]),
                    ]);
            }

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
                : throw new UserMistakeException(string.Create(CultureInfo.InvariantCulture, $"{path}: a file of results has at most {MaximumBytes >> 20} MB"));
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
