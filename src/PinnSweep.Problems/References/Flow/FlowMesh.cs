using System.Collections.Immutable;

namespace PinnSweep.Problems.References.Flow;

/// <summary>
/// Rectangles between lines along both coordinates, without those that are cut out: any domain of right angles. Elements run column by column,
/// so that few unknowns are between those done and those to come.
/// </summary>
internal sealed class FlowMesh
{
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly Dictionary<(int Column, int Row), int> _index = [];

    /// <summary>Places nodes in the rectangles between the lines.</summary>
    /// <param name="basis">Where nodes lie in an element.</param>
    /// <param name="x">Lines across the first coordinate, ascending.</param>
    /// <param name="y">Lines across the second one.</param>
    /// <param name="isIn">Whether the rectangle around a point belongs to the domain; null where all do.</param>
    public FlowMesh(FlowBasis basis, double[] x, double[] y, Func<double, double, bool>? isIn = null)
    {
        (_x, _y) = (x, y);
        for (var column = 0; column < x.Length - 1; column++)
        {
            for (var row = 0; row < y.Length - 1; row++)
            {
                if (isIn?.Invoke((x[column] + x[column + 1]) / 2, (y[row] + y[row + 1]) / 2) ?? true)
                {
                    _index.Add((column, row), _index.Count);
                }
            }
        }

        var (n, height) = (basis.Degree, ((y.Length - 1) * basis.Degree) + 1);
        var numbers = new Dictionary<int, int>();
        var points = ImmutableArray.CreateBuilder<(double X, double Y)>();
        var elements = ImmutableArray.CreateBuilder<FlowCell>();
        var onBoundary = new HashSet<int>();
        foreach (var (column, row) in _index.Keys)
        {
            var nodes = new int[(n + 1) * (n + 1)];
            for (var a = 0; a < nodes.Length; a++)
            {
                var (i, j) = (a / (n + 1), a % (n + 1));
                var place = (((column * n) + i) * height) + (row * n) + j;
                if (!numbers.TryGetValue(place, out var number))
                {
                    numbers.Add(place, number = points.Count);
                    points.Add((At(x, column, basis.Nodes[i]), At(y, row, basis.Nodes[j])));
                }

                nodes[a] = number;
                if ((i == 0 && !Has(column - 1, row)) || (i == n && !Has(column + 1, row)) || (j == 0 && !Has(column, row - 1)) || (j == n && !Has(column, row + 1)))
                {
                    onBoundary.Add(number);
                }
            }

            elements.Add(new(nodes, x[column], x[column + 1] - x[column], y[row], y[row + 1] - y[row]));
        }

        (Points, Elements, Boundary) = (points.ToImmutable(), elements.ToImmutable(), [.. onBoundary.Order()]);
    }

    /// <summary>The nodes, each once.</summary>
    public ImmutableArray<(double X, double Y)> Points { get; }

    /// <summary>The rectangles.</summary>
    public ImmutableArray<FlowCell> Elements { get; }

    /// <summary>The nodes on the boundary of the domain.</summary>
    public ImmutableArray<int> Boundary { get; }

    /// <summary>The element around a point and the point in its own coordinates; null where none is around it.</summary>
    public (int Element, double X, double Y)? Find(double x, double y)
    {
        if (!_index.TryGetValue((Interval(_x, x), Interval(_y, y)), out var index))
        {
            return null;
        }

        var element = Elements[index];
        return (index, (2 * (x - element.Left) / element.Width) - 1, (2 * (y - element.Bottom) / element.Height) - 1);
    }

    private static int Interval(double[] lines, double at) => Math.Clamp(Array.FindLastIndex(lines, line => line <= at), 0, lines.Length - 2);

    // Neighbours have to agree on the place of a common node to the last digit.
    private static double At(double[] lines, int interval, double node) => node switch
    {
        -1 => lines[interval],
        1 => lines[interval + 1],
        _ => lines[interval] + ((lines[interval + 1] - lines[interval]) * (node + 1) / 2),
    };

    private bool Has(int column, int row) => _index.ContainsKey((column, row));
}
