using System.Globalization;
using System.Text.Json;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Planning;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Problems.WellPosedness;
using PinnSweep.Studies.Messages;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary><c>verify FILE</c>: a problem file held against itself, a line for everything that was looked at.</summary>
internal static class VerifyFile
{
    /// <summary>Prints the check.</summary>
    /// <param name="path">The file.</param>
    /// <param name="allowed">Folders whose files it may name beside those of its own.</param>
    /// <param name="isJson">One JSON object a line.</param>
    /// <param name="terminal">Takes the lines.</param>
    /// <exception cref="PinnSweep.Studies.Mistakes.UserMistakeException">Something does not fit; all of it is told.</exception>
    public static async Task RunAsync(string path, IEnumerable<string> allowed, bool isJson, Terminal terminal)
    {
        var checks = 0;
        var level = TrialWords.OfFile(path, allowed);
        foreach (var part in Examination.Of(PinnCatalog.Problem(level).Physical))
        {
            checks++;
            await terminal.Out.WriteLineAsync(isJson
                ? JsonSerializer.Serialize(part, TrainerProtocol.Json)
                : part.IsNotice ? $"note  {part.Text}" : $"ok    {part.Name}: {part.Text}");
        }

        foreach (var line in isJson ? [] : ScaleTable.Of(level))
        {
            await terminal.Out.WriteLineAsync($"      {line}");
        }

        await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{path}: all {checks} checks passed"));
    }
}
