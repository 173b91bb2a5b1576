using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Training.Evaluations;

/// <summary>
/// Every few points of a test grid of two coordinates, both edges among them: a picture of a solution that a result can carry.
/// </summary>
internal static class ThinnedField
{
    /// <summary>The first measured output; null where the problem has not two coordinates or its test points are no full grid.</summary>
    /// <param name="problem">Whose test grid it is.</param>
    /// <param name="predicted">u at the test points, outputs running fastest.</param>
    /// <param name="exact">u* in the same order.</param>
    public static SolutionField? Of(Problem problem, ReadOnlySpan<double> predicted, ReadOnlySpan<double> exact)
    {
        if (problem.Dimension != 2)
        {
            return null;
        }

        var points = problem.Physical.TestGrid();
        var count = points.Length / 2;
        var across = 1;
        while (across < count && points[2 * across] == points[0])
        {
            across++;
        }

        if (count % across != 0 || count == across || !IsGrid(points, across))
        {
            return null;
        }

        var (first, second) = (Thinned(count / across), Thinned(across));
        var output = problem.MeasuredOutputs[0];
        var stride = problem.Outputs.Length;
        var (u, reference) = (new float[first.Length * second.Length], new float[first.Length * second.Length]);
        for (var i = 0; i < first.Length; i++)
        {
            for (var j = 0; j < second.Length; j++)
            {
                var at = (((first[i] * across) + second[j]) * stride) + output;
                u[(i * second.Length) + j] = (float)predicted[at];
                reference[(i * second.Length) + j] = (float)exact[at];
            }
        }

        return new(
            problem.Outputs[output],
            [Name(problem, 0), Name(problem, 1)],
            [.. first.Select(i => (float)(points[2 * i * across] - Origin(problem, 0)))],
            [.. second.Select(j => (float)(points[(2 * j) + 1] - Origin(problem, 1)))],
            SolutionField.Pack(u),
            SolutionField.Pack(reference));
    }

    /// <summary>Coordinates are kept in single precision, which would lose what is far off zero.</summary>
    private static double Origin(Problem problem, int axis) => problem.Units?.Coordinates[axis].Offset ?? 0;

    private static string Name(Problem problem, int axis) => Origin(problem, axis) switch
    {
        0 => problem.Axes[axis].Name,
        var origin => string.Create(CultureInfo.InvariantCulture, $"{problem.Axes[axis].Name} {(origin < 0 ? '+' : '-')} {Math.Abs(origin):G15}"),
    };

    private static bool IsGrid(double[] points, int across)
    {
        for (var i = 0; i < points.Length / 2; i++)
        {
            if (points[2 * i] != points[2 * (i - (i % across))] || points[(2 * i) + 1] != points[(2 * (i % across)) + 1])
            {
                return false;
            }
        }

        return true;
    }

    private static ImmutableArray<int> Thinned(int count)
    {
        var kept = Math.Min(count, SolutionField.MostPoints);
        return [.. Enumerable.Range(0, kept).Select(k => (int)Math.Round(k * (count - 1.0) / Math.Max(1, kept - 1)))];
    }
}
