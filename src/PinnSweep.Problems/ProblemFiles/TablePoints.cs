using PinnSweep.Problems.Equations;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>What the points of a table have to be: inside the domain, and each once.</summary>
internal static class TablePoints
{
    /// <summary>Tells those that are not.</summary>
    /// <param name="rows">Points in the order of the coordinates, and where they stand.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="key">What messages call the table.</param>
    /// <param name="remedy">What to do about a point that stands twice.</param>
    /// <param name="mistakes">Takes them.</param>
    public static void Check(IEnumerable<(double[] Point, Place Place)> rows, FileDomain domain, string key, string remedy, MistakeList mistakes)
    {
        var seen = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var (point, place) in rows)
        {
            if (!domain.Contains(point))
            {
                mistakes.Add(place, key, "the point lies outside the domain");
            }
            else if (!seen.TryAdd(Measurements.Key(point), place))
            {
                mistakes.Add(place, key, FormattableString.Invariant($"the point stands twice, first in line {seen[Measurements.Key(point)].Line}{remedy}"));
            }
        }
    }
}
