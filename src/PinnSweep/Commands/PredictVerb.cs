using System.CommandLine;
using System.Globalization;
using PinnSweep.Processes;
using PinnSweep.Solutions;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>predict</c>: values and derivatives of a trained network at points.</summary>
internal static class PredictVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var network = NetworkArguments.Network();
        var at = new Option<string?>("--at") { Description = "A CSV file of points, with a column for each coordinate by its name", HelpName = "FILE" };
        var grid = new Option<string?>("--grid") { Description = "A grid over the domain in place of points: so many of each coordinate, edges among them, for instance 200x200", HelpName = "NxM" };
        var derivatives = new Option<string?>("--derivatives") { Description = "Derivatives beside the outputs, as problem files write them, for instance u_x,u_xx", HelpName = "NAMES" };
        var path = new Option<string?>("--out") { Description = "The file: .csv, .parquet or .npz. Default: CSV to standard output", HelpName = "FILE" };
        var store = CommonOptions.Store();
        var command = new Command("predict", "Values of a trained network and its derivatives at points: what was solved for, as numbers.")
        {
            network, at, grid, derivatives, path, store,
        };
        command.SetAction(async (parsed, _) =>
        {
            var (file, name) = (parsed.GetValue(path), parsed.GetRequiredValue(network));
            if (file is not null)
            {
                ValueTables.Check(file);
            }

            if (parsed.GetValue(at) is null == parsed.GetValue(grid) is null)
            {
                throw new UserMistakeException("predict: expected either --at FILE or --grid NxM");
            }

            using var named = await NamedNetwork.OpenAsync(name, CommonOptions.StoreOf(parsed, store), interrupts.Stop);
            var solution = named.Solution;
            var wanted = WantedValues.Of(solution.Problem, parsed.GetValue(derivatives));
            using IPointSource source = parsed.GetValue(at) is { } points ? new PointFile(solution.Problem, points) : new GridPoints(solution.Problem, parsed.GetValue(grid)!);
            var (count, outside) = (0L, 0L);
            async Task WriteAsync(string format, Stream target)
            {
                await using var table = await ValueTables.CreateAsync(format, target, [.. Prediction.Columns(solution, wanted)], source.Shape);
                (count, outside) = await Prediction.RunAsync(solution, source, wanted, table, interrupts.Stop);
            }

            if (file is null)
            {
                await using var output = new TextStream(terminal.Document);
                await WriteAsync(".csv", output);
            }
            else
            {
                await WholeFile.WriteAsync(file, target => WriteAsync(file, target));
                await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{file}: {count:N0} points"));
            }

            if (Prediction.Notice(solution.Problem, outside) is { } notice)
            {
                await terminal.Error.WriteLineAsync(notice);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
