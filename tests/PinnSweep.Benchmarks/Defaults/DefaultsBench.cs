using System.Diagnostics;
using System.Globalization;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Storage;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Benchmarks.Defaults;

/// <summary>
/// What the bare name of every method gives, against plain training, paired by seed: a table of errors and of their ratios with 95 %
/// intervals (Student's t on the logarithm). Runs the studies of <see cref="DefaultsStudies"/> by <c>pinnsweep run</c>, so it goes on where
/// it stopped.
/// </summary>
internal static class DefaultsBench
{
    private const int Steps = 2000;
    private const int Seeds = 5;

    public static async Task<int> RunAsync(string[] args)
    {
        var (steps, seeds) = (Number(args, "--steps", Steps), Number(args, "--seeds", Seeds));
        var folder = Path.GetFullPath(Text(args, "--folder") ?? "defaults");
        var factors = Text(args, "--only")?.Split(',').Select(Named).ToArray() ?? [.. DefaultsStudies.Factors];
        var kinds = Text(args, "--kinds")?.Split(',') ?? [];
        if (kinds.Except(factors.SelectMany(DefaultsStudies.Kinds)).FirstOrDefault() is { } unknown)
        {
            throw new UserMistakeException($"--kinds {unknown}: no method of {string.Join(", ", factors.Select(factor => factor.ToWord()))} that goes without parameters");
        }

        Directory.CreateDirectory(folder);
        var store = Path.Combine(folder, "defaults.db");
        var rows = new List<DefaultsRow>();
        foreach (var factor in factors)
        {
            var text = DefaultsStudies.Text(factor, steps, seeds, kinds);
            var file = Path.Combine(folder, $"defaults-{factor.ToWord()}.yaml");
            await File.WriteAllTextAsync(file, text);
            if (await TrainAsync(file, store, folder) is not 0 and var failed)
            {
                return failed;
            }

            using var source = Store.OpenForReading(store);
            var plan = Planner.Plan(StudyFile.Parse(text, file, PinnCatalog.Instance), PinnCatalog.Instance);
            rows.AddRange(DefaultsRow.Of(factor, plan, ReportTrial.AllOf(source.Studies.LoadResults(plan)))
                .Where(row => kinds.Length == 0 || row.Kind == DefaultsStudies.Control(factor) || kinds.Contains(row.Kind)));
        }

        if (Text(args, "--known") is { } known)
        {
            await File.WriteAllTextAsync(known, DefaultsTable.Known(rows));
        }

        await Console.Out.WriteAsync(DefaultsTable.Markdown(rows, [.. factors.SelectMany(factor => DefaultsStudies.Unbare(factor).Select(kind => (factor, kind.Kind, kind.Parameters)))], steps, seeds));
        return 0;
    }

    private static async Task<int> TrainAsync(string file, string store, string folder)
    {
        var here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        var program = Path.GetFullPath(Path.Combine(here, "..", "..", "PinnSweep", Path.GetFileName(here), "pinnsweep"));
        using var process = Process.Start(new ProcessStartInfo(program, ["run", file, "--store", store, "--out", Path.Combine(folder, Path.GetFileNameWithoutExtension(file))])
        {
            RedirectStandardOutput = true,
        })!;
        var report = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        _ = await report;
        return process.ExitCode;
    }

    private static Factor Named(string word) => FactorWords.FromWord(word) is { } factor && DefaultsStudies.Factors.Contains(factor)
        ? factor
        : throw new UserMistakeException($"--only {word}: expected some of {string.Join(", ", DefaultsStudies.Factors.Select(known => known.ToWord()))}");

    private static string? Text(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    private static int Number(string[] args, string name, int standard) => Text(args, name) is { } text
        ? int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw new UserMistakeException($"{name} {text}: expected a whole number above 0")
        : standard;
}
