using System.Globalization;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Training.Solutions;

namespace PinnSweep.Solutions;

/// <summary>Values of a solution at points, a block at a time: from where they come to where they go.</summary>
internal static class Prediction
{
    /// <summary>Points of a block: whole tiles of every engine, and rows enough for a group of a Parquet file.</summary>
    public const int Block = 1 << 15;

    /// <summary>Reads, evaluates and writes.</summary>
    /// <param name="solution">What is asked.</param>
    /// <param name="source">Where the points come from.</param>
    /// <param name="wanted">What is asked of it.</param>
    /// <param name="table">Takes coordinates and values.</param>
    /// <param name="stop">Ends it between blocks.</param>
    /// <returns>How many points there were, and how many of them lie where the network was not trained.</returns>
    public static async Task<(long Points, long Outside)> RunAsync(
        TrainedSolution solution, IPointSource source, WantedValues wanted, IValueTable table, CancellationToken stop)
    {
        var problem = solution.Problem;
        var (dimension, block) = (problem.Dimension, Block);
        var points = new double[block * dimension];
        var values = new double[block * wanted.Names.Length];
        double[][] columns = [.. Enumerable.Range(0, dimension + wanted.Names.Length).Select(_ => new double[block])];
        using var pass = solution.Prepare(wanted.Expressions);
        var (count, outside) = (0L, 0L);
        while (source.Next(points) is > 0 and var n)
        {
            stop.ThrowIfCancellationRequested();
            pass.At(points.AsSpan(0, n * dimension), values.AsSpan(0, n * wanted.Names.Length));
            outside += Arrange(problem, points, values, n, columns);
            await table.WriteAsync(columns, n);
            count += n;
        }

        await table.CompleteAsync();
        return (count, outside);
    }

    /// <summary>The columns of such a table: coordinates are double, values as exact as the network.</summary>
    public static IEnumerable<ValueColumn> Columns(TrainedSolution solution, WantedValues wanted) =>
    [
        .. solution.Problem.Axes.Select(axis => new ValueColumn(axis.Name, IsSingle: false)),
        .. wanted.Names.Select(name => new ValueColumn(name, solution.Description.Levels.Precision == Precision.Float32)),
    ];

    /// <summary>What a person should know of points outside; null where there are none.</summary>
    public static string? Notice(Problem problem, long outside) => outside == 0 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"Notice: {outside:N0} points lie outside the domain ({string.Join(", ", problem.Axes.Select(axis => $"{axis.Name} {axis.Lower:R} to {axis.Upper:R}"))}{(problem.IsWholeBox ? "" : problem.Ball is not null ? ", in a ball" : problem.Plane is { HasBoxSides: false } ? ", in the shape of the file" : ", or inside a hole")}), where nothing was trained");

    private static long Arrange(Problem problem, double[] points, double[] values, int n, double[][] columns)
    {
        var (dimension, outside) = (problem.Dimension, 0L);
        for (var i = 0; i < n; i++)
        {
            var point = points.AsSpan(i * dimension, dimension);
            for (var d = 0; d < dimension; d++)
            {
                columns[d][i] = point[d];
            }

            outside += IsOutside(problem, point) ? 1 : 0;
        }

        for (var column = dimension; column < columns.Length; column++)
        {
            values.AsSpan((column - dimension) * n, n).CopyTo(columns[column]);
        }

        return outside;
    }

    private static bool IsOutside(Problem problem, ReadOnlySpan<double> point)
    {
        for (var d = 0; d < point.Length; d++)
        {
            if (!problem.Axes[d].Periodic && !(point[d] >= problem.Axes[d].Lower && point[d] <= problem.Axes[d].Upper))
            {
                return true;
            }
        }

        return !problem.Contains(point);
    }
}
