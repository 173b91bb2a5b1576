using System.CommandLine;
using System.Globalization;
using PinnSweep.Annotations;
using PinnSweep.Processes;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Texts;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>note</c>: what somebody wants to remember of a study, or of one of its levels; reports print it.</summary>
internal static class NoteVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var place = new AnnotationPlace();
        var text = new Argument<string?>("TEXT") { Description = "The note, one line; without it the study's notes are shown", Arity = ArgumentArity.ZeroOrOne };
        var level = new Option<string?>("--level") { Description = "The level that it is about, by its label, for instance balancer=relobralo", HelpName = "FACTOR=LABEL" };
        var remove = new Option<int?>("--remove") { Description = "Remove the note of this number", HelpName = "N" };
        var command = place.Verb("note", "Write a note on a study or on one of its levels; reports print it. Notes change neither its hash nor a result.");
        command.Add(text);
        command.Add(level);
        command.Add(remove);
        command.SetAction(async (parsed, _) =>
        {
            var (words, about, number) = (parsed.GetValue(text), parsed.GetValue(level), parsed.GetValue(remove));
            if (number is not null && (words ?? about) is not null)
            {
                throw new UserMistakeException("--remove: removes a note and writes none; leave TEXT and --level out");
            }

            if (about is not null && words is null)
            {
                throw new UserMistakeException($"--level {NearestMatch.Quote(about)}: expected the text of a note too");
            }

            using var study = await place.OpenAsync(parsed, words is not null || number is not null, terminal, interrupts);
            if (number is { } gone)
            {
                await study.RemoveNoteAsync(gone, interrupts.Stop);
                await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{study.Name}: note {gone} is removed"));
            }
            else if (words is not null)
            {
                await terminal.Out.WriteLineAsync($"{study.Name}: {Line(await study.AddNoteAsync(Of(words, about), interrupts.Stop))}");
            }
            else
            {
                foreach (var line in (await study.NotesAsync(interrupts.Stop)).Notes.Select(Line).DefaultIfEmpty($"{study.Name}: no note"))
                {
                    await terminal.Out.WriteLineAsync(line);
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A note on a line of a terminal.</summary>
    public static string Line(NoteModel note) => string.Create(
        CultureInfo.InvariantCulture,
        $"note {note.Number}, {note.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC{(note.Factor is null ? "" : $", {note.Factor} {VisibleText.Line(note.Level ?? "")}")}: {VisibleText.Line(note.Text)}");

    private static NewNoteModel Of(string text, string? about)
    {
        if (about is null)
        {
            return new(text);
        }

        var sign = about.IndexOf('=', StringComparison.Ordinal);
        return sign > 0 ? new(text, about[..sign], about[(sign + 1)..]) : throw new UserMistakeException($"--level {NearestMatch.Quote(about)}: expected FACTOR=LABEL, for instance --level balancer=relobralo");
    }
}
