using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Papers;

/// <summary>The statement on data and code: what the study was, by which program it ran, how it is run again, and what its data are.</summary>
internal static class DataText
{
    private const int ShortHash = 12;

    /// <summary>Sentences as LaTeX, one a line.</summary>
    /// <param name="report">The report.</param>
    /// <param name="sources">The study file.</param>
    /// <param name="tidy">The table of all trials, as it is written.</param>
    /// <param name="rows">Its rows.</param>
    public static string Of(StudyReport report, PaperSources sources, byte[] tidy, int rows)
    {
        var header = report.Header;
        var text = new StringBuilder();
        Line($"The plan of the study {Code(header.Study)} has the SHA-256 {Code(header.Hash)}: a hash over its metric, its control and the description of every trial, each of which has a key of its own by which its result is found.");
        if (sources.StudyFile is { } file)
        {
            Line($"Its study file, {Code(PaperFiles.Study)}, has the SHA-256 {Code(Hash(Encoding.UTF8.GetBytes(file)))}.");
        }

        foreach (var locked in header.Locks ?? [])
        {
            var when = locked.LockedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            var results = locked.ResultsBefore == 0 ? "before its first result" : FormattableString.Invariant($"after {locked.ResultsBefore} of its results");
            Line($"{(locked.IsThisPlan ? "The plan" : $"Another plan, {Code(locked.Plan[..Math.Min(ShortHash, locked.Plan.Length)])},")} was locked on {when} UTC, {results}, by PinnSweep {LatexText.Breakable(locked.Program)}; deviations from what was locked: {LatexText.Breakable(locked.Deviations.IsEmpty ? "none" : string.Join("; ", locked.Deviations))}.");
        }

        Line($"It was trained by PinnSweep, commit {string.Join(", ", header.Commits.Select(Code))}, with {LatexText.Breakable(string.Join("; ", header.Versions))}{(header is { Started: { } started, Finished: { } finished } ? $", from {Time(started)} to {Time(finished)}" : "")}.");
        Line($"The command {Code(sources.StudyFile is null ? $"pinnsweep run {header.Study}" : $"pinnsweep run {PaperFiles.Study}")} trains it again; values that were set over the file stand in the descriptions of its trials. The same engine on processors of the same kind gives the same digits.");
        Line(string.Create(CultureInfo.InvariantCulture, $"All {rows} rows of data, a trial each, are in {Code(PaperFiles.Tidy)}, whose SHA-256 is {Code(Hash(tidy))}."));
        Line($"Every number of the tables and of the methods is recomputed from the store by {Code($"pinnsweep report {header.Hash[..Math.Min(ShortHash, header.Hash.Length)]} --verify FOLDER")}.");
        return text.ToString();

        void Line(string sentence) => text.Append(sentence).Append('\n');
    }

    /// <summary>SHA-256 as text.</summary>
    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Code(string words) => $"\\texttt{{{LatexText.Breakable(words)}}}";
}
