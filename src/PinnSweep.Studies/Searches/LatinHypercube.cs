using PinnSweep.Numerics.Streams;

namespace PinnSweep.Studies.Searches;

/// <summary>
/// n points of which each dimension has one in each of n equal slices, at a random place of it (McKay, Beckman, Conover, Technometrics 21,
/// 1979, doi:10.2307/1268522).
/// </summary>
internal static class LatinHypercube
{
    /// <summary>The points, n × dimensions.</summary>
    public static double[][] Points(int dimensions, int n, RandomStream stream)
    {
        var points = Enumerable.Range(0, n).Select(_ => new double[dimensions]).ToArray();
        var slices = Enumerable.Range(0, n).ToArray();
        for (var d = 0; d < dimensions; d++)
        {
            for (var i = n - 1; i > 0; i--)
            {
                var other = stream.NextInt(i + 1);
                (slices[i], slices[other]) = (slices[other], slices[i]);
            }

            for (var i = 0; i < n; i++)
            {
                points[i][d] = (slices[i] + stream.NextDouble()) / n;
            }
        }

        return points;
    }
}
