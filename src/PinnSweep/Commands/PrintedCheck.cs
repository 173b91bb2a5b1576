using System.Globalization;
using PinnSweep.Processes;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Papers;
using PinnSweep.Reports.Verification;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>report --verify</c>: the numbers of a printed file, or of a paper's folder, against the store.</summary>
internal static class PrintedCheck
{
    /// <summary>Says which numbers differ, each with file and line.</summary>
    /// <param name="report">What the store gives.</param>
    /// <param name="sources">What a paper is made of beside.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="terminal">Takes the lines.</param>
    /// <exception cref="UserMistakeException">It cannot be read, or has nothing of the study.</exception>
    public static int Of(StudyReport report, PaperSources sources, string path, Terminal terminal)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return PaperVerifier.OfFolder(report, sources, path).Max(pair => Tell(pair.File, pair.Found, terminal));
            }

            var text = File.ReadAllText(path);
            return Tell(path, PaperVerifier.IsText(path) ? PaperVerifier.Of(report, sources, text, path) : TableVerifier.Of(report, text, path), terminal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"--verify {path}: cannot be read: {failure.Message}", failure);
        }
    }

    private static int Tell(string file, Verification found, Terminal terminal)
    {
        foreach (var difference in found.Differences)
        {
            terminal.Out.WriteLine(difference.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{file}:{difference.Line}: {difference}") : difference.ToString());
        }

        terminal.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{file}: {found.Numbers} numbers of {string.Join(", ", found.Tables)}; {(found.Differences.IsEmpty ? "all agree with the store" : $"{found.Differences.Length} {(found.Differences.Length == 1 ? "cell differs" : "cells differ")}")}"));
        return found.Differences.IsEmpty ? ExitCode.Done : ExitCode.UserMistake;
    }
}
