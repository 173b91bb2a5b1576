using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Contents;

namespace PinnSweep.Reports.Figures;

/// <summary>
/// The reference, and for every method the solution of its median seed above its error; the solutions alone where no reference is known.
/// </summary>
internal static class FieldFigures
{
    /// <summary>Methods of a figure at most, on a page and in a column.</summary>
    public const int MostShown = 6;

    // With the reference they are six, which fill two rows of three.
    private const int MostInColumn = 5;

    /// <summary>The figure of one column; null where no trial stored its solution.</summary>
    public static FigureModel? Of(StudyReport report, ReportBlock block, string column)
    {
        var typical = block.Column(column).Select(cell => (Cell: cell, Trial: Typical(cell))).Where(pair => pair.Trial is not null).ToArray();
        if (typical.Length == 0)
        {
            return null;
        }

        var chosen = ShownMethods.Of(report, [.. typical.Select(pair => pair.Cell)], report.FigureSize == FigureSize.Column ? MostInColumn : MostShown);
        var shown = typical.Where(pair => chosen.Contains(pair.Cell)).ToArray();
        var fields = shown.Zip(report.Source.Whole(shown.Select(pair => pair.Trial!.Key), ResultParts.Field), (pair, whole) => (pair.Cell.Row, Trial: pair.Trial!, Field: whole.Field!)).ToArray();
        var field = fields[0].Field;
        var same = fields.Where(pair => pair.Field is var other && other.First.SequenceEqual(field.First) && other.Second.SequenceEqual(field.Second) && other.Output == field.Output).ToArray();
        var reference = FieldValues.Of(field, field.Reference);
        var isKnown = reference.SelectMany(row => row).Any(double.IsFinite);
        var solutions = same.Select(pair => FieldValues.Of(pair.Field, pair.Field.Predicted)).ToImmutableArray();
        var scale = FieldScales.Solution(field.Output, isKnown ? [reference] : solutions);
        var above = same.Select((pair, i) => new FieldPanel($"{report.RowName(pair.Row)} ({pair.Trial.Seed.ToString(CultureInfo.InvariantCulture)})", solutions[i], scale)).ToImmutableArray();
        var panels = new FieldPanels(
            field.Axes[0],
            field.Axes[1],
            new(field.First[0], field.First[^1]),
            new(field.Second[0], field.Second[^1]),
            isKnown ? Rows(new("reference", reference, scale), above, Errors(solutions, reference), MostAcross(report)) : FieldGrid.Rows(above, MostAcross(report)));
        var beside = isKnown
            ? "the reference, and for each method the trial of median error (its seed in brackets) above its absolute error, all on one logarithmic scale"
            : $"for each method the trial of median {report.Header.MetricName} (its seed in brackets); no reference is known";
        return new(
            ReportNames.Of("fields", report, block, column),
            $"Solution {field.Output} on {column}: {beside}. {(isKnown ? "Solutions have the scale of the reference." : "Solutions have one scale.")}{FieldScales.Marks(panels)}{ShownMethods.Words(typical.Length, chosen.Count)}",
            [],
            [])
        {
            Fields = panels,
        };
    }

    private static ImmutableArray<FieldPanel> Errors(ImmutableArray<ImmutableArray<ImmutableArray<double>>> solutions, ImmutableArray<ImmutableArray<double>> reference)
    {
        var errors = solutions.Select(solution => FieldValues.Difference(solution, reference)).ToArray();
        var scale = FieldScales.Deviation("|error|", errors);
        return [.. errors.Select(error => new FieldPanel($"≤ {NumberText.Scientific(FieldValues.Largest(error), 2)}", error, scale))];
    }

    // The bars lie below the reference, where no error can be. Each further pair of rows is full, so that no place is empty.
    private static ImmutableArray<ImmutableArray<FieldPanel?>> Rows(FieldPanel reference, ImmutableArray<FieldPanel> solutions, ImmutableArray<FieldPanel> errors, int mostAcross)
    {
        var across = FieldGrid.Across(solutions.Length + 1, mostAcross);
        ImmutableArray<FieldPanel?> above = [reference, .. solutions];
        ImmutableArray<FieldPanel?> below = [null, .. errors];
        return [.. above.Chunk(across).Zip(below.Chunk(across)).SelectMany(pair => new[] { pair.First.ToImmutableArray(), pair.Second.ToImmutableArray() })];
    }

    private static int MostAcross(StudyReport report) => report.FigureSize == FigureSize.Column ? 4 : MostShown + 1;

    // Of an even number the better of the two in the middle: a picture shows one trial, not a mean of two.
    private static ReportTrial? Typical(ReportCell cell)
    {
        var trials = cell.Trials.Where(trial => trial is { Error: not null, Digest.HasField: true }).OrderBy(trial => trial.Error).ThenBy(trial => trial.Seed).ToArray();
        return trials.Length == 0 ? null : trials[(trials.Length - 1) / 2];
    }
}
