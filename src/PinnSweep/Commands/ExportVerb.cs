using System.CommandLine;
using PinnSweep.Processes;
using PinnSweep.Solutions;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;
using PinnSweep.Training.Exports;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Commands;

/// <summary><c>export</c>: a trained network in a format of others.</summary>
internal static class ExportVerb
{
    private static readonly Dictionary<string, Func<TrainedSolution, byte[]>> Formats = new(StringComparer.Ordinal)
    {
        ["onnx"] = OnnxFile.Write,
        ["safetensors"] = SafeTensorsFile.Write,
        ["json"] = solution => ValueTables.Bytes(NetworkJson.Write(solution)),
    };

    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var network = NetworkArguments.Network();
        var format = new Option<string>("--format") { Description = $"{string.Join(", ", Formats.Keys)}: the function of the coordinates itself, its numbers by name, or both to read", HelpName = "NAME", Required = true };
        var path = new Option<string?>("--out") { Description = "The file. Default: the trial's short key with the format's ending, in the current folder", HelpName = "FILE" };
        var store = CommonOptions.Store();
        var command = new Command("export", "A trained network in a format that other programs read, normalization and hard constraints included.") { network, format, path, store };
        command.SetAction(async (parsed, _) =>
        {
            var word = parsed.GetRequiredValue(format);
            if (!Formats.TryGetValue(word, out var write))
            {
                throw new UserMistakeException($"--format {word}: allowed: {string.Join(", ", Formats.Keys)}{NearestMatch.Hint(word, Formats.Keys)}");
            }

            using var named = await NamedNetwork.OpenAsync(parsed.GetRequiredValue(network), CommonOptions.StoreOf(parsed, store), interrupts.Stop);
            var bytes = write(named.Solution);
            var file = parsed.GetValue(path) ?? $"{named.Solution.Description.Key().Short}.{word}";
            await WholeFile.WriteAsync(file, target => target.WriteAsync(bytes).AsTask());
            await terminal.Out.WriteLineAsync(file);
            return ExitCode.Done;
        });
        return command;
    }
}
