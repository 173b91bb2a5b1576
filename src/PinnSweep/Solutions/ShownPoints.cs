using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Solutions;

/// <summary>
/// The points at which a solution is drawn: along one coordinate, over two, or over two of more while the others stand still. Where the
/// reference is known on a grid of its own only, they are nodes of that.
/// </summary>
internal sealed class ShownPoints
{
    private const int OfLine = 401;
    private const int OfMap = 101;
    private readonly Problem _problem;
    private readonly double[][] _nodes;

    /// <summary>Chooses the points of a problem.</summary>
    public ShownPoints(Problem problem)
    {
        _problem = problem;
        _nodes = Nodes(problem);

        // Time stands still where there is space enough to look at.
        Axes = problem.Dimension <= 2
            ? [.. Enumerable.Range(0, problem.Dimension)]
            : [.. Enumerable.Range(0, problem.Dimension).Where(axis => axis != problem.TimeAxis).Take(2)];
        Cuts = Cut(problem, Axes);
    }

    /// <summary>The coordinates that are drawn along.</summary>
    public ImmutableArray<int> Axes { get; }

    /// <summary>Words and shares (0 to 1) of the coordinate that has several cuts; one empty one where nothing is cut.</summary>
    public ImmutableArray<(int Axis, double Share)> Cuts { get; }

    /// <summary>Points along a drawn coordinate.</summary>
    public double[] Along(int axis) => _nodes[Axes[axis]];

    /// <summary>The points of a cut, row-major, the last drawn coordinate running fastest.</summary>
    public double[] Of((int Axis, double Share) cut)
    {
        var (first, second) = (_nodes[Axes[0]], Axes.Length > 1 ? _nodes[Axes[1]] : [double.NaN]);
        var points = new double[first.Length * second.Length * _problem.Dimension];
        for (var i = 0; i < first.Length * second.Length; i++)
        {
            for (var d = 0; d < _problem.Dimension; d++)
            {
                points[(i * _problem.Dimension) + d] = d == Axes[0] ? first[i / second.Length]
                    : Axes.Length > 1 && d == Axes[1] ? second[i % second.Length]
                    : At(d, d == cut.Axis ? cut.Share : 0.5);
            }
        }

        return points;
    }

    /// <summary>What stands still in a cut; empty for nothing.</summary>
    public string Words((int Axis, double Share) cut) => string.Concat(Enumerable.Range(0, _problem.Dimension).Where(d => !Axes.Contains(d))
        .Select(d => FormattableString.Invariant($", {_problem.Axes[d].Name} = {At(d, d == cut.Axis ? cut.Share : 0.5):0.###}")));

    private static ImmutableArray<(int Axis, double Share)> Cut(Problem problem, ImmutableArray<int> shown)
    {
        var still = Enumerable.Range(0, problem.Dimension).Where(axis => !shown.Contains(axis)).ToArray();
        return still.Length == 0 ? [(-1, 0)]
            : problem.TimeAxis is { } time ? [(time, 0), (time, 0.5), (time, 1)]
            : [(still[0], 0.25), (still[0], 0.5), (still[0], 0.75)];
    }

    private static double[][] Nodes(Problem problem)
    {
        var most = problem.Dimension == 1 ? OfLine : OfMap;
        if (problem.Reference is null)
        {
            return [.. problem.Axes.Select(axis => Enumerable.Range(0, most).Select(i => i == most - 1 ? axis.Upper : axis.Lower + (axis.Extent * i / (most - 1))).ToArray())];
        }

        var points = problem.Reference.Points();
        return [.. problem.Axes.Select((_, d) => Thinned([.. Enumerable.Range(0, points.Length / problem.Dimension).Select(i => points[(i * problem.Dimension) + d]).Distinct().Order()], most))];
    }

    private static double[] Thinned(double[] nodes, int most)
    {
        var kept = Math.Min(nodes.Length, most);
        return [.. Enumerable.Range(0, kept).Select(k => nodes[(int)Math.Round(k * (nodes.Length - 1.0) / Math.Max(1, kept - 1))])];
    }

    private double At(int axis, double share) => _nodes[axis][(int)Math.Round(share * (_nodes[axis].Length - 1))];
}
