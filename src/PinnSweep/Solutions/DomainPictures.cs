using System.Collections.Immutable;
using PinnSweep.Methods.Samplers.Designs;
using PinnSweep.Problems.Formulation;
using PinnSweep.Reports.Drawing;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Values;

namespace PinnSweep.Solutions;

/// <summary>The domain of a problem as a figure: sides with their conditions, and the points of a first draw.</summary>
internal static class DomainPictures
{
    private const int Steps = 240;

    /// <summary>The figure.</summary>
    /// <param name="name">Of the problem.</param>
    /// <param name="problem">The problem.</param>
    public static FigureModel Of(string name, Problem problem)
    {
        // Two coordinates of space, at the first moment; or one and time.
        int[] space = [.. Enumerable.Range(0, problem.Dimension).Where(axis => axis != problem.TimeAxis)];
        int[] shown = problem.Dimension <= 2 ? [.. Enumerable.Range(0, problem.Dimension)] : [.. space.Take(2)];
        var sampler = UniformSampler.Entry.Make(new(UniformSampler.Entry.Method.Kind, new(UniformSampler.Entry.Method.Parameters.ToImmutableSortedDictionary(parameter => parameter.Name, parameter => parameter.Default ?? SpecValue.None.Value, StringComparer.Ordinal))), problem, 1);
        var equation = Enumerable.Range(0, problem.Terms.Length).First(k => problem.Terms[k].Role == TermRole.Residual);
        return new(
            "domain",
            $"Domain of {name}: sides with their conditions, and the points of a first draw.",
            [],
            [])
        {
            Domain = new(
                problem.Axes[shown[0]].Name,
                shown.Length > 1 ? problem.Axes[shown[1]].Name : "",
                Range(problem, shown[0]),
                shown.Length > 1 ? Range(problem, shown[1]) : new(-1, 1),
                Projected(sampler.Points(equation), problem.Dimension, shown),
                [.. Places(problem, shown, k => Projected(sampler.Points(k), problem.Dimension, shown))]),
        };
    }

    private static IEnumerable<DomainPlace> Places(Problem problem, int[] shown, Func<int, ImmutableArray<(double X, double Y)>> pointsOf)
    {
        var faces = problem.Terms.SelectMany(term => term.Faces).Distinct().ToList();
        faces.AddRange(DomainSides.Of(problem).Where(side => !faces.Any(face => face.Whole == side)));
        var styles = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var face in faces)
        {
            var terms = problem.Terms.Select((term, k) => (term, k)).Where(pair => pair.term.Faces.Contains(face)).ToList();
            var conditions = string.Join(", ", terms.Select(pair => pair.term.Name));
            var lines = Lines(problem, Region.Side(problem, face), shown);
            if (lines.IsEmpty)
            {
                continue;
            }

            styles.TryAdd(conditions, styles.Count);

            // The points of a term are drawn once, with the first of its places.
            yield return new(face.Name(problem), conditions, styles[conditions], lines, terms.Count > 0 && terms[0].term.Faces[0] == face ? pointsOf(terms[0].k) : []);
        }
    }

    /// <summary>The course of a region; empty where it is no curve in what is shown.</summary>
    private static ImmutableArray<ImmutableArray<(double X, double Y)>> Lines(Problem problem, Region region, int[] shown)
    {
        var directions = region.Directions;
        int[] moving = [.. Enumerable.Range(0, directions.Length).Where(Moves)];
        if (moving.Length > 1)
        {
            return [];
        }

        var along = moving is [var only] ? only : -1;
        var (unit, point, lines) = (new double[region.FreeDimensions], new double[problem.Dimension], new List<List<(double X, double Y)>>());
        var count = along < 0 ? 1 : Steps + 1;
        var step = along < 0 ? 0 : directions[along].Extent / Steps;
        for (var i = 0; i < count; i++)
        {
            if (along >= 0)
            {
                unit[along] = (double)i / Steps;
            }

            region.Place(unit, point);
            var at = (X: point[shown[0]], Y: shown.Length > 1 ? point[shown[1]] : 0);
            if (lines.Count == 0 || Math.Sqrt(Math.Pow(at.X - lines[^1][^1].X, 2) + Math.Pow(at.Y - lines[^1][^1].Y, 2)) > 3 * step)
            {
                lines.Add([]);
            }

            lines[^1].Add(at);
        }

        return [.. lines.Select(line => line.ToImmutableArray())];

        bool Moves(int direction)
        {
            var (place, from, to) = (Enumerable.Repeat(0.3, directions.Length).ToArray(), new double[problem.Dimension], new double[problem.Dimension]);
            region.Place(place, from);
            place[direction] = 0.7;
            region.Place(place, to);
            return shown.Any(axis => from[axis] != to[axis]);
        }
    }

    private static Interval Range(Problem problem, int axis) => new(problem.Axes[axis].Lower, problem.Axes[axis].Upper);

    private static ImmutableArray<(double X, double Y)> Projected(ReadOnlySpan<double> points, int dimension, int[] shown)
    {
        var projected = ImmutableArray.CreateBuilder<(double X, double Y)>();
        for (var i = 0; i < points.Length; i += dimension)
        {
            projected.Add((points[i + shown[0]], shown.Length > 1 ? points[i + shown[1]] : 0));
        }

        return projected.ToImmutable();
    }
}
