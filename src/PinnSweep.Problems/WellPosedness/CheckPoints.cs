using System.Globalization;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>Points at which a file is held against itself: always the same, never on an edge, where coefficients may be singular.</summary>
internal static class CheckPoints
{
    /// <summary>Points of one place.</summary>
    public const int Count = 64;

    /// <summary>Points of a place; one where it is a point.</summary>
    public static IEnumerable<double[]> In(Region region, int dimension)
    {
        var stream = new RandomStream(1, "file-check");
        var unit = new double[region.FreeDimensions];
        for (var i = 0; i < (unit.Length == 0 ? 1 : Count); i++)
        {
            stream.FillUniform(unit);
            var point = new double[dimension];
            region.Place(unit, point);
            yield return point;
        }
    }

    /// <summary><c>x = 0.31, t = 0.5</c>.</summary>
    public static string Words(Problem problem, double[] point) =>
        string.Join(", ", problem.Axes.Select((axis, i) => string.Create(CultureInfo.InvariantCulture, $"{axis.Name} = {point[i]:G6}")));

    /// <summary>A number in a message.</summary>
    public static string Words(double value) => (value + 0.0).ToString("G3", CultureInfo.InvariantCulture);
}
