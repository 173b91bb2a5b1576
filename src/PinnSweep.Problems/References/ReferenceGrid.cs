using System.Collections.Immutable;

namespace PinnSweep.Problems.References;

/// <summary>A reference solution on a tensor grid, with what was measured of its own quality when it was computed.</summary>
/// <param name="Nodes">The values of each coordinate, equally spaced, in the problem's order.</param>
/// <param name="Outputs">Number of functions.</param>
/// <param name="Values">Point by point, the last coordinate running fastest; the outputs of a point side by side.</param>
/// <param name="Measures">Measured qualities by name; <see cref="Floor"/> is one of them.</param>
public sealed record ReferenceGrid(
    ImmutableArray<ImmutableArray<double>> Nodes,
    int Outputs,
    ImmutableArray<double> Values,
    ImmutableSortedDictionary<string, double> Measures)
{
    /// <summary>The measure that is the floor.</summary>
    public const string FloorName = "floor";

    /// <summary>Relative L2 distance to a solution at half the resolution: an upper bound of the reference's own error.</summary>
    public double Floor => Measures[FloorName];

    /// <summary>n + 1 equally spaced values from <paramref name="lower"/> to <paramref name="upper"/>.</summary>
    public static ImmutableArray<double> Spaced(double lower, double upper, int n) => [.. Enumerable.Range(0, n + 1).Select(i => lower + ((upper - lower) * i / n))];

    /// <summary>‖a − b‖₂ / ‖a‖₂ over the entries that are chosen.</summary>
    internal static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Func<int, bool>? chosen = null)
    {
        double difference = 0, norm = 0;
        for (var i = 0; i < a.Length; i++)
        {
            if (chosen?.Invoke(i) ?? true)
            {
                difference += (a[i] - b[i]) * (a[i] - b[i]);
                norm += a[i] * a[i];
            }
        }

        return Math.Sqrt(difference / norm);
    }
}
