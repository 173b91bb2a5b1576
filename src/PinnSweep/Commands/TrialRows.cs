using System.Globalization;
using PinnSweep.Api;
using PinnSweep.Progress;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary>Trials for people: columns that fit a terminal of 80, and what to type for more.</summary>
internal static class TrialRows
{
    public static void Print(TrialsModel trials, Terminal terminal)
    {
        if (trials.Total == 0)
        {
            terminal.Error.WriteLine($"no trial of study {trials.Study} is like that; `pinnsweep trials {trials.Study}` lists them all");
            return;
        }

        // A column of nothing tells nothing.
        var hasWorkers = trials.Items.Any(trial => trial.Worker is not null);
        var hasFaults = trials.Items.Any(trial => trial.Faults > 0);
        Columns.Write(
            terminal,
            [
                Row("TRIAL", "LEVELS", "SEED", "STATE", "ERROR", "STEPS", "TIME", "WORKER", "FAULTS"),
                .. trials.Items.Select(trial => Row(
                    trial.Key[..8],
                    string.Join(" · ", trials.Varying.Select(factor => trial.Labels.GetValueOrDefault(factor, ""))),
                    Text(trial.Seed),
                    trial.Outcome ?? trial.Phase,
                    trial.RelativeL2 is { } error ? Pace.Error(error) : "",
                    Text(trial.Step),
                    trial.Seconds is { } seconds ? Pace.Clock(TimeSpan.FromSeconds(seconds)) : "",
                    trial.Worker ?? "",
                    Text(trial.Faults))),
            ]);
        var last = trials.Skip + trials.Items.Count;
        terminal.Error.WriteLine(
            last < trials.Total || trials.Skip > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{trials.Total} in all, {trials.Skip + 1} to {last} here{(last < trials.Total ? $"; --skip {last} shows the next, --csv all of them" : "")}")
                : string.Create(CultureInfo.InvariantCulture, $"{trials.Total} {(trials.Total == 1 ? "trial" : "trials")}; `pinnsweep why TRIAL` tells all of one"));

        IReadOnlyList<string> Row(string trial, string levels, string seed, string state, string error, string steps, string time, string worker, string faults) =>
            [trial, levels, seed, state, error, steps, time, .. hasWorkers ? [worker] : (string[])[], .. hasFaults ? [faults] : (string[])[]];
    }

    private static string Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}
