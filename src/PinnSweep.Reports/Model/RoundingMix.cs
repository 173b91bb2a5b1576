using System.Collections.Immutable;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Model;

/// <summary>
/// Comparisons whose trials ran with different rounding: on engines of different kinds, with sums in another order, or on devices of
/// different kinds. Small differences between such cells may be differences of arithmetic and not of methods.
/// </summary>
internal static class RoundingMix
{
    private const int Named = 6;

    /// <summary>One sentence for each column of a table whose cells are compared and do not round alike.</summary>
    public static IEnumerable<string> Warnings(ImmutableArray<ReportBlock> blocks) =>
        blocks.SelectMany(block => block.Columns.Select(column => Warning(block, column))).OfType<string>();

    /// <summary>
    /// What rounds alike, in words: the engine, on cards the torch engine's lanes with it, and the card's kind with the version of its kernels.
    /// </summary>
    public static string ClassOf(Evidence evidence) => evidence.Device is { } device
        ? $"{EngineOn(evidence.Engine)} on {device.Name}{(device.Kernels is { } kernels ? FormattableString.Invariant($" (kernels {kernels})") : "")}"
        : evidence.Engine;

    // torch/cuda:1, in lanes: the number of the card has no part in digits, the lanes have.
    private static string EngineOn(string engine) => engine.Split('/') is ["torch", var rest, ..] && rest.IndexOf(',', StringComparison.Ordinal) is >= 0 and var lanes
        ? $"torch{rest[lanes..]}"
        : engine.Split('/')[0];

    private static string? Warning(ReportBlock block, string column)
    {
        var classes = block.Column(column)
            .SelectMany(cell => cell.Trials.Where(trial => trial.Result is not null).Select(trial => (cell.Row, Class: ClassOf(trial.Result!.Evidence))))
            .Distinct()
            .GroupBy(pair => pair.Class, pair => pair.Row)
            .OrderBy(rows => rows.Key, StringComparer.Ordinal)
            .ToArray();
        return classes.Length < 2
            ? null
            : $"{(block.Name.Length > 0 ? $"{block.Name}, " : "")}{column}: trials that are compared were rounded differently: {string.Join("; ", classes.Select(rows => $"{rows.Key} in {Rows([.. rows])}"))}. Small differences may be those of arithmetic.";
    }

    private static string Rows(string[] rows) => rows.Length <= Named
        ? string.Join(", ", rows)
        : FormattableString.Invariant($"{string.Join(", ", rows.Take(Named))} and {rows.Length - Named} more");
}
