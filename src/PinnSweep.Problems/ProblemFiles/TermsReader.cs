using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>A term of a problem file with what its checks need.</summary>
internal sealed record FileTerm(string Name, FileScope.Parsed Residual, double Scale, Place Place, ImmutableArray<string> On, string PointSet)
{
    /// <summary>Whether the file says the scale.</summary>
    public bool HasScale { get; init; }

    public SpecValue.Map Canonical()
    {
        var map = SpecValue.Map.Empty.Entries
            .Add("name", new SpecValue.Text(Name))
            .Add("expression", new SpecValue.Text(Residual.Text))
            .Add("scale", new SpecValue.Number(Scale));
        return new(On.IsEmpty ? map : map.Add("on", new SpecValue.List([.. On.Select(side => new SpecValue.Text(side))])).Add("points", new SpecValue.Text(PointSet)));
    }
}

/// <summary>Reads <c>equations</c> and <c>conditions</c>.</summary>
internal sealed class TermsReader(FileScope scope, ImmutableArray<Axis> axes, int? time, ImmutableArray<Hole> holes)
{
    private const int MostTerms = 64;
    private readonly Dictionary<string, Place> _names = new(StringComparer.Ordinal);

    /// <summary>The equations, which hold in the whole domain.</summary>
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

    /// <summary>The conditions on sides.</summary>
    public IReadOnlyList<FileTerm> Conditions(SourceNode.Map file) =>
        [.. scope.Named(file, "conditions", "conditions, for instance {ends: {on: x, expression: u}}", MostTerms).Select(entry => Condition(entry, $"conditions.{entry.Key}")).OfType<FileTerm>()];

    /// <summary>The sides that names stand for, each once.</summary>
    public ImmutableArray<string> Sides(SourceNode node, string key)
    {
        var allowed = SideNames.All(axes, holes.Length);
        var sides = new List<string>();
        foreach (var word in scope.WordsOf(node, key, $"sides, of {string.Join(", ", allowed)}"))
        {
            foreach (var side in SideNames.Expand(word.Text, axes, holes.Length))
            {
                if (allowed.Contains(side))
                {
                    sides.Add(side);
                }
                else
                {
                    var periodic = axes.Any(axis => axis.Periodic && side.StartsWith($"{axis.Name}-", StringComparison.Ordinal)) ? "; a periodic coordinate has no sides" : "";
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
            ? scope.MapOf(entry.Value, key, "expression", "scale") is { } map ? (map.Find("expression")?.Value ?? new SourceNode.Scalar(map.Place, "", Plain: true), Scale(map, key)) : (null, 1)
            : (entry.Value, 1);
        return node is not null && scope.Parse(node, key, scope.Symbols, isEquation: true) is { } residual ? new(entry.Key, residual, scale, node.Place, [], PointSets.Interior) { HasScale = HasScale(entry) } : null;
    }

    private FileTerm? Condition(SourceEntry entry, string key)
    {
        if (!IsName(entry, key) || scope.MapOf(entry.Value, key, "on", "expression", "scale", "points") is not { } map)
        {
            return null;
        }

        if (map.Find("on") is not { } on || map.Find("expression") is not { } expression)
        {
            scope.Mistakes.Add(map.Place, key, $"'{(map.Find("on") is null ? "on" : "expression")}' is missing; a condition is {{on: x-lower, expression: u - 1}}");
            return null;
        }

        var sides = Sides(on.Value, $"{key}.on");
        var symbols = scope.Symbols with { Normal = SideNormals.Of([.. sides.Select(side => SideNames.Parse(side, axes, holes.Length)!.Value)], axes, holes) };
        if (scope.Parse(expression.Value, key, symbols, isEquation: true, isCondition: true) is not { } residual || sides.IsEmpty)
        {
            return null;
        }

        if (residual.PairsOn is { } paired && !sides.ToHashSet().SetEquals(SideNames.Expand(axes[paired].Name, axes, holes.Length)))
        {
            scope.Mistakes.Add(on.Value.Place, $"{key}.on", $"the expression compares the two sides of {axes[paired].Name}; write on: {axes[paired].Name}");
            return null;
        }

        return new(entry.Key, residual, Scale(map, key), expression.Value.Place, sides, PointSet(map, sides, key)) { HasScale = HasScale(entry) };
    }

    private string PointSet(SourceNode.Map map, ImmutableArray<string> sides, string key)
    {
        var start = time is { } axis ? $"{axes[axis].Name}-lower" : null;
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
