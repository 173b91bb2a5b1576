using System.Globalization;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>Points at which a file is held against itself: always the same, never on an edge, where coefficients may be singular.</summary>
/// <param name="problem">Has the places.</param>
/// <param name="watch">Is asked at every point whether to go on: a file of a page may have thousands of parts at each.</param>
internal sealed class CheckPoints(Problem problem, PlanningWatch watch)
{
    /// <summary>Points of one place.</summary>
    public const int Count = 64;

    /// <summary>Points of a place; one where it is a point.</summary>
    public IEnumerable<double[]> In(Region region)
    {
        var stream = new RandomStream(1, "file-check");
        var unit = new double[region.FreeDimensions];
        for (var i = 0; i < (unit.Length == 0 ? 1 : Count); i++)
        {
            watch.Check();
            stream.FillUniform(unit);
            var point = new double[problem.Dimension];
            region.Place(unit, point);
            yield return point;
        }
    }

    /// <summary>Points of all places of a term.</summary>
    public IEnumerable<double[]> Of(LossTerm term) =>
        term.Within is { } within ? In(Region.Domain(problem, within)) : Region.Of(problem, term).SelectMany(In);

    /// <summary><c>x = 0.31, t = 0.5</c>.</summary>
    public string Words(double[] point) =>
        string.Join(", ", problem.Axes.Select((axis, i) => string.Create(CultureInfo.InvariantCulture, $"{axis.Name} = {ShortNumber.Rounded(point[i], 6)}")));

    /// <summary>A number in a message; no negative zero.</summary>
    public static string Words(double value) => ShortNumber.Rounded(value, 3);
}
