using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Processes;
using PinnSweep.Progress;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;
using PinnSweep.Views;

namespace PinnSweep.Commands;

/// <summary><c>compare</c>: which numbers of two studies differ, by how much, and why.</summary>
internal static class CompareVerb
{
    private const int Shown = 30;

    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var first = new Argument<string>("STUDY") { Description = "The study to start from: its name, its hash, or the beginning of its hash" };
        var second = new Argument<string>("OTHER") { Description = "The study that is held against it" };
        var full = new Option<bool>("--full") { Description = "Look up commit, engine and machine of every result of a cell that changed" };
        var json = CommonOptions.Json("The comparison as JSON, with every cell that changed.");
        var store = CommonOptions.Store();
        var other = new Option<string?>("--store2") { Description = "The store of the second study, if it is another one", HelpName = "PLACE" };
        var command = new Command("compare", $"Which numbers of two studies differ, by how much, and why. {ServerOptions.Precedence}.") { first, second, full, json, store, other };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var (left, right) = (parsed.GetRequiredValue(first), parsed.GetRequiredValue(second));
            StudyComparison comparison;
            if (server.IsNodeMeant(parsed, store))
            {
                if (parsed.GetValue(other) is not null)
                {
                    throw new UserMistakeException($"--store2: needs stores; with {server.Named(parsed)} the node compares two studies of its own");
                }

                using var client = server.Open(parsed);
                comparison = await client.GetAsync<StudyComparison>($"api/compare{new Query().With("left", left).With("right", right).With("full", parsed.GetValue(full) ? "true" : null)}", interrupts.Stop);
            }
            else
            {
                comparison = OfStores(CommonOptions.StoreOf(parsed, store), parsed.GetValue(other), left, right, parsed.GetValue(full));
            }

            if (parsed.GetValue(json))
            {
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(comparison, ApiJson.Indented));
            }
            else
            {
                Print(comparison, terminal);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static StudyComparison OfStores(string place, string? otherPlace, string left, string right, bool isFull)
    {
        using var store = Store.OpenForReading(place);
        using var other = otherPlace is null ? null : Store.OpenForReading(otherPlace);
        return StoredComparison.Of(store, OpenedStudy.Of(store, left), other ?? store, OpenedStudy.Of(other ?? store, right), isFull);
    }

    internal static void Print(StudyComparison comparison, Terminal terminal)
    {
        var writer = terminal.Out;
        writer.WriteLine($"{Named(comparison.First)} → {Named(comparison.Second)}");
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{comparison.Changed.Length} of {comparison.Changed.Length + comparison.Unchanged} cells that both have changed{(comparison.Unchanged > 0 ? $", {comparison.Unchanged} are the same to the bit" : "")}"));
        foreach (var warning in comparison.Warnings)
        {
            writer.WriteLine($"Warning: {warning}");
        }

        if (!comparison.Common.IsEmpty)
        {
            writer.WriteLine($"In every one of them: {Words(comparison.Common)}");
        }

        if (!comparison.Changed.IsEmpty)
        {
            var hasReasons = comparison.Changed.Any(cell => !cell.Why.IsEmpty);
            Columns.Write(
                terminal,
                [
                    ["CELL", "ERROR", "NOW", "RATIO", "95 %", "N", .. hasReasons ? new[] { "WHY" } : []],
                    .. comparison.Changed.Take(Shown).Select(cell => (IReadOnlyList<string>)
                    [
                        cell.Cell,
                        Error(cell.First.GeometricMean),
                        Error(cell.Second.GeometricMean),
                        cell.Ratio is { } ratio ? $"×{Ratio(ratio)}" : "",
                        cell is { Low: { } low, High: { } high } ? $"{Ratio(low)}–{Ratio(high)}" : "",
                        string.Create(CultureInfo.InvariantCulture, $"{cell.N}{(cell.IsPaired ? "" : " unpaired")}"),
                        .. hasReasons ? new[] { Words(cell.Why) } : [],
                    ]),
                ]);
        }

        if (comparison.Changed.Length > Shown)
        {
            terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{comparison.Changed.Length} cells changed, the {Shown} largest changes here; --json has all"));
        }

        Alone(comparison.First.Name, comparison.OnlyFirst);
        Alone(comparison.Second.Name, comparison.OnlySecond);
        foreach (var not in comparison.NotCompared)
        {
            writer.WriteLine($"Note: {not}.");
        }

        void Alone(string study, IReadOnlyCollection<string> cells)
        {
            const int Told = 5;
            if (cells.Count > 0)
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Only {study} has {cells.Count} cells: {string.Join("; ", cells.Take(Told))}{(cells.Count > Told ? "; …" : "")}"));
            }
        }
    }

    private static string Named(ComparedStudy study) => string.Create(CultureInfo.InvariantCulture, $"{study.Name} {study.Hash[..Math.Min(8, study.Hash.Length)]} ({study.Done} of {study.Trials} trials)");

    private static string Words(IEnumerable<StudyDifference> differences) => string.Join("; ", differences.Select(one => $"{one.What} {one.From} → {one.To}"));

    private static string Error(double? error) => error is { } known ? Pace.Error(known) : "–";

    private static string Ratio(double ratio) => ratio is >= 0.01 and < 1000 ? ratio.ToString("G3", CultureInfo.InvariantCulture) : ratio.ToString("0.0e0", CultureInfo.InvariantCulture);
}
