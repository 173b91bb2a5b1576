using System.Collections.Immutable;
using PinnSweep.Problems.Places;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>Reads shapes of the plane: polygons, discs, annuli and boxes, their unions, differences and intersections.</summary>
/// <param name="scope">The names and the mistakes.</param>
/// <param name="x">The first coordinate of the plane.</param>
/// <param name="y">The second one.</param>
internal sealed class ShapeReader(FileScope scope, string x, string y)
{
    private const int MostVertices = 200;
    private const int MostParts = 32;
    private static readonly string[] Kinds = ["polygon", "disc", "annulus", "box", "union", "difference", "intersection"];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>A shape; null where a mistake was added.</summary>
    /// <param name="node">What is written.</param>
    /// <param name="key">What messages call it.</param>
    /// <param name="isAlone">Whether it is the whole domain, so that its sides need no other name in front.</param>
    public PlaneShape? Read(SourceNode node, string key, bool isAlone = true)
    {
        if (node is not SourceNode.Map map || map.Entries.Where(entry => Kinds.Contains(entry.Key)).ToList() is not [var given])
        {
            scope.Mistakes.Add(node.Place, key, $"expected one of {string.Join(", ", Kinds)}, for instance {{polygon: [[0, 0], [1, 0], [0, 1]]}}; found {(node is SourceNode.Map several ? NearestMatch.Quote(string.Join(", ", several.Entries.Select(entry => entry.Key))) : node.Words)}");
            return null;
        }

        if (map.Entries.FirstOrDefault(entry => entry.Key != given.Key && entry.Key != "name") is { } unknown)
        {
            scope.Mistakes.Add(unknown.Place, key, $"unknown key {NearestMatch.Quote(unknown.Key)}; beside {given.Key} may stand a name for its sides");
            return null;
        }

        key = $"{key}.{given.Key}";
        var kind = Kinds.Skip(4).FirstOrDefault(word => word == given.Key);
        return kind is not null ? Combined(given, key) : Figure(given, key, Name(map, given.Key, isAlone));
    }

    /// <summary>A polygon or a disc with a name in front of its sides.</summary>
    public PlaneShape? Figure(SourceEntry given, string key, string name, bool isHole = false) => given.Key switch
    {
        "polygon" => Polygon(given.Value, key, name, isHole),
        "disc" => Disc(given.Value, key, name.Length > 0 ? name : "disc", isHole),
        "annulus" => Annulus(given.Value, key, name),
        _ => Box(given.Value, key, name),
    };

    /// <summary>Two coordinates of a point.</summary>
    public PlanePoint? Point(SourceNode? node, Place place, string key)
    {
        if (node is not SourceNode.List { Items: [var first, var second] })
        {
            scope.Mistakes.Add(node?.Place ?? place, key, $"expected [{x}, {y}]; found {node?.Words ?? "nothing"}");
            return null;
        }

        return scope.NumberOf(first, place, key) is { } px && scope.NumberOf(second, place, key) is { } py ? new(px, py) : null;
    }

    private string Name(SourceNode.Map map, string kind, bool isAlone)
    {
        if (map.Find("name") is not { } entry)
        {
            var number = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            return isAlone ? "" : FormattableString.Invariant($"{kind}-{number}");
        }

        if (entry.Value is SourceNode.Scalar { Text: var name } && name.Length is > 0 and <= 32 && char.IsAsciiLetter(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            if (!_counts.TryAdd(name, 0))
            {
                scope.Mistakes.Add(entry.Value.Place, "domain", $"two parts are called {NearestMatch.Quote(name)}");
            }

            return name;
        }

        scope.Mistakes.Add(entry.Value.Place, "domain", $"expected a name of letters, digits and '-', a letter first; found {entry.Value.Words}");
        return "";
    }

    private CombinedShape? Combined(SourceEntry given, string key)
    {
        if (given.Value is not SourceNode.List { Items.Count: >= 2 and <= MostParts } list)
        {
            scope.Mistakes.Add(given.Value.Place, key, FormattableString.Invariant($"expected a list of two to {MostParts} shapes{(given.Key == "difference" ? ", the whole first" : "")}; found {given.Value.Words}"));
            return null;
        }

        var parts = list.Items.Select(item => Read(item, key, isAlone: false)).ToList();
        return parts.Contains(null) ? null : new(Enum.GetValues<CombinedKind>().Single(kind => ShapeValue.Word(kind) == given.Key), [.. parts.Select(part => part!)]);
    }

    private Polygon? Polygon(SourceNode node, string key, string name, bool isHole)
    {
        if (node is not SourceNode.List { Items.Count: >= 3 and <= MostVertices } list)
        {
            scope.Mistakes.Add(node.Place, key, FormattableString.Invariant($"expected a list of 3 to {MostVertices} vertices [{x}, {y}]; found {(node is SourceNode.List few ? few.Items.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) : node.Words)}"));
            return null;
        }

        var points = list.Items.Select(item => Point(item, node.Place, key)).ToList();
        if (points.Contains(null))
        {
            return null;
        }

        Polygon polygon = new(name, [.. points.Select(point => point!.Value)], [.. points.Select((_, i) => FormattableString.Invariant($"{(name.Length > 0 ? $"{name}-" : "")}edge-{i + 1}"))], isHole);
        if (PolygonChecks.WhyNot(polygon) is { } why)
        {
            scope.Mistakes.Add(node.Place, key, why);
            return null;
        }

        return polygon;
    }

    private Disc? Disc(SourceNode node, string key, string name, bool isHole)
    {
        if (scope.MapOf(node, key, "centre", "radius") is not { } map || Point(map.Find("centre")?.Value, map.Place, $"{key}.centre") is not { } centre || Radius(map, "radius", key) is not { } radius)
        {
            return null;
        }

        return new(name, centre, radius, isHole);
    }

    private CombinedShape? Annulus(SourceNode node, string key, string name)
    {
        if (scope.MapOf(node, key, "centre", "inner", "outer") is not { } map || Point(map.Find("centre")?.Value, map.Place, $"{key}.centre") is not { } centre ||
            Radius(map, "inner", key) is not { } inner || Radius(map, "outer", key) is not { } outer)
        {
            return null;
        }

        if (!(inner < outer))
        {
            scope.Mistakes.Add(map.Place, key, "the inner radius must be below the outer one");
            return null;
        }

        var prefix = name.Length > 0 ? $"{name}-" : "";
        return new(CombinedKind.Difference, [new Disc($"{prefix}outer", centre, outer), new Disc($"{prefix}inner", centre, inner)]);
    }

    private Polygon? Box(SourceNode node, string key, string name)
    {
        if (scope.MapOf(node, key, x, y) is not { } map || Range(map, x, key) is not { } first || Range(map, y, key) is not { } second)
        {
            return null;
        }

        var prefix = name.Length > 0 ? $"{name}-" : "";
        return Places.Polygon.Rectangle(name, first, second, [$"{prefix}{y}-lower", $"{prefix}{x}-upper", $"{prefix}{y}-upper", $"{prefix}{x}-lower"]);
    }

    private (double Lower, double Upper)? Range(SourceNode.Map map, string name, string key)
    {
        if (map.Find(name)?.Value is not SourceNode.List { Items: [var first, var last] })
        {
            scope.Mistakes.Add(map.Find(name)?.Value.Place ?? map.Place, $"{key}.{name}", $"expected a range [lower, upper]; found {map.Find(name)?.Value.Words ?? "nothing"}");
            return null;
        }

        if (scope.NumberOf(first, map.Place, key) is not { } lower || scope.NumberOf(last, map.Place, key) is not { } upper)
        {
            return null;
        }

        if (lower < upper)
        {
            return (lower, upper);
        }

        scope.Mistakes.Add(map.Place, $"{key}.{name}", "the lower end must be below the upper one");
        return null;
    }

    private double? Radius(SourceNode.Map map, string name, string key)
    {
        if (scope.NumberOf(map.Find(name)?.Value, map.Place, $"{key}.{name}") is not { } radius)
        {
            return null;
        }

        if (radius > 0)
        {
            return radius;
        }

        scope.Mistakes.Add(map.Place, $"{key}.{name}", "expected a radius above 0");
        return null;
    }
}
