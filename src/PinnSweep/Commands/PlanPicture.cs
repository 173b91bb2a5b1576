using PinnSweep.Methods.Catalogs;
using PinnSweep.Planning;
using PinnSweep.Reports.Drawing;
using PinnSweep.Solutions;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>plan --picture</c>: where problems live, as figures.</summary>
internal static class PlanPicture
{
    private static readonly string[] Endings = [".svg", ".png", ".pdf"];

    /// <summary>Writes the figures and prints their names.</summary>
    /// <param name="source">A study, or a problem file.</param>
    /// <param name="set">Values over the study.</param>
    /// <param name="allowed">Folders beside its own whose files it may name.</param>
    /// <param name="path">The folder, or the file.</param>
    /// <param name="terminal">Takes the names.</param>
    /// <param name="stop">Ends the planning.</param>
    public static async Task WriteAsync(string source, string[] set, string[] allowed, string path, Terminal terminal, CancellationToken stop)
    {
        var isFile = Endings.Contains(Path.GetExtension(path).ToLowerInvariant());
        if (IsProblem(source))
        {
            if (!isFile)
            {
                throw new UserMistakeException($"--picture {path}: the ending says what is drawn; allowed: {string.Join(", ", Endings)}");
            }

            var level = TrialWords.OfFile(source, allowed);
            await WriteAsync(path, DomainPictures.Of(level.Kind, PinnCatalog.Problem(level).Physical), terminal);
            return;
        }

        var plan = StudySource.Load(source, set, allowed).Plan(stop);
        var problems = plan.Cells.Select(cell => (cell.Levels.Problem, Name: cell.Labels[Studies.Catalogs.Factor.Problem])).DistinctBy(problem => problem.Problem).ToList();
        if (isFile && problems.Count > 1)
        {
            throw new UserMistakeException(FormattableString.Invariant($"--picture {path}: the study has {problems.Count} problems; name a folder for their figures"));
        }

        if (!isFile)
        {
            Directory.CreateDirectory(path);
        }

        foreach (var (level, name) in problems)
        {
            await WriteAsync(isFile ? path : Path.Combine(path, $"{string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '-'))}.svg"), DomainPictures.Of(name, PinnCatalog.Problem(level).Physical), terminal);
        }
    }

    /// <summary>A problem file says <c>problem:</c> where a study says <c>study:</c>.</summary>
    private static bool IsProblem(string source) => File.Exists(source) && File.ReadLines(source).Take(200).FirstOrDefault(line => line.StartsWith("problem:", StringComparison.Ordinal) || line.StartsWith("study:", StringComparison.Ordinal)) is ['p', ..];

    private static async Task WriteAsync(string file, FigureModel figure, Terminal terminal)
    {
        var bytes = Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".png" => FigureImage.Png(figure),
            ".pdf" => FigureImage.Pdf(figure),
            _ => FigureImage.Svg(figure, FigureScheme.Light),
        };
        await WholeFile.WriteAsync(file, stream => stream.WriteAsync(bytes).AsTask());
        await terminal.Out.WriteLineAsync(file);
    }
}
