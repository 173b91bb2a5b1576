using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>Reads <c>exclude</c>: rules that name levels, or parts of levels, which the study has.</summary>
internal sealed class ExcludeReader(Dictionary<Factor, List<PlacedLevel>> factors, Catalog catalog, MistakeList mistakes, PlanningWatch watch)
{
    private readonly ValueReader _values = new(mistakes);
    private readonly Dictionary<Factor, LabelledLevels> _labelled = factors.ToDictionary(factor => factor.Key, factor => new LabelledLevels(factor.Key, factor.Value, catalog, watch));

    /// <summary>Methods that rules may name; null where there are none.</summary>
    public NamedMethods? Methods { get; init; }

    public ImmutableArray<ExcludeRule> Read(SourceNode? node)
    {
        if (node is null or SourceNode.Scalar { IsNull: true })
        {
            return [];
        }

        var rules = node is SourceNode.List list ? list.Items : [node];
        return [.. rules.Select(Rule).OfType<ExcludeRule>()];
    }

    private ExcludeRule? Rule(SourceNode node)
    {
        if (node is not SourceNode.Map { Entries.Count: > 0 } map)
        {
            mistakes.Add(node.Place, "exclude", $"expected a map from factors to levels, for instance {{balancer: gradnorm, network: {{hidden: [20]}}}}; found {(node is SourceNode.Map ? "an empty map" : node.Words)}");
            return null;
        }

        return new(Conditions(map, "exclude"));
    }

    /// <summary>The parts of levels of a map from factors; those with mistakes left out.</summary>
    /// <param name="map">The map.</param>
    /// <param name="section">Where it stands, for messages.</param>
    /// <param name="otherKeys">Keys of the map that name no factor; none are allowed beside factors where empty.</param>
    public ImmutableSortedDictionary<Factor, LevelPattern> Conditions(SourceNode.Map map, string section, params string[] otherKeys)
    {
        var conditions = ImmutableSortedDictionary.CreateBuilder<Factor, LevelPattern>();
        foreach (var entry in map.Entries.Where(entry => !otherKeys.Contains(entry.Key)))
        {
            if (entry.Key == MethodsReader.One && Methods is not null)
            {
                AddMethod(entry, section, conditions);
            }
            else if (FactorWords.FromWord(entry.Key) is not { } factor)
            {
                var known = FactorWords.All.Select(word => word.ToWord()).Concat(Methods is null ? [] : [MethodsReader.One]).Concat(otherKeys);
                mistakes.Add(entry.Place, section, $"unknown {(otherKeys.Length > 0 ? "key" : "factor")} {NearestMatch.Quote(entry.Key)}{NearestMatch.Hint(entry.Key, known)}");
            }
            else if (Pattern(factor, entry.Value, section) is { } pattern)
            {
                conditions[factor] = pattern;
            }
        }

        return conditions.ToImmutable();
    }

    /// <summary>The levels of a method, each with all its parameters.</summary>
    private void AddMethod(SourceEntry entry, string section, ImmutableSortedDictionary<Factor, LevelPattern>.Builder conditions)
    {
        var name = (entry.Value as SourceNode.Scalar)?.Text ?? "";
        if (Methods!.All.FirstOrDefault(method => method.Name == name) is not { } found)
        {
            mistakes.Add(entry.Place, section, $"{NearestMatch.Quote(name)} is none of the methods{NearestMatch.Hint(name, Methods.All.Select(method => method.Name))}");
            return;
        }

        foreach (var (factor, level) in found.Levels)
        {
            conditions[factor] = new(level.Kind, level.Parameters);
        }
    }

    /// <summary>Part of a level, at least one of which the study has; null where a mistake was added.</summary>
    public LevelPattern? Pattern(Factor factor, SourceNode node, string section)
    {
        watch.Begin($"reading {section}");
        var key = $"{section}.{factor.ToWord()}";
        var (kind, map) = node switch
        {
            SourceNode.Scalar { IsNull: false } scalar => (scalar, new SourceNode.Map(scalar.Place, [])),
            SourceNode.Map { Entries.Count: > 0 } given => (given.Find("kind")?.Value as SourceNode.Scalar, given),
            _ => (null, null),
        };
        if (map is null)
        {
            mistakes.Add(node.Place, key, $"expected a kind or a map of parameters; found {(node is SourceNode.Map ? "an empty map" : node.Words)}");
            return null;
        }

        if (IsByLabel(factor, node, out var label))
        {
            return OfLabel(factor, label, map, key);
        }

        var present = factors[factor].Select(placed => placed.Level.Kind).Distinct().ToList();
        if (kind is not null && !present.Contains(kind.Text))
        {
            mistakes.Add(kind.Place, key, $"{NearestMatch.Quote(kind.Text)} is not a {factor.ToWord()} of this study{NearestMatch.Hint(kind.Text, present.Concat(factors[factor].Select(placed => placed.Note.Label).OfType<string>()))}");
            return null;
        }

        var before = mistakes.Count;
        var kinds = kind is null ? present : [kind.Text];
        var (said, leftOut) = Parameters(factor, kinds, map, key);
        var owners = leftOut.IsEmpty ? [] : kinds.Where(one => leftOut.Keys.All(name => catalog.Find(factor, one)?.Parameters.Any(parameter => parameter.Name == name) ?? false)).ToList();
        var pattern = new LevelPattern(kind?.Text ?? (owners is [var only] ? only : null), new(said)) { LeftOut = new(leftOut) };
        if (owners.Count > 1)
        {
            mistakes.Add(node.Place, key, $"name the kind as well: {string.Join(", ", owners)} have '{leftOut.Keys.First()}'");
        }

        if (mistakes.Count > before)
        {
            return null;
        }

        if (!factors[factor].Exists(placed => pattern.Matches(placed.Level)))
        {
            mistakes.Add(node.Place, key, $"no {factor.ToWord()} of this study matches{(section == "exclude" ? "; the rule would leave nothing out" : "")}");
        }

        return pattern;
    }

    /// <summary>Whether a level is named by its label: <c>{label: big}</c>, or a word that is no kind.</summary>
    private bool IsByLabel(Factor factor, SourceNode node, out SourceNode label)
    {
        label = node switch
        {
            // A constant of a problem file may have this name.
            SourceNode.Map map when map.Find(LevelReader.LabelKey) is { } entry && !factors[factor].Exists(placed => placed.Level.Parameters.Entries.ContainsKey(LevelReader.LabelKey)) => entry.Value,
            SourceNode.Scalar word when !factors[factor].Exists(placed => placed.Level.Kind == word.Text) && _labelled[factor].Find(word.Text) is not null => word,
            _ => null!,
        };
        return label is not null;
    }

    private LevelPattern? OfLabel(Factor factor, SourceNode label, SourceNode.Map map, string key)
    {
        if (map.Entries.FirstOrDefault(entry => entry.Key != LevelReader.LabelKey) is { } more)
        {
            mistakes.Add(more.Place, key, $"a label names the whole level; leave {NearestMatch.Quote(more.Key)} out");
            return null;
        }

        var text = (label as SourceNode.Scalar)?.Text ?? "";
        if (_labelled[factor].Find(text) is not { Placed: { } found } named)
        {
            mistakes.Add(label.Place, key, $"no {factor.ToWord()} of this study has the label {NearestMatch.Quote(text)}{NearestMatch.Hint(text, _labelled[factor].All.Select(level => level.Label))}");
            return null;
        }

        return new(found.Level.Kind, found.Level.Parameters) { LeftOut = found.Note.LeftOut, Label = named.Label };
    }

    /// <summary>Those that levels carry, and those with the value that levels leave out.</summary>
    private (ImmutableSortedDictionary<string, SpecValue> Said, ImmutableSortedDictionary<string, SpecValue> LeftOut) Parameters(Factor factor, IReadOnlyList<string> kinds, SourceNode.Map map, string key)
    {
        var known = kinds.SelectMany(kind => catalog.Find(factor, kind)?.Parameters ?? OfFile(factor, kind)).ToList();
        var (said, leftOut) = (SpecValue.Map.Empty.Entries.ToBuilder(), SpecValue.Map.Empty.Entries.ToBuilder());
        foreach (var entry in map.Entries.Where(entry => entry.Key != "kind"))
        {
            if (known.Find(parameter => parameter.Name == entry.Key) is not { } parameter)
            {
                mistakes.Add(entry.Place, key, $"unknown parameter {NearestMatch.Quote(entry.Key)}{NearestMatch.Hint(entry.Key, known.Select(candidate => candidate.Name).Distinct())}");
            }
            else if (_values.Read(parameter.Type, entry.Value, $"{key}.{entry.Key}") is { } value)
            {
                (value == parameter.Absent ? leftOut : said)[entry.Key] = value;
            }
        }

        return (said.ToImmutable(), leftOut.ToImmutable());
    }

    /// <summary>The numbers that a file of the user's lets a study set: its constants.</summary>
    private IEnumerable<Parameter> OfFile(Factor factor, string kind) => factors[factor]
        .Where(placed => placed.Level.Kind == kind)
        .SelectMany(placed => placed.Level.Parameters.Entries)
        .Where(entry => entry.Value is SpecValue.Number)
        .Select(entry => new Parameter(entry.Key, new ParameterType.Number(), Default: null, "a constant of the file"))
        .DistinctBy(parameter => parameter.Name);
}
