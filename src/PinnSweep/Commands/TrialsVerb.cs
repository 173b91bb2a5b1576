using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Processes;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;
using PinnSweep.Views;

namespace PinnSweep.Commands;

/// <summary><c>trials</c>: the trials of a study, filtered and sorted, from a store or from a node.</summary>
internal static class TrialsVerb
{
    private const int Usual = 40;

    // As many as a node tells at once.
    private const int PageSize = 1000;

    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var study = StatusVerb.Name();
        var state = new Option<string?>("--state") { Description = $"Only trials in one of these states: {string.Join(", ", TrialQuery.States)}", HelpName = "LIST" };
        var cell = new Option<int?>("--cell") { Description = "Only trials of the cell with this number, as `status --json` has them", HelpName = "N" };
        var where = new Option<string[]>("--where") { Description = "Only trials with this level, for instance balancer=relobralo; may stand more than once: of one factor any, of several all", HelpName = "FACTOR=LEVEL", DefaultValueFactory = _ => [] };
        var seed = new Option<long?>("--seed") { Description = "Only trials with this seed", HelpName = "R" };
        var sort = new Option<string?>("--sort") { Description = $"{string.Join(", ", TrialQuery.Sorts)}; -error and so on the other way round", HelpName = "WORD" };
        var take = new Option<int?>("--take") { Description = $"Show so many. Default: {Usual}, with --csv all", HelpName = "N" };
        var skip = new Option<int>("--skip") { Description = "Leave out so many of the first", HelpName = "N" };
        var csv = new Option<bool>("--csv") { Description = "CSV with every factor, a line a trial" };
        var json = CommonOptions.Json("The list as JSON.");
        var store = CommonOptions.Store();
        var command = new Command("trials", $"The trials of a study, from a store, which does not know what runs, or from a node. {ServerOptions.Precedence}.") { study, state, cell, where, seed, sort, take, skip, csv, json, store };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var wanted = new Wanted(
                parsed.GetRequiredValue(study), parsed.GetValue(state), parsed.GetValue(cell), parsed.GetRequiredValue(where), parsed.GetValue(seed), parsed.GetValue(sort), parsed.GetValue(skip), parsed.GetValue(take));
            wanted.Check(parsed.GetValue(csv) && parsed.GetValue(json));
            // What means nothing is told before anybody is asked.
            var query = TrialQuery.Parse(wanted.State, wanted.Cell, wanted.Where, wanted.Seed, wanted.Sort, "--");
            if (server.IsNodeMeant(parsed, store))
            {
                using var client = server.Open(parsed);
                await (parsed.GetValue(csv)
                    ? CopyAsync(client, wanted, terminal, interrupts.Stop)
                    : TellAsync(await FetchAsync(client, wanted, interrupts.Stop), parsed.GetValue(json), terminal));
                return ExitCode.Done;
            }

            using var source = Store.OpenForReading(CommonOptions.StoreOf(parsed, store));
            var view = OpenedStudy.Of(source, wanted.Study);
            var trials = query.Of(view);
            if (parsed.GetValue(csv))
            {
                TrialCsv.Write(view.Plan, trials.Skip(wanted.Skip).Take(wanted.Take ?? int.MaxValue), terminal.Document);
                return ExitCode.Done;
            }

            await TellAsync(TrialEndpoints.Of(view, trials, wanted.Skip, wanted.Take ?? Usual), parsed.GetValue(json), terminal);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task TellAsync(TrialsModel trials, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(trials, ApiJson.Indented));
            return;
        }

        TrialRows.Print(trials, terminal);
    }

    private static async Task<TrialsModel> FetchAsync(ApiClient client, Wanted wanted, CancellationToken cancel)
    {
        var count = wanted.Take ?? Usual;
        var all = await client.GetAsync<TrialsModel>(wanted.Path(wanted.Skip, Math.Min(count, PageSize)), cancel);
        var items = all.Items.ToList();
        while (items.Count < count && all.Skip + items.Count < all.Total)
        {
            var next = await client.GetAsync<TrialsModel>(wanted.Path(wanted.Skip + items.Count, Math.Min(count - items.Count, PageSize)), cancel);
            if (next.Items.Count == 0)
            {
                break;
            }

            items.AddRange(next.Items);
        }

        return all with { Items = items };
    }

    private static async Task CopyAsync(ApiClient client, Wanted wanted, Terminal terminal, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await client.CopyAsync(wanted.Path(wanted.Skip == 0 ? null : wanted.Skip, wanted.Take ?? (wanted.Skip == 0 ? null : PageSize)) + "&format=csv", bytes, cancel);
        await terminal.Document.WriteAsync(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    /// <summary>What was asked for, in the words of the command line.</summary>
    private sealed record Wanted(string Study, string? State, int? Cell, string[] Where, long? Seed, string? Sort, int Skip, int? Take)
    {
        public void Check(bool isTwofold)
        {
            if (Skip < 0 || Take < 1)
            {
                throw new UserMistakeException(string.Create(CultureInfo.InvariantCulture, $"--skip {Skip} --take {Take}: expected whole numbers, --skip of at least 0 and --take of at least 1"));
            }

            if (isTwofold)
            {
                throw new UserMistakeException("--csv and --json: name one of the two");
            }
        }

        public string Path(int? skip, int? take)
        {
            var query = new Query().With("state", State).With("cell", Cell).With("seed", Seed?.ToString(CultureInfo.InvariantCulture)).With("sort", Sort ?? "plan").With("skip", skip).With("take", take);
            foreach (var level in Where)
            {
                query.With("where", level);
            }

            return $"api/studies/{ApiClient.Part(Study)}/trials{query}";
        }
    }
}
