using System.Globalization;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Views;

/// <summary>Lists of trials as CSV (RFC 4180), one line a trial, the same from a node and from a store.</summary>
internal static class TrialCsv
{
    /// <summary>Writes a heading and the trials.</summary>
    public static void Write(StudyPlan plan, IEnumerable<TrialView> trials, TextWriter writer)
    {
        Line(writer, ["position", "key", "state", "attempt", "worker", .. FactorWords.All.Select(factor => factor.ToWord()), "seed", "steps", "relative_l2", "seconds", "faults", "accepted_at"]);
        foreach (var trial in trials)
        {
            var cell = plan.Cells[trial.Planned.CellIndex];
            Line(
                writer,
                [
                    Number(trial.Position), trial.Planned.Key.Hex, trial.State, Number(trial.Attempt), trial.Worker ?? "",
                    .. FactorWords.All.Select(factor => TrialQuery.LabelOf(cell, factor)),
                    Number(trial.Planned.Description.Seed), Number(trial.Step), Number(trial.RelativeL2), Number(trial.Seconds), Number(trial.Faults),
                    trial.AcceptedAt?.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? "",
                ]);
        }
    }

    private static string Number(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";

    private static void Line(TextWriter writer, IEnumerable<string> fields) => writer.Write($"{string.Join(',', fields.Select(Quoted))}\r\n");

    private static string Quoted(string field) => field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
