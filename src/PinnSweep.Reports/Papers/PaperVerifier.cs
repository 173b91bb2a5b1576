using System.Collections.Immutable;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Verification;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Reports.Papers;

/// <summary>Checks the numbers of a paper's folder against the store: its tables, its methods, its results and its statement on data.</summary>
public static class PaperVerifier
{
    /// <summary>Whether a file is one of the texts that are checked number by number.</summary>
    public static bool IsText(string path) => Path.GetFileName(path) is PaperFiles.Methods or PaperFiles.Results or PaperFiles.Data;

    /// <summary>One text.</summary>
    /// <param name="report">The report.</param>
    /// <param name="sources">What it was made of beside.</param>
    /// <param name="text">Its words as they stand.</param>
    /// <param name="path">The file.</param>
    public static Verification.Verification Of(StudyReport report, PaperSources sources, string text, string path) =>
        Of(PaperFiles.Of(report, sources), text, Path.GetFileName(path));

    /// <summary>All files of a folder with numbers, each with what it has otherwise.</summary>
    /// <exception cref="UserMistakeException">The folder has none of them.</exception>
    public static ImmutableArray<(string File, Verification.Verification Found)> OfFolder(StudyReport report, PaperSources sources, string folder)
    {
        var files = PaperFiles.Of(report, sources);
        var texts = Directory.EnumerateFiles(folder, "*.tex").Where(IsText).Select(path => (path, Of(files, File.ReadAllText(path), Path.GetFileName(path))));
        var tables = Path.Combine(folder, "tables") is var below && Directory.Exists(below)
            ? Directory.EnumerateFiles(below, "*.tex").Where(path => files.Texts.Any(file => file.Name == $"tables/{Path.GetFileName(path)}")).Select(path => (path, TableVerifier.Of(report, File.ReadAllText(path), path)))
            : [];
        ImmutableArray<(string, Verification.Verification)> found = [.. texts.Concat(tables).OrderBy(pair => pair.path, StringComparer.Ordinal)];
        return found.IsEmpty
            ? throw new UserMistakeException($"{folder}: holds no paper of study '{report.Header.Study}'; pinnsweep report {report.Header.Study} --paper {folder} writes one")
            : found;
    }

    private static Verification.Verification Of(PaperFiles files, string text, string name) => TextVerifier.Of(name, text, files.Texts.First(file => file.Name == name).Text);
}
