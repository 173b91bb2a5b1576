using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Processes;
using PinnSweep.Progress;
using PinnSweep.Storage;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>status</c>: where one study of a cluster stands, and what runs.</summary>
internal static class StatusVerb
{
    private const int Lines = 40;

    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var study = Name();
        var all = new Option<bool>("--cells") { Description = FormattableString.Invariant($"Show the cells also where they are more than {Lines} lines; with --json, the state is followed by `matrix`") };
        var json = CommonOptions.Json("The state as JSON.");
        var store = new Option<string?>("--store") { Description = "Ask this store, without a node: it does not know what runs; not together with --url", HelpName = "PLACE" };
        var command = new Command("status", "Where a study of a cluster or a store stands, its cells, and what runs.") { study, all, json, store };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var name = parsed.GetRequiredValue(study);
            var isWanted = parsed.GetValue(all) || !parsed.GetValue(json);
            StudyModel model;
            CellsModel? cells;
            if (parsed.GetValue(store) is { } place && !server.IsNodeMeant(parsed, store))
            {
                using var source = Store.OpenForReading(place);
                var view = OpenedStudy.Of(source, name);
                (model, cells) = (OpenedStudy.ModelOf(view), CellEndpoints.Of(view));
            }
            else
            {
                using var client = server.Open(parsed);
                var path = $"api/studies/{ApiClient.Part(name)}";
                model = await client.GetAsync<StudyModel>(path, interrupts.Stop);
                cells = isWanted ? await client.GetAsync<CellsModel>($"{path}/cells", interrupts.Stop) : null;
            }

            if (parsed.GetValue(json))
            {
                var answer = JsonSerializer.SerializeToNode(model, ApiJson.Options)!.AsObject();
                if (isWanted)
                {
                    answer["matrix"] = JsonSerializer.SerializeToNode(cells, ApiJson.Options);
                }

                await terminal.Out.WriteLineAsync(answer.ToJsonString(ApiJson.Indented));
                return ExitCode.Done;
            }

            Print(model, terminal);
            Matrix(cells!, parsed.GetValue(all), terminal);
            Running(model, terminal);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Matrix(CellsModel cells, bool isWhole, Terminal terminal)
    {
        var lines = MatrixText.Lines(cells, (terminal.OutIsLive ? Columns.WidthOfConsole() : Columns.Usual) - 2);
        if (!isWhole && lines.Count > Lines)
        {
            terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {cells.Cells.Count} cells; --cells shows them"));
            return;
        }

        foreach (var line in lines)
        {
            terminal.Out.WriteLine($"  {line}");
        }
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
        if (study.Continued is { } continued)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {continued} of {study.Planned} trials began where shorter ones had ended, {study.Planned - continued} at step 0"));
        }

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
    }

    private static void Running(StudyModel study, Terminal terminal)
    {
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
            terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {study.RunningCount - listed.Count} more"));
        }
    }
}
