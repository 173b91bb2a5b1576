
namespace PinnSweep.Problems.Solvers.SpectralElements;

/// <summary>The lines of a grid along one coordinate: as few as give every disc a rectangle of its own, no two farther apart than is wanted.</summary>
internal static class GridLines
{
    /// <summary>The lines.</summary>
    /// <param name="lower">One end, a line.</param>
    /// <param name="upper">The other, a line.</param>
    /// <param name="wanted">Ranges each of which needs a line.</param>
    /// <param name="widest">The largest distance of neighbours.</param>
    public static double[] Of(double lower, double upper, IEnumerable<(double Lower, double Upper)> wanted, double widest)
    {
        List<double> lines = [lower, upper];
        var open = wanted.Where(range => !lines.Exists(line => line >= range.Lower && line <= range.Upper)).OrderBy(range => range.Upper).ToList();
        while (open.Count > 0)
        {
            // Of the ranges that meet the one that ends first, a line in all of them: the greedy choice is the smallest number of lines.
            var end = open[0].Upper;
            var start = open.Where(range => range.Lower <= end).Max(range => range.Lower);
            lines.Add(0.5 * (start + end));
            open.RemoveAll(range => range.Lower <= end);
        }

        lines.Sort();
        return [.. Enumerable.Range(0, lines.Count - 1).SelectMany(i => Between(lines[i], lines[i + 1], widest)), upper];
    }

    /// <summary>Lines towards both ends, each at a share of the distance of the one before: for solutions that are singular at corners.</summary>
    public static double[] Graded(double[] lines, double share, int layers)
    {
        var (first, last) = (lines[1] - lines[0], lines[^1] - lines[^2]);
        var factors = Enumerable.Range(1, layers).Select(k => Math.Pow(share, k)).ToList();
        return [.. lines.Concat(factors.Select(factor => lines[0] + (factor * first))).Concat(factors.Select(factor => lines[^1] - (factor * last))).Order()];
    }

    private static IEnumerable<double> Between(double from, double to, double widest)
    {
        var parts = Math.Max(1, (int)Math.Ceiling(((to - from) / widest) - 1e-9));
        return Enumerable.Range(0, parts).Select(i => from + ((to - from) * i / parts));
    }
}
