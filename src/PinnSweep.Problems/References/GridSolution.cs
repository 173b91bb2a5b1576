using System.Collections.Immutable;

namespace PinnSweep.Problems.References;

/// <summary>
/// A problem's solution where it has no closed form: a reference that is computed or read from the cache when a value of it is first
/// asked for, so plans and catalogs cost nothing. It is known on its own nodes only; they are the problem's test grid, so no
/// interpolation adds to its error.
/// </summary>
/// <param name="identity">Says equation, parameters, resolution and grid; a change of any changes it.</param>
/// <param name="nodes">The values of each coordinate, equally spaced.</param>
/// <param name="compute">Computes the reference on these nodes.</param>
/// <param name="limits">What each measure of the reference may be, for <c>verify</c>.</param>
/// <param name="inside">Whether a node lies in the domain; null where all do. A reference has values at the others too, which nobody reads.</param>
public sealed class GridSolution(
    string identity,
    ImmutableArray<ImmutableArray<double>> nodes,
    Func<ReferenceGrid> compute,
    ImmutableSortedDictionary<string, double> limits,
    Func<double[], bool>? inside = null)
{
    private readonly Lazy<ReferenceGrid> _grid = new(() => ReferenceCache.Default.Get(identity, compute));

    /// <summary>The reference.</summary>
    public ReferenceGrid Grid => _grid.Value;

    /// <summary>Whether the reference is at hand without being computed.</summary>
    public bool IsKept => _grid.IsValueCreated || ReferenceCache.Default.Has(identity);

    /// <summary>What each measure may be.</summary>
    public ImmutableSortedDictionary<string, double> Limits => limits;

    /// <summary>Nodes along each coordinate.</summary>
    public ImmutableArray<int> Shape => [.. nodes.Select(axis => axis.Length)];

    /// <summary>The nodes in the domain as points, row-major, the last coordinate running fastest. Needs no reference.</summary>
    public double[] Points()
    {
        var count = nodes.Aggregate(1, (product, axis) => checked(product * axis.Length));
        var points = new double[checked(count * nodes.Length)];
        for (var i = 0; i < count; i++)
        {
            var rest = i;
            for (var d = nodes.Length - 1; d >= 0; d--)
            {
                points[(i * nodes.Length) + d] = nodes[d][rest % nodes[d].Length];
                rest /= nodes[d].Length;
            }
        }

        return inside is null ? points : [.. points.Chunk(nodes.Length).Where(inside).SelectMany(point => point)];
    }

    /// <summary>The solution at a node.</summary>
    /// <exception cref="InvalidOperationException">The point is no node.</exception>
    public void At(ReadOnlySpan<double> point, Span<double> values)
    {
        var index = 0;
        for (var d = 0; d < nodes.Length; d++)
        {
            var (axis, extent) = (nodes[d], nodes[d][^1] - nodes[d][0]);
            var i = (int)Math.Round((point[d] - axis[0]) / extent * (axis.Length - 1));
            if (i < 0 || i >= axis.Length || Math.Abs(axis[i] - point[d]) > 1e-9 * extent)
            {
                throw new InvalidOperationException("This solution is known on its own grid only.");
            }

            index = (index * axis.Length) + i;
        }

        var grid = Grid;
        grid.Values.AsSpan(index * grid.Outputs, grid.Outputs).CopyTo(values);
    }
}
