using System.CommandLine;
using PinnSweep.Reports;
using PinnSweep.Storage;
using PinnSweep.Studies;

namespace PinnSweep.Commands;

/// <summary><c>report</c>: the tables, figures and evidence of a study from the store, also while it runs.</summary>
internal static class ReportVerb
{
    public static Command Create(Terminal terminal)
    {
        var study = StudyArguments.Study(", or the name or hash of a study in the store");
        var set = StudyArguments.Set();
        var store = CommonOptions.Store();
        var formats = new Option<string>("--format")
        {
            Description = $"{string.Join(",", ReportFormatWords.All.Select(format => format.ToWord()))}; all when absent",
            HelpName = "LIST",
        };
        var folder = CommonOptions.Out("The folder for the report. Default: out/STUDY");
        var command = new Command("report", "Tables, tests and figures from the store, also while the study runs.") { study, set, store, formats, folder };
        command.SetAction(parsed =>
        {
            var chosen = Formats(parsed.GetValue(formats));
            using var source = Store.OpenForReading(CommonOptions.StoreOf(parsed, store));
            var plan = Resolve(source, parsed.GetRequiredValue(study), parsed.GetRequiredValue(set)).Plan();
            var results = source.Studies.LoadResults(plan);
            if (results.Results.IsEmpty && results.Quarantined.IsEmpty)
            {
                throw new UserMistakeException($"{source.Path}: has no result of study '{plan.Spec.Name}' yet; pinnsweep run {parsed.GetRequiredValue(study)} makes them");
            }

            Write(results, StudyArguments.OutOf(parsed.GetValue(folder), plan.Spec.Name), chosen, terminal);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Writes the files, prints the main table and says where the files lie.</summary>
    public static void Write(StudyResults results, string folder, IReadOnlyCollection<ReportFormat> formats, Terminal terminal)
    {
        var report = StudyReport.Build(results);
        var files = ReportWriter.Write(report, folder, formats);
        terminal.Out.WriteLine(TextFormat.Accuracy(report));
        terminal.Out.WriteLine($"Report: {files.FirstOrDefault(file => file.EndsWith(".md", StringComparison.Ordinal)) ?? files.FirstOrDefault() ?? folder} ({files.Length} files)");
    }

    private static StudySource Resolve(Store store, string study, string[] overrides)
    {
        // A file is what the user means if there is one; without overrides a stored study is planned as it was run.
        if (!File.Exists(study) && overrides.Length == 0 && store.Studies.Find(study) is { } stored)
        {
            return StudySource.Of(stored);
        }

        if (File.Exists(study) || BuiltInStudies.Find(study) is not null)
        {
            return StudySource.Load(study, overrides);
        }

        var known = store.Studies.List().Select(entry => entry.Name).Distinct().ToList();
        throw new UserMistakeException($"study '{study}' is neither in {store.Path} nor a file{NearestMatch.Hint(study, known)}");
    }

    private static IReadOnlyCollection<ReportFormat> Formats(string? words) => words is null
        ? [.. ReportFormatWords.All]
        : [.. words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(word => ReportFormatWords.FromWord(Choice.Of("report format", word, [.. ReportFormatWords.All.Select(format => format.ToWord())]))!.Value)];
}
