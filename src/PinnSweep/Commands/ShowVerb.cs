using System.CommandLine;
using PinnSweep.Processes;
using PinnSweep.Reports.Drawing;
using PinnSweep.Solutions;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>show</c>: a trained network as figures.</summary>
internal static class ShowVerb
{
    private static readonly string[] Endings = [".html", ".svg", ".png", ".pdf"];

    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var network = NetworkArguments.Network();
        var path = new Option<string?>("--out")
        {
            Description = "The file: .html is one page with everything; .svg, .png and .pdf are a figure each, the others beside it. Default: the trial's short key with .html",
            HelpName = "FILE",
        };
        var store = CommonOptions.Store();
        var command = new Command("show", "A trained network as figures: solution, reference and error with their scales, residuals, curve and weights.") { network, path, store };
        command.SetAction(async (parsed, _) =>
        {
            var asked = parsed.GetValue(path);
            if (asked is not null && !Endings.Contains(Path.GetExtension(asked).ToLowerInvariant()))
            {
                throw new UserMistakeException($"--out {asked}: the ending says what is drawn; allowed: {string.Join(", ", Endings)}");
            }

            using var named = await NamedNetwork.OpenAsync(parsed.GetRequiredValue(network), CommonOptions.StoreOf(parsed, store), interrupts.Stop);
            var file = asked ?? $"{named.Solution.Description.Key().Short}.html";
            var figures = SolutionPictures.Of(named);
            foreach (var (target, bytes) in Files(file, named, figures))
            {
                await WholeFile.WriteAsync(target, stream => stream.WriteAsync(bytes).AsTask());
                await terminal.Out.WriteLineAsync(target);
            }

            if (named.Result is null)
            {
                await terminal.Error.WriteLineAsync("A file has no curve: name the trial of a store to see error, losses and weights over the steps.");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<(string Target, byte[] Bytes)> Files(string file, NamedNetwork named, IReadOnlyList<FigureModel> figures)
    {
        var ending = Path.GetExtension(file);
        if (ending.Equals(".html", StringComparison.OrdinalIgnoreCase))
        {
            yield return (file, ValueTables.Bytes(SolutionPage.Of(named, figures)));
            yield break;
        }

        for (var i = 0; i < figures.Count; i++)
        {
            var bytes = ending.ToLowerInvariant() switch
            {
                ".png" => FigureImage.Png(figures[i]),
                ".pdf" => FigureImage.Pdf(figures[i]),
                _ => FigureImage.Svg(figures[i], FigureScheme.Light),
            };
            yield return (i == 0 ? file : $"{file[..^ending.Length]}-{figures[i].Name}{ending}", bytes);
        }
    }
}
