using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Figures;
using PinnSweep.Reports.Statistics;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Solutions;

/// <summary>The figures of a trained network, evaluated where they are drawn.</summary>
internal static class SolutionPictures
{
    /// <summary>Solution and residuals, and where the trial's record is known its curve.</summary>
    public static IReadOnlyList<FigureModel> Of(NamedNetwork named)
    {
        var solution = named.Solution;
        var curve = named.Result is { } result ? OneTrialFigures.Curve(result, isByTime: false) : null;
        return [.. solution.Problem.Dimension == 1 ? [Line(solution)] : Maps(solution), .. curve is null ? Array.Empty<FigureModel>() : [curve]];
    }

    private static FigureModel Line(TrainedSolution solution)
    {
        var (problem, shown) = (solution.Problem, new ShownPoints(solution.Problem));
        var (outputs, residuals) = Evaluate(solution, shown, shown.Cuts[0]);
        return SolutionFigures.Lines(
            solution.Description.Key().Short,
            problem.Axes[0].Name,
            shown.Along(0),
            [.. outputs.Select(output => new SolutionLine(output.Title, [.. output.Values], [.. output.Reference]))],
            [.. residuals.Select(residual => new SolutionLine(residual.Title, [.. residual.Values], []))]);
    }

    private static IEnumerable<FigureModel> Maps(TrainedSolution solution)
    {
        var (problem, shown) = (solution.Problem, new ShownPoints(solution.Problem));
        var name = solution.Description.Key().Short;
        ImmutableArray<(string Name, Interval Range)> axes = [.. shown.Axes.Select(axis => (problem.Axes[axis].Name, new Interval(problem.Axes[axis].Lower, problem.Axes[axis].Upper)))];
        var cuts = shown.Cuts.Select(cut => Evaluate(solution, shown, cut)).ToArray();
        var across = shown.Along(1).Length;
        yield return SolutionFigures.Maps(name, axes, [.. cuts.SelectMany(cut => cut.Outputs).Select(Map)]);
        yield return SolutionFigures.Residuals(name, axes, [.. cuts.SelectMany(cut => cut.Residuals).Select(Map)]);

        SolutionMap Map(Shown values) => new(values.Title, Rows(values.Values, across), values.Reference.Length == 0 ? [] : Rows(values.Reference, across));
    }

    private static ImmutableArray<ImmutableArray<double>> Rows(double[] values, int across) => [.. values.Chunk(across).Select(row => row.ToImmutableArray())];

    /// <summary>Outputs and residuals of the equations at the points of a cut, without what the equations leave free.</summary>
    private static (IReadOnlyList<Shown> Outputs, IReadOnlyList<Shown> Residuals) Evaluate(TrainedSolution solution, ShownPoints shown, (int Axis, double Share) cut)
    {
        var problem = solution.Problem;
        var (points, words, outputs) = (shown.Of(cut), shown.Words(cut), problem.Outputs.Length);
        var equations = solution.Stated.Terms.Where(term => term is { Role: TermRole.Residual, PairsOn: null }).ToArray();
        using var pass = solution.Prepare([.. problem.Outputs.Select((_, output) => (Expr)Expr.OutputOf(output, problem.Dimension)), .. equations.Select(term => term.Residual)]);
        var n = points.Length / problem.Dimension;
        var values = new double[pass.Count * n];
        pass.At(points, values);
        var found = values.Chunk(n).ToArray();
        var reference = problem.HasSolution ? Reference(problem, points) : [];
        foreach (var output in problem.FreeOfMean)
        {
            RemoveMeans(problem, points, found[output]);
            Array.ForEach(reference.Length > 0 ? [reference[output]] : Array.Empty<double[]>(), known => RemoveMeans(problem, points, known));
        }

        foreach (var (column, output) in found.Select((column, i) => (column, i)).Concat(reference.Select((column, i) => (column, i))))
        {
            Blank(problem, points, column, output);
        }

        return (
            [.. problem.Outputs.Select((name, output) => new Shown($"{name}{words}", found[output], reference.Length == 0 ? [] : reference[output]))],
            [.. equations.Select((term, i) => new Shown($"{term.Name}{words}", found[outputs + i], []))]);
    }

    private static double[][] Reference(Problem problem, double[] points)
    {
        var n = points.Length / problem.Dimension;
        double[][] columns = [.. problem.Outputs.Select(_ => new double[n])];
        var values = new double[problem.Outputs.Length];
        for (var i = 0; i < n; i++)
        {
            problem.Exact(points.AsSpan(i * problem.Dimension, problem.Dimension), values);
            for (var output = 0; output < values.Length; output++)
            {
                columns[output][i] = values[output];
            }
        }

        return columns;
    }

    /// <summary>Takes the mean over space away, at each moment.</summary>
    private static void RemoveMeans(Problem problem, double[] points, double[] values)
    {
        double Moment(int i) => problem.TimeAxis is { } time ? points[(i * problem.Dimension) + time] : 0;
        foreach (var moment in Enumerable.Range(0, values.Length).GroupBy(Moment))
        {
            var mean = moment.Average(i => values[i]);
            foreach (var i in moment)
            {
                values[i] -= mean;
            }
        }
    }

    /// <summary>Nothing is shown outside of the domain, nor of an output where it does not live.</summary>
    private static void Blank(Problem problem, double[] points, double[] values, int output)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var point = points.AsSpan(i * problem.Dimension, problem.Dimension);
            values[i] = problem.Contains(point) && (output >= problem.Outputs.Length || problem.Has(output, point)) ? values[i] : double.NaN;
        }
    }

    private sealed record Shown(string Title, double[] Values, double[] Reference);
}
