using System.CommandLine;
using PinnSweep.Api;
using PinnSweep.Client;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Planning;
using PinnSweep.Processes;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Model.Published;
using PinnSweep.Reports.Papers;
using PinnSweep.Storage;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Specification;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary>
/// <c>report</c>: the tables, figures and evidence of a study from the store, also while it runs; or the check of a printed table.
/// </summary>
internal static class ReportVerb
{
    public static Command Create(Terminal terminal, Interrupts interrupts)
    {
        var study = StudyArguments.Study(", or the name or hash (at least 6 digits of it) of a study in the store");
        var set = StudyArguments.Set();
        var allow = StudyArguments.AllowFolder();
        var store = CommonOptions.Store();
        var formats = new Option<string>("--format")
        {
            Description = $"{string.Join(",", ReportFormatWords.All.Select(format => format.ToWord()))}; all when absent",
            HelpName = "LIST",
        };
        var rows = Axis("--rows", "The factor on the rows. Default: the one with most levels besides the problem");
        var columns = Axis("--columns", "The factor on the columns. Default: problem");
        var only = new Option<string[]>("--only") { Description = "Hold a factor at one level, by its label; may stand more than once", HelpName = "FACTOR=LEVEL", DefaultValueFactory = _ => [] };
        var average = new Option<string[]>("--average") { Description = "Average over a factor as over seeds; may stand more than once", HelpName = "FACTOR", DefaultValueFactory = _ => [] };
        var folder = CommonOptions.Out("The folder for the report. Default: out/STUDY");
        var nemenyi = new Option<bool>("--nemenyi") { Description = "Tell Nemenyi's critical difference too, and draw it in the diagram of ranks" };
        var noYardstick = new Option<bool>("--no-yardstick") { Description = "Leave out what classical solvers take for the same errors, which is measured once a machine" };
        var width = new Option<string>("--figure-width")
        {
            Description = "page: 7 inches; column: 3.5 inches, a journal's column, legible on a phone too; slide: 13.33 by 7.5 inches. Default: page",
            HelpName = "WIDTH",
        };
        var verify = new Option<string?>("--verify")
        {
            Description = "Write nothing; recompute every number of this printed table (.tex, .md or .csv), or of the folder of a paper, from the store and say which differ",
            HelpName = "FILE",
        };
        var paper = new Option<string?>("--paper")
        {
            Description = "Instead of a report, the parts of a paper in LaTeX: methods, data statement, tables, figures, BibTeX. paper.tex is kept once you have changed it",
            HelpName = "DIR",
        };
        var command = new Command("report", $"Tables, tests and figures from the store, also while the study runs. {ServerOptions.Precedence}.") { study, set, allow, store, formats, rows, columns, only, average, nemenyi, noYardstick, width, folder, verify, paper };
        var server = new ServerOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var chosen = Formats(parsed.GetValue(formats));
            if (parsed.GetValue(paper) is not null && new Option[] { verify, formats, folder }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } beside)
            {
                throw new UserMistakeException($"{beside.Name}: does not go with --paper, which writes a paper's parts and nothing else");
            }

            var size = FigureSizeWords.FromWord(Choice.Of("figure width", parsed.GetValue(width) ?? FigureSizeWords.All[0], [.. FigureSizeWords.All]))!.Value;
            if (server.IsNodeMeant(parsed, store))
            {
                RefuseWithNode(parsed, server.Named(parsed), [set, allow, rows, columns, only, average, nemenyi, noYardstick, width, verify, paper]);
                using var client = server.Open(parsed);
                return await FetchAsync(client, parsed.GetRequiredValue(study), parsed.GetValue(folder), chosen, terminal, interrupts.Stop);
            }

            using var source = Store.OpenForReading(CommonOptions.StoreOf(parsed, store));
            var plan = ReportedPlan.Of(source, parsed.GetRequiredValue(study), parsed.GetRequiredValue(set), terminal.Error, interrupts.Stop, parsed.GetRequiredValue(allow));
            var axes = ReportAxes.Chosen(
                plan,
                FactorOf("--rows", parsed.GetValue(rows)),
                FactorOf("--columns", parsed.GetValue(columns)),
                [.. parsed.GetRequiredValue(only).Select(Held)],
                [.. parsed.GetRequiredValue(average).Select(word => FactorOf("--average", word)!.Value)]);
            var results = source.Studies.LoadResults(plan);
            if (results.Results.IsEmpty && results.Quarantined.IsEmpty && results.Damaged.IsEmpty)
            {
                throw new UserMistakeException($"{source.Path}: has no result of study '{plan.Spec.Name}' yet; pinnsweep run {parsed.GetRequiredValue(study)} makes them");
            }

            var sources = new PaperSources(PinnCatalog.Instance, PinnBibliography.Instance, source.Studies.Find(plan.Hash)?.Text);
            if (parsed.GetValue(verify) is { } printed)
            {
                var verdict = PrintedCheck.Of(StoredReport.Of(source, results, axes) with { HasNemenyi = parsed.GetValue(nemenyi) }, sources, printed, terminal);
                return Math.Max(verdict, DamagedResults.Tell(results, terminal));
            }

            var yardsticks = parsed.GetValue(noYardstick) || parsed.GetValue(paper) is not null || !chosen.Any(HasTables) ? Yardsticks.None : Yardsticks.Measured(terminal.Error);
            var report = StoredReport.Of(source, results, axes, yardsticks) with { HasNemenyi = parsed.GetValue(nemenyi), FigureSize = size };
            if (parsed.GetValue(paper) is { } manuscript)
            {
                WritePaper(report, sources, manuscript, terminal);
                return DamagedResults.Tell(results, terminal);
            }

            Write(report, StudyArguments.OutOf(parsed.GetValue(folder), plan.Spec.Name), chosen, terminal);
            return DamagedResults.Tell(results, terminal);
        });
        return command;
    }

    private static async Task<int> FetchAsync(ApiClient client, string study, string? asked, IReadOnlyCollection<ReportFormat> formats, Terminal terminal, CancellationToken cancel)
    {
        var stored = await client.GetAsync<StudyModel>($"api/studies/{ApiClient.Part(study)}", cancel);
        var folder = StudyArguments.OutOf(asked, stored.Name);
        StudyArguments.RequireWritable(folder);
        var files = await RemoteReport.FetchAsync(client, study, stored.Hash, folder, name => formats.Where(format => IsOf(format, name)).Select(format => (ReportFormat?)format).FirstOrDefault(), cancel);
        await terminal.Out.WriteLineAsync($"Report: {files.FirstOrDefault(file => file.EndsWith(".md", StringComparison.Ordinal)) ?? folder} ({files.Count} files)");
        return ExitCode.Done;
    }

    private static bool HasTables(ReportFormat format) => format is ReportFormat.Markdown or ReportFormat.Html or ReportFormat.Latex;

    private static bool IsOf(ReportFormat format, string file) => Path.GetExtension(file) is var ending && format switch
    {
        ReportFormat.Markdown => ending is ".md" or ".svg" or ".png",
        ReportFormat.Latex => ending is ".tex" or ".pdf",
        ReportFormat.TidyCsv or ReportFormat.TidyParquet => file == format.ToWord(),
        _ => ending == $".{format.ToWord()}" && !file.StartsWith("tidy.", StringComparison.Ordinal),
    };

    private static void RefuseWithNode(ParseResult parsed, string named, IEnumerable<Option> options)
    {
        if (options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new UserMistakeException($"{given.Name}: needs the store itself; with {named} the node makes its report as it is. --store names a store");
        }
    }

    /// <summary>Writes the files, prints the main table and says where the files lie.</summary>
    public static void Write(StudyReport report, string folder, IReadOnlyCollection<ReportFormat> formats, Terminal terminal)
    {
        var files = ReportWriter.Write(report, folder, formats);
        terminal.Out.WriteLine(TextFormat.Accuracy(report, Columns.Width(terminal)));
        terminal.Out.WriteLine($"Report: {files.FirstOrDefault(file => file.EndsWith(".md", StringComparison.Ordinal)) ?? files.FirstOrDefault() ?? folder} ({files.Length} files)");
    }

    private static void WritePaper(StudyReport report, PaperSources sources, string folder, Terminal terminal)
    {
        var written = PaperWriter.Write(report, sources, folder);
        foreach (var name in written.Kept)
        {
            terminal.Error.WriteLine($"{Path.Combine(folder, name)}: you have changed it, so it is kept as it is");
        }

        foreach (var (name, now) in written.MovedAside)
        {
            terminal.Error.WriteLine($"{Path.Combine(folder, name)}: was changed since it was written; what stood there is now {Path.Combine(folder, now)}");
        }

        terminal.Out.WriteLine($"Paper: {Path.Combine(folder, "paper.tex")} ({written.Files.Length} files)");
    }

    private static Option<string?> Axis(string name, string description) => new(name) { Description = description, HelpName = "FACTOR" };

    private static Factor? FactorOf(string option, string? word) => word is null
        ? null
        : FactorWords.FromWord(word) ?? throw new UserMistakeException($"{option} {word}: no factor is called so{NearestMatch.Hint(word, FactorWords.All.Select(factor => factor.ToWord()))}");

    private static (Factor Factor, string Label) Held(string pair)
    {
        var sign = pair.IndexOf('=', StringComparison.Ordinal);
        return sign > 0
            ? (FactorOf("--only", pair[..sign])!.Value, pair[(sign + 1)..])
            : throw new UserMistakeException($"--only {pair}: expected FACTOR=LEVEL, for instance --only network=mlp");
    }

    private static IReadOnlyCollection<ReportFormat> Formats(string? words) => words is null
        ? [.. ReportFormatWords.All]
        : [.. words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(word => ReportFormatWords.FromWord(Choice.Of("report format", word, [.. ReportFormatWords.All.Select(format => format.ToWord())]))!.Value)];
}
