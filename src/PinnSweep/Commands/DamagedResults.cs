using System.Globalization;
using PinnSweep.Processes;
using PinnSweep.Studies.Planning;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary>What a person is told when results of a study can no longer be read: which ones, why, and how to get them again.</summary>
internal static class DamagedResults
{
    private const int Shown = 20;

    /// <summary>Names them on the error stream; the exit code that says that the report lacks them.</summary>
    public static int Tell(StudyResults results, Terminal terminal)
    {
        if (results.Damaged.IsEmpty)
        {
            return ExitCode.Done;
        }

        terminal.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{results.Damaged.Length} of {results.Plan.Trials.Length} trials have a result that the store can no longer read; the report is made without them:"));
        foreach (var trial in results.Damaged.Take(Shown))
        {
            terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {trial.Key.Short}, attempt {trial.Attempt}: {trial.What}"));
        }

        if (results.Damaged.Length > Shown)
        {
            terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {results.Damaged.Length - Shown} more"));
        }

        terminal.Error.WriteLine($"The same `pinnsweep run` of study '{results.Plan.Spec.Name}' as before, with its file and store (on a cluster: submit), trains them again, to the same numbers; `pinnsweep doctor --store` looks at the whole store.");
        return ExitCode.UserMistake;
    }
}
