using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Solutions;

/// <summary>Points of a grid over the box of a problem, both edges among them, the last coordinate running fastest.</summary>
internal sealed class GridPoints : IPointSource
{
    private readonly double[][] _axes;
    private readonly long _count;
    private long _next;

    /// <summary>A grid.</summary>
    /// <param name="problem">Has the box.</param>
    /// <param name="text">Such as <c>200x200</c>: points of each coordinate; one number is that of every coordinate.</param>
    /// <exception cref="UserMistakeException">It is no grid of this problem.</exception>
    public GridPoints(Problem problem, string text)
    {
        var words = text.Split('x', '×');
        var numbers = words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 0).ToArray();
        var axes = string.Join(" × ", problem.Axes.Select(axis => axis.Name));
        if (numbers.Contains(0) || (numbers.Length != 1 && numbers.Length != problem.Dimension))
        {
            throw new UserMistakeException($"--grid {text}: expected {problem.Dimension} whole numbers above 0, one for each coordinate ({axes}), for instance {string.Join('x', problem.Axes.Select(_ => 100))}");
        }

        Shape = [.. problem.Axes.Select((_, i) => numbers.Length == 1 ? numbers[0] : numbers[i])];
        _axes = [.. problem.Axes.Select((axis, i) => Axis(axis, Shape[i]))];
        var count = Shape.Aggregate(1.0, (product, n) => product * n);
        _count = count < 1e12 ? (long)count : throw new UserMistakeException($"--grid {text}: {count:0.0e0} points are more than anybody can use");
    }

    /// <inheritdoc/>
    public ImmutableArray<int> Shape { get; }

    /// <inheritdoc/>
    public int Next(Span<double> points)
    {
        var dimension = _axes.Length;
        var n = (int)Math.Min(points.Length / dimension, _count - _next);
        for (var i = 0; i < n; i++)
        {
            var rest = _next + i;
            for (var d = dimension - 1; d >= 0; d--)
            {
                points[(i * dimension) + d] = _axes[d][rest % Shape[d]];
                rest /= Shape[d];
            }
        }

        _next += n;
        return n;
    }

    public void Dispose()
    {
    }

    private static double[] Axis(Axis axis, int count) =>
        [.. Enumerable.Range(0, count).Select(i => count == 1 ? axis.Lower + (axis.Extent / 2) : i == count - 1 ? axis.Upper : axis.Lower + (axis.Extent * i / (count - 1)))];
}
