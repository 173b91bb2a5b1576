using System.CommandLine;
using PinnSweep.Processes;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>tag</c>: words by which <c>studies --tag</c> finds a study again.</summary>
internal static class TagVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var place = new AnnotationPlace();
        var words = new Argument<string[]>("TAG") { Description = "Tags to add; without any the study's tags are shown", Arity = ArgumentArity.ZeroOrMore };
        var remove = new Option<bool>("--remove") { Description = "Take these tags away" };
        var command = place.Verb("tag", "Tag a study, so that `studies --tag` finds it. Tags change neither its hash nor a result.");
        command.Add(words);
        command.Add(remove);
        command.SetAction(async (parsed, _) =>
        {
            string[] tags = parsed.GetValue(words) ?? [];
            var isRemoval = parsed.GetValue(remove);
            if (isRemoval && tags.Length == 0)
            {
                throw new UserMistakeException("--remove: expected the tags to take away");
            }

            using var study = await place.OpenAsync(parsed, tags.Length > 0, terminal, interrupts);
            var before = (await study.TagsAsync(interrupts.Stop)).Tags;
            if (isRemoval && tags.Except(before).FirstOrDefault() is { } unknown)
            {
                throw new UserMistakeException($"{study.Name} has no tag {NearestMatch.Quote(unknown)}{NearestMatch.Hint(unknown, before)}");
            }

            var now = tags.Length == 0 ? before : (await study.SetTagsAsync([.. isRemoval ? before.Except(tags) : before.Union(tags)], interrupts.Stop)).Tags;
            await terminal.Out.WriteLineAsync($"{study.Name}: {(now.Count == 0 ? "no tag" : string.Join(", ", now))}");
            return ExitCode.Done;
        });
        return command;
    }
}
