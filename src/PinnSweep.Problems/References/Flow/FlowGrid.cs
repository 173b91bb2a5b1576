using System.Collections.Immutable;

namespace PinnSweep.Problems.References.Flow;

/// <summary>Flows shown at the midpoints of squares.</summary>
internal static class FlowGrid
{
    /// <summary>Outputs of a point: u, v and p.</summary>
    public const int Outputs = 3;

    /// <summary>The midpoints of equal parts of a range.</summary>
    public static ImmutableArray<double> Midpoints(double lower, double upper, int count) =>
        [.. Enumerable.Range(0, count).Select(i => lower + ((upper - lower) * (i + 0.5) / count))];

    /// <summary>u, v and p side by side at each node, the second coordinate running fastest; 0 outside of the domain.</summary>
    public static IEnumerable<double> Values(FlowElements elements, double[] state, ImmutableArray<double> x, ImmutableArray<double> y)
    {
        foreach (var across in x)
        {
            foreach (var up in y)
            {
                var (u, v, p) = elements.At(state, across, up);
                var isOutside = double.IsNaN(u);
                yield return isOutside ? 0 : u;
                yield return isOutside ? 0 : v;
                yield return isOutside ? 0 : p;
            }
        }
    }

    /// <summary>A reference with its distance to a coarser one as floor.</summary>
    public static ReferenceGrid Compare(ImmutableArray<ImmutableArray<double>> nodes, double[] values, double[] coarser) => new(
        nodes,
        Outputs,
        [.. values],
        ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal).Add(ReferenceGrid.FloorName, ReferenceGrid.Distance(values, coarser)));
}
