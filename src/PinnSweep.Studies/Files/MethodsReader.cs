using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Studies.Files;

/// <summary>
/// Reads <c>methods</c>: a name for each method, and the levels that it sets. A factor that a method does not set has its level under
/// <c>factors</c>, or its default.
/// </summary>
internal sealed class MethodsReader(SourceNode.Map study, LevelReader levels, MistakeList mistakes)
{
    /// <summary>The key.</summary>
    public const string Key = "methods";

    /// <summary>What stands for a method's levels in rules and in published rows.</summary>
    public const string One = "method";

    // Each is compared with every other.
    private const int Most = 1000;

    /// <summary>The methods, whose levels are added to the factors; null where there are none or a mistake was added.</summary>
    public NamedMethods? Read(Dictionary<Factor, List<PlacedLevel>> factors)
    {
        if (study.Find(Key) is not { } entry || entry.Value is SourceNode.Scalar { IsNull: true })
        {
            return null;
        }

        if (entry.Value is not SourceNode.Map { Entries: { Count: >= 2 and <= Most } entries })
        {
            mistakes.Add(entry.Place, Key, FormattableString.Invariant(
                $"expected two to {Most:N0} names with the levels that each sets, for instance {{plain: {{}}, RAD: {{sampler: rad}}}}; found {entry.Value.Words}"));
            return null;
        }

        var before = mistakes.Count;
        foreach (var key in new[] { DesignReader.Key, TuneReader.Key, ReplicateReader.Key }.Where(key => study.Find(key) is { Value: not SourceNode.Scalar { IsNull: true } }))
        {
            mistakes.Add(study.Find(key)!.Place, key, $"stands beside '{Key}'; methods that set several factors are trained at all seeds, without searches and designs");
        }

        var given = entries.Select(method => (method.Key, method.Place, Levels: Levels(method))).ToList();
        CheckNames(given.ConvertAll(method => (method.Key, method.Place)));
        var set = FactorWords.All.Where(factor => given.Exists(method => method.Levels.ContainsKey(factor))).OrderBy(factor => factor == Factor.Balancer ? 0 : 1).ThenBy(factor => factor).ToImmutableArray();
        foreach (var factor in set.Where(factor => factors[factor].Count > 1))
        {
            mistakes.Add(factors[factor][1].Place, $"factors.{factor.ToWord()}", $"has {factors[factor].Count} levels, and '{Key}' set it too; leave the one that methods take which do not");
        }

        if (set.IsEmpty && mistakes.Count == before)
        {
            mistakes.Add(entry.Place, Key, "none of them sets a level, so that all are the same");
        }

        if (mistakes.Count > before)
        {
            return null;
        }

        var plain = set.ToImmutableSortedDictionary(factor => factor, factor => factors[factor][0]);
        var methods = new NamedMethods(set, [.. given.Select(method => new NamedMethod(method.Key, plain.SetItems(method.Levels).ToImmutableSortedDictionary(level => level.Key, level => level.Value.Level)))]);
        for (var i = 0; i < methods.All.Length; i++)
        {
            if (methods.All.Take(i).FirstOrDefault(other => other.Levels.SequenceEqual(methods.All[i].Levels)) is { } twin)
            {
                mistakes.Add(given[i].Place, Key, $"{NearestMatch.Quote(methods.All[i].Name)} sets the same levels as {NearestMatch.Quote(twin.Name)}");
            }
        }

        foreach (var (factor, level) in given.SelectMany(method => method.Levels))
        {
            if (!factors[factor].Exists(known => known.Level == level.Level))
            {
                factors[factor].Add(level);
            }
        }

        return mistakes.Count == before ? methods : null;
    }

    /// <summary>The cells of methods on every combination of what they do not set, in the order of the file.</summary>
    public static ImmutableArray<CellLevels> Cells(StudySpec spec, NamedMethods methods)
    {
        var first = methods.All[0].Levels;
        var others = spec with { Factors = spec.Factors.SetItems(first.Select(level => KeyValuePair.Create(level.Key, ImmutableArray.Create(level.Value)))) };
        return [.. from cell in CellGrid.Enumerate(others) from method in methods.All select method.Levels.Aggregate(cell, (made, level) => made.With(level.Key, level.Value))];
    }

    private Dictionary<Factor, PlacedLevel> Levels(SourceEntry method)
    {
        var found = new Dictionary<Factor, PlacedLevel>();
        if (method.Value is not SourceNode.Map map)
        {
            mistakes.Add(method.Place, $"{Key}.{method.Key}", $"expected the levels that it sets, for instance {{sampler: rad}}, or {{}} for none; found {method.Value.Words}");
            return found;
        }

        var allowed = FactorWords.All.Where(factor => factor != Factor.Problem).Select(factor => factor.ToWord()).ToList();
        foreach (var entry in map.Entries)
        {
            if (FactorWords.FromWord(entry.Key) is not { } factor || factor == Factor.Problem)
            {
                mistakes.Add(entry.Place, $"{Key}.{method.Key}", $"{NearestMatch.Quote(entry.Key)} is no factor that a method may set{NearestMatch.Hint(entry.Key, allowed)}");
            }
            else if (levels.ReadPlaced(factor, entry.Value, $"{Key}.{method.Key}.{entry.Key}") is { } level)
            {
                found[factor] = level;
            }
        }

        return found;
    }

    private void CheckNames(List<(string Name, Place Place)> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (LabelText.WhyNot(names[i].Name) is { } why)
            {
                mistakes.Add(names[i].Place, Key, $"the name {NearestMatch.Quote(names[i].Name)} {why}");
            }
            else if (names.Take(i).FirstOrDefault(other => LabelText.SameToTheEye.Equals(other.Name, names[i].Name)) is { Name: { } twin })
            {
                mistakes.Add(names[i].Place, Key, $"the name {NearestMatch.Quote(names[i].Name)} looks the same as {NearestMatch.Quote(twin)}");
            }
        }
    }
}
