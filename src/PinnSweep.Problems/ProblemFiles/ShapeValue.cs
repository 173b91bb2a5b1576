using System.Collections.Immutable;
using PinnSweep.Problems.Places;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>A shape of the plane as a definition holds it.</summary>
internal static class ShapeValue
{
    private const string Kind = "kind";
    private const string Group = "group";
    private const string Parts = "parts";

    /// <summary>For a definition.</summary>
    public static SpecValue.Map Of(PlaneShape shape) => new(shape switch
    {
        Disc disc => Entries("disc", disc).Add("x", new SpecValue.Number(disc.Centre.X)).Add("y", new SpecValue.Number(disc.Centre.Y)).Add("radius", new SpecValue.Number(disc.Radius)),
        Polygon polygon => Entries("polygon", polygon)
            .Add("points", new SpecValue.List([.. polygon.Vertices.SelectMany(vertex => new[] { vertex.X, vertex.Y }).Select(value => new SpecValue.Number(value))]))
            .Add("sides", new SpecValue.List([.. polygon.Names.Select(name => new SpecValue.Text(name))])),
        CombinedShape combined => SpecValue.Map.Empty.Entries.Add(Kind, new SpecValue.Text(Word(combined.Kind))).Add(Parts, new SpecValue.List([.. combined.Parts.Select(Of)])),
        _ => throw new ArgumentException("a shape of no known kind", nameof(shape)),
    });

    /// <summary>From a definition.</summary>
    public static PlaneShape From(SpecValue.Map map) => map.Text(Kind) switch
    {
        "disc" => new Disc(map.Text(Group), new(map.Number("x"), map.Number("y")), map.Number("radius"), map.Flag("hole")),
        "polygon" => new Polygon(
            map.Text(Group),
            [.. Items<SpecValue.Number>(map, "points").Select(number => number.Value).Chunk(2).Select(pair => new PlanePoint(pair[0], pair[1]))],
            [.. Items<SpecValue.Text>(map, "sides").Select(name => name.Value)],
            map.Flag("hole")),
        var kind => new CombinedShape(Enum.GetValues<CombinedKind>().Single(value => Word(value) == kind), [.. Items<SpecValue.Map>(map, Parts).Select(From)]),
    };

    /// <summary>The word of files.</summary>
    public static string Word(CombinedKind kind) => kind switch
    {
        CombinedKind.Union => "union",
        CombinedKind.Intersection => "intersection",
        _ => "difference",
    };

    private static ImmutableSortedDictionary<string, SpecValue> Entries(string kind, PlaneFigure figure) =>
        SpecValue.Map.Empty.Entries.Add(Kind, new SpecValue.Text(kind)).Add(Group, new SpecValue.Text(figure.Group)).Add("hole", new SpecValue.Flag(figure.IsHole));

    private static IEnumerable<T> Items<T>(SpecValue.Map map, string key) => ((SpecValue.List)map.Entries[key]).Items.Cast<T>();
}
