using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Places;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>A term of a problem file with what its checks need.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Residual">Its expression.</param>
/// <param name="Scale">Its size.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="On">The places of a condition as they are named; empty for an equation.</param>
/// <param name="Faces">The same, cut to the part that is meant.</param>
/// <param name="Within">The part of them, or of the domain, in which it holds.</param>
/// <param name="PointSet">Which points it has.</param>
internal sealed record FileTerm(
    string Name, FileScope.Parsed Residual, double Scale, Place Place, ImmutableArray<string> On, ImmutableArray<Face> Faces, Limits? Within, string PointSet)
{
    /// <summary>Whether the file says the scale.</summary>
    public bool HasScale { get; init; }

    public SpecValue.Map Canonical(ImmutableArray<string> coordinates)
    {
        var map = SpecValue.Map.Empty.Entries
            .Add("name", new SpecValue.Text(Name))
            .Add("expression", new SpecValue.Text(Residual.Text))
            .Add("scale", new SpecValue.Number(Scale));
        map = Within is null ? map : map.Add("where", LimitsValue.Of(Within, coordinates));
        map = Faces is [{ IsInside: true } inside] ? map.Add("at", LimitsValue.Of(inside.Whole.Within!, coordinates)) : map;
        return new(On.IsEmpty ? map : map.Add("on", new SpecValue.List([.. On.Select(side => new SpecValue.Text(side))])).Add("points", new SpecValue.Text(PointSet)));
    }
}

/// <summary>Reads <c>equations</c> and <c>conditions</c>.</summary>
internal sealed class TermsReader(FileScope scope, FileDomain domain)
{
    private const int MostTerms = 64;
    private readonly Dictionary<string, Place> _names = new(StringComparer.Ordinal);
    private readonly SideNames _sides = new(domain);

    /// <summary>The equations, which hold in the whole domain or a part of it.</summary>
    public IReadOnlyList<FileTerm> Equations(SourceNode.Map file)
    {
        var terms = scope.Named(file, "equations", "expressions, for instance {residual: u_t + u*u_x - nu*u_xx}", MostTerms)
            .Select(entry => Equation(entry, $"equations.{entry.Key}")).OfType<FileTerm>().ToList();
        if (terms.Count == 0 && file.Find("equations") is not { Value: SourceNode.Map { Entries.Count: > 0 } })
        {
            scope.Mistakes.Add(file.Find("equations")?.Place ?? file.Place, "equations: missing; expected a map from names to expressions, for instance {residual: u_t + u*u_x - nu*u_xx}");
        }

        return terms;
    }

    /// <summary>The conditions on sides, and inside.</summary>
    public IReadOnlyList<FileTerm> Conditions(SourceNode.Map file) =>
        [.. scope.Named(file, "conditions", "conditions, for instance {ends: {on: x, expression: u}}", MostTerms).Select(entry => Condition(entry, $"conditions.{entry.Key}")).OfType<FileTerm>()];

    /// <summary>The sides that names stand for, each once.</summary>
    public ImmutableArray<string> Sides(SourceNode node, string key)
    {
        var allowed = _sides.All;
        var sides = new List<string>();
        foreach (var word in scope.WordsOf(node, key, $"sides, of {string.Join(", ", allowed)}"))
        {
            foreach (var side in _sides.Expand(word.Text))
            {
                if (allowed.Contains(side))
                {
                    sides.Add(side);
                }
                else
                {
                    var periodic = domain.Axes.Any(axis => axis.Periodic && side.StartsWith($"{axis.Name}-", StringComparison.Ordinal)) ? "; a periodic coordinate has no sides"
                        : domain.Plane is { HasBoxSides: false } && side.StartsWith($"{domain.Axes[domain.Plane.AxisX].Name}-", StringComparison.Ordinal) | side.StartsWith($"{domain.Axes[domain.Plane.AxisY].Name}-", StringComparison.Ordinal) ? $"; those of this domain are {string.Join(", ", allowed)}"
                        : "";
                    scope.Mistakes.Add(word.Place, key, $"{NearestMatch.Quote(word.Text)} is no side{periodic}{NearestMatch.Hint(word.Text, allowed)}");
                }
            }
        }

        return [.. sides.Distinct()];
    }

    private FileTerm? Equation(SourceEntry entry, string key)
    {
        if (!IsName(entry, key))
        {
            return null;
        }

        var (node, scale) = entry.Value is SourceNode.Map
            ? scope.MapOf(entry.Value, key, "expression", "scale", "where") is { } map ? (map.Find("expression")?.Value ?? new SourceNode.Scalar(map.Place, "", Plain: true), Scale(map, key)) : (null, 1)
            : (entry.Value, 1);
        var within = entry.Value is SourceNode.Map written ? new WhereReader(scope).Read(written, key) : null;
        if (within is not null && Region.Domain(domain.AsProblem(), within).IsEmpty)
        {
            scope.Mistakes.Add(entry.Place, $"{key}.where", $"{within.Words(scope.Symbols.Coordinates)} keeps nothing of the domain");
            return null;
        }

        return node is not null && scope.Parse(node, key, scope.Symbols, isEquation: true) is { } residual ? new(entry.Key, residual, scale, node.Place, [], [], within, PointSets.Interior) { HasScale = HasScale(entry) } : null;
    }

    private FileTerm? Condition(SourceEntry entry, string key)
    {
        if (!IsName(entry, key) || scope.MapOf(entry.Value, key, "on", "expression", "scale", "points", "where") is not { } map)
        {
            return null;
        }

        if (map.Find("on") is not { } on || map.Find("expression") is not { } expression)
        {
            scope.Mistakes.Add(map.Place, key, $"'{(map.Find("on") is null ? "on" : "expression")}' is missing; a condition is {{on: x-lower, expression: u - 1}}");
            return null;
        }

        var within = new WhereReader(scope).Read(map, key);
        var (sides, faces) = Places(on.Value, within, key);
        var symbols = scope.Symbols with { Normal = SideNormals.Of(faces, domain) };
        if (scope.Parse(expression.Value, key, symbols, isEquation: true, isCondition: true) is not { } residual || faces.IsEmpty)
        {
            return null;
        }

        if (residual.PairsOn is { } paired && (within is not null || !sides.ToHashSet().SetEquals(_sides.Expand(domain.Axes[paired].Name))))
        {
            scope.Mistakes.Add(on.Value.Place, $"{key}.on", $"the expression compares the two sides of {domain.Axes[paired].Name}; write on: {domain.Axes[paired].Name}{(within is null ? "" : ", without where")}");
            return null;
        }

        return new(entry.Key, residual, Scale(map, key), expression.Value.Place, sides, faces, within, PointSet(map, sides, key)) { HasScale = HasScale(entry) };
    }

    /// <summary>The places of a condition by name, and cut to the part that is meant; none where a mistake was added.</summary>
    private (ImmutableArray<string> Names, ImmutableArray<Face> Faces) Places(SourceNode on, Limits? within, string key)
    {
        List<Face> places = [];
        if (on is SourceNode.Map values)
        {
            if (InsidePlace.Read(scope, values, domain, $"{key}.on") is { } place)
            {
                places.Add(place);
            }
        }
        else
        {
            places.AddRange(Sides(on, $"{key}.on").Select(name => _sides.Parse(name)!.Value));
        }

        var problem = domain.AsProblem();
        List<(string Name, Face Face)> kept = [.. places.Select(place => (place.Name(problem), Part: place.Cut(within, problem))).Where(pair => pair.Part is not null).Select(pair => (pair.Item1, pair.Part!.Value))];
        if (kept.Count == 0 && places.Count > 0)
        {
            scope.Mistakes.Add(on.Place, $"{key}.where", $"{within!.Words(scope.Symbols.Coordinates)} keeps nothing of {string.Join(", ", places.Select(place => place.Name(problem)))}");
        }

        return ([.. kept.Select(pair => pair.Name)], [.. kept.Select(pair => pair.Face)]);
    }

    private string PointSet(SourceNode.Map map, ImmutableArray<string> sides, string key)
    {
        var start = domain.Time is { } axis ? $"{domain.Axes[axis].Name}-lower" : null;
        var standard = sides.All(side => side == start) ? PointSets.Initial : PointSets.Boundary;
        if (map.Find("points") is not { } points)
        {
            return standard;
        }

        string[] words = [PointSets.Boundary, PointSets.Initial];
        if (points.Value is SourceNode.Scalar { Text: var word } && words.Contains(word))
        {
            return word;
        }

        scope.Mistakes.Add(points.Value.Place, $"{key}.points", $"expected one of {string.Join(", ", words)}, whose number the sampler says; found {points.Value.Words}");
        return standard;
    }

    private static bool HasScale(SourceEntry entry) => (entry.Value as SourceNode.Map)?.Find("scale") is not null;

    private double Scale(SourceNode.Map map, string key)
    {
        if (map.Find("scale") is not { } scale)
        {
            return 1;
        }

        var value = scope.NumberOf(scale.Value, scale.Place, $"{key}.scale");
        if (value <= 0)
        {
            scope.Mistakes.Add(scale.Value.Place, $"{key}.scale", "expected a size above 0: what the residual's parts amount to");
        }

        return value ?? 1;
    }

    private bool IsName(SourceEntry entry, string key)
    {
        if (entry.Key.Length is 0 or > 60 || !char.IsAsciiLetter(entry.Key[0]) || !entry.Key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            scope.Mistakes.Add(entry.Place, $"{NearestMatch.Quote(entry.Key)} is not a name of a term: at most 60 letters, digits, '-' and '_', a letter first");
            return false;
        }

        if (!_names.TryAdd(entry.Key, entry.Place))
        {
            scope.Mistakes.Add(entry.Place, key, FormattableString.Invariant($"the name stands twice, first in line {_names[entry.Key].Line}; terms of the loss have names of their own"));
            return false;
        }

        return true;
    }
}
