using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Processes;
using PinnSweep.Progress;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>status</c>: where one study of a cluster stands, and what runs.</summary>
internal static class StatusVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var study = Name();
        var json = CommonOptions.Json("The state as JSON.");
        var command = new Command("status", "Where a study of a cluster stands, and what runs.") { study, json };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var client = server.Open(parsed);
            var model = await client.GetAsync<StudyModel>($"api/studies/{ApiClient.Part(parsed.GetRequiredValue(study))}", interrupts.Stop);
            if (parsed.GetValue(json))
            {
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(model, ApiJson.Indented));
            }
            else
            {
                Print(model, terminal);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The argument of every verb about a submitted study.</summary>
    public static Argument<string> Name() => new("STUDY") { Description = "Its name, its hash, or the beginning of its hash" };

    internal static void Print(StudyModel study, Terminal terminal)
    {
        var writer = terminal.Out;
        writer.WriteLine($"{study.Name} {study.Hash[..8]}: {StudiesVerb.StateOf(study)}");
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {study.Accepted} of {study.Planned} trials have a result; {study.RunningCount} run, {study.Waiting} wait, {study.Quarantined} were given up, {study.Cancelled} cancelled; {study.Faults} faults"));
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  priority {study.Priority}, {(study.MaxRunning is { } limit ? $"at most {limit} at a time" : "as many at a time as there are slots")}, on {study.Device ?? "any"} slots"));
        if (study.Tags is { } tags)
        {
            writer.WriteLine($"  tags: {string.Join(", ", tags)}");
        }

        foreach (var note in study.Notes ?? [])
        {
            writer.WriteLine($"  {NoteVerb.Line(note)}");
        }

        if (study.Stage is { } stage)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  stage {stage.Number}: {stage.Words}{(stage.AwaitsProposals ? $"; waits for proposals from outside, POST /api/studies/{study.Name}/tell" : stage.IsLast ? "; nothing is decided after it" : "")}"));
        }

        Columns.Write(terminal, [.. (study.Searches ?? []).Select(search => (IReadOnlyList<string>)
        [
            string.Create(CultureInfo.InvariantCulture, $"  search {search.Search}"),
            search.Name,
            string.Create(CultureInfo.InvariantCulture, $"{search.Proposals} {(search.Purse is { } purse ? FormattableString.Invariant($"of {purse} ") : "")}proposed, {search.Observed} observed{(search.Chosen is { } chosen ? $", proposal {chosen} chosen" : "")}"),
        ])]);
        if (study.Quarantined > 0)
        {
            writer.WriteLine($"  `pinnsweep retry {study.Name} --failed` gives those given up another chance");
        }

        Columns.Write(terminal, [.. (study.Running ?? []).Select(running => (IReadOnlyList<string>)
        [
            $"  {running.Key[..8]}",
            string.Join(" · ", (study.Varying ?? []).Select(factor => running.Labels.GetValueOrDefault(factor, ""))),
            string.Create(CultureInfo.InvariantCulture, $"seed {running.Seed}"),
            string.Create(CultureInfo.InvariantCulture, $"attempt {running.Attempt}"),
            $"on {running.Worker}",
            string.Create(CultureInfo.InvariantCulture, $"step {running.Step}"),
            $"error {Pace.Error(running.RelativeL2 ?? double.NaN)}",
        ])]);
        if (study.Running is { } listed && listed.Count < study.RunningCount)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {study.RunningCount - listed.Count} more"));
        }
    }
}
