using PinnSweep.Numerics.Spectral;
using PinnSweep.Problems.Places;

namespace PinnSweep.Problems.Solvers.SpectralElements;

/// <summary>
/// Elements of one degree with their nodes numbered: first those on sides of elements, each once, along the longer direction of the domain so
/// that neighbours have near numbers; then the inner ones, element by element.
/// </summary>
internal sealed class SpectralMesh
{
    private readonly GaussLobatto _line;

    /// <summary>Places and numbers the nodes.</summary>
    public SpectralMesh(IReadOnlyList<Quad> quads, int degree)
    {
        _line = new(degree);
        Elements = [.. quads.Select(quad => new SpectralElement(quad, _line))];
        var n = degree + 1;
        Rim = [.. Enumerable.Range(0, n * n).Where(node => IsOnRim(node, n))];
        Inner = [.. Enumerable.Range(0, n * n).Where(node => !IsOnRim(node, n))];
        var (numbers, points) = Joined(Elements.SelectMany(element => Rim.Select(node => element.Points[node])).ToList());
        var isTall = points.Max(point => point.Y) - points.Min(point => point.Y) > points.Max(point => point.X) - points.Min(point => point.X);
        int[] order = [.. Enumerable.Range(0, points.Count).OrderBy(point => isTall ? points[point].Y : points[point].X)];
        var rank = new int[points.Count];
        for (var i = 0; i < order.Length; i++)
        {
            rank[order[i]] = i;
        }

        RimCount = points.Count;
        Count = RimCount + (Elements.Length * Inner.Length);
        Numbers = new int[Elements.Length][];
        for (var e = 0; e < Elements.Length; e++)
        {
            Numbers[e] = new int[n * n];
            for (var k = 0; k < Rim.Length; k++)
            {
                Numbers[e][Rim[k]] = rank[numbers[(e * Rim.Length) + k]];
            }

            for (var k = 0; k < Inner.Length; k++)
            {
                Numbers[e][Inner[k]] = RimCount + (e * Inner.Length) + k;
            }
        }

        Points = new PlanePoint[Count];
        for (var e = 0; e < Elements.Length; e++)
        {
            for (var node = 0; node < n * n; node++)
            {
                Points[Numbers[e][node]] = Elements[e].Points[node];
            }
        }
    }

    /// <summary>The elements.</summary>
    public SpectralElement[] Elements { get; }

    /// <summary>Of each element the numbers of its nodes.</summary>
    public int[][] Numbers { get; }

    /// <summary>The nodes of an element that lie on its sides.</summary>
    public int[] Rim { get; }

    /// <summary>The others.</summary>
    public int[] Inner { get; }

    /// <summary>How many numbers belong to nodes on sides.</summary>
    public int RimCount { get; }

    /// <summary>Number of nodes.</summary>
    public int Count { get; }

    /// <summary>The nodes by their numbers.</summary>
    public PlanePoint[] Points { get; }

    /// <summary>How values at points follow from values at the nodes; a point outside of the domain has none.</summary>
    public MeshReading[] ReadingAt(IEnumerable<PlanePoint> points) =>
    [
        .. points.Select(point =>
        {
            for (var e = 0; e < Elements.Length; e++)
            {
                if (Elements[e].Quad.Inverse(point) is { } place)
                {
                    var (along, across) = (new double[_line.Nodes.Length], new double[_line.Nodes.Length]);
                    _line.Interpolation(place.Xi, along);
                    _line.Interpolation(place.Eta, across);
                    return new MeshReading(Numbers[e], along, across);
                }
            }

            return new MeshReading([], [], []);
        }),
    ];

    private static bool IsOnRim(int node, int n) => node % n == 0 || node % n == n - 1 || node / n == 0 || node / n == n - 1;

    /// <summary>Numbers points, equal ones alike. Those of two elements differ by rounding, and no two nodes of one lie so near.</summary>
    private static (int[] Numbers, List<PlanePoint> Points) Joined(List<PlanePoint> all)
    {
        var size = 1e-9 * Math.Max(all.Max(point => Math.Abs(point.X)), all.Max(point => Math.Abs(point.Y)));
        var known = new Dictionary<(long X, long Y), int>();
        List<PlanePoint> points = [];
        var numbers = new int[all.Count];
        for (var k = 0; k < all.Count; k++)
        {
            // Each point claims its cell of a fine grid and those beside it, so an equal one finds it whichever cell rounding puts it in.
            var (x, y) = ((long)Math.Floor(all[k].X / size), (long)Math.Floor(all[k].Y / size));
            if (!known.TryGetValue((x, y), out numbers[k]))
            {
                numbers[k] = points.Count;
                points.Add(all[k]);
                for (var dx = -1; dx <= 1; dx++)
                {
                    for (var dy = -1; dy <= 1; dy++)
                    {
                        known.TryAdd((x + dx, y + dy), numbers[k]);
                    }
                }
            }
        }

        return (numbers, points);
    }
}

/// <summary>A value at a point from values at the nodes of its element.</summary>
/// <param name="Numbers">The nodes; none outside of the domain.</param>
/// <param name="Along">Factors along ξ.</param>
/// <param name="Across">Factors along η.</param>
internal sealed record MeshReading(int[] Numbers, double[] Along, double[] Across)
{
    /// <summary>The value; 0 outside of the domain.</summary>
    public double Of(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        for (var node = 0; node < Numbers.Length; node++)
        {
            sum += Along[node % Along.Length] * Across[node / Along.Length] * values[Numbers[node]];
        }

        return sum;
    }
}
