using System.Collections.Immutable;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Contents;

namespace PinnSweep.Reports.Figures;

/// <summary>
/// The reference, and for every method the solution of its median seed beside its error; the solutions alone where no reference is known.
/// </summary>
internal static class FieldFigures
{
    /// <summary>The figure of one column; null where no trial stored its solution.</summary>
    public static FigureModel? Of(StudyReport report, ReportBlock block, string column)
    {
        var typical = block.Column(column).Select(cell => (cell.Row, Trial: Typical(cell))).Where(pair => pair.Trial is not null).ToArray();
        if (typical.Length == 0)
        {
            return null;
        }

        var shown = typical.Zip(report.Source.Whole(typical.Select(pair => pair.Trial!.Key), ResultParts.Field), (pair, whole) => (pair.Row, Trial: pair.Trial!, Field: whole.Field!)).ToArray();
        var field = shown[0].Field;
        var same = shown.Where(pair => pair.Field is var other && other.First.SequenceEqual(field.First) && other.Second.SequenceEqual(field.Second) && other.Output == field.Output).ToArray();
        var reference = FieldValues.Of(field, field.Reference);
        var isKnown = reference.SelectMany(row => row).Any(double.IsFinite);
        var solutions = same.Select(pair => FieldValues.Of(pair.Field, pair.Field.Predicted)).ToArray();
        var high = isKnown ? FieldValues.Largest(reference) : solutions.Max(FieldValues.Largest);
        var errors = solutions.Select(solution => FieldValues.Difference(solution, reference)).ToArray();
        var worst = errors.Max(FieldValues.Largest);
        var least = Math.Max(FieldValues.SmallestShown, worst * 1e-5);
        var beside = isKnown
            ? $"the reference, and for each method the trial of median error (its seed in brackets) beside its absolute error on one logarithmic scale from {NumberText.Scientific(least, 2)} (light) to {NumberText.Scientific(worst, 2)} (dark)"
            : $"for each method the trial of median {report.Header.MetricName} (its seed in brackets); no reference is known";
        return new(
            ReportNames.Of("fields", report, block, column),
            $"Solution {field.Output} on {column}: {beside}. Solutions go from −{NumberText.Decimal(high, 3)} (light) to {NumberText.Decimal(high, 3)} (dark).",
            [],
            [])
        {
            Fields = new(
                field.Axes[0],
                field.Axes[1],
                new(field.First[0], field.First[^1]),
                new(field.Second[0], field.Second[^1]),
                [
                    .. isKnown ? [[new FieldPanel("reference", reference, HeatScale.Signed, -high, high)]] : ImmutableArray<ImmutableArray<FieldPanel>>.Empty,
                    .. same.Select((pair, i) => ImmutableArray.CreateRange<FieldPanel>(
                    [
                        new FieldPanel(
                            $"{report.RowName(pair.Row)} ({pair.Trial.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)})",
                            solutions[i],
                            HeatScale.Signed,
                            -high,
                            high),
                        .. isKnown ? [new FieldPanel($"error, largest {NumberText.Scientific(FieldValues.Largest(errors[i]), 2)}", errors[i], HeatScale.Deviation, least, worst)] : ImmutableArray<FieldPanel>.Empty,
                    ])),
                ]),
        };
    }

    // Of an even number the better of the two in the middle: a picture shows one trial, not a mean of two.
    private static ReportTrial? Typical(ReportCell cell)
    {
        var trials = cell.Trials.Where(trial => trial is { Error: not null, Digest.HasField: true }).OrderBy(trial => trial.Error).ThenBy(trial => trial.Seed).ToArray();
        return trials.Length == 0 ? null : trials[(trials.Length - 1) / 2];
    }
}
