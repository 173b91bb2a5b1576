using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>What becomes of the ranges of a study file.</summary>
/// <param name="KeepsValues">Lists of values stay ranges (a search chooses among them); else each makes a level of its own.</param>
/// <param name="KeepsRanges">Ranges stay; else they are refused, because nobody would choose from them.</param>
/// <remarks>Where a search keeps both, a level stays one; a design makes several of one that has ranges.</remarks>
internal sealed record SpaceUse(bool KeepsValues, bool KeepsRanges)
{
    /// <summary>Of a study that neither searches nor has a design.</summary>
    public static SpaceUse Expand { get; } = new(false, false);

    /// <summary>As the keys of a study say.</summary>
    public static SpaceUse Of(SourceNode.Map study) => new(Given(study, TuneReader.Key), Given(study, TuneReader.Key) || Given(study, DesignReader.Key));

    private static bool Given(SourceNode.Map study, string key) => study.Find(key) is { Value: not SourceNode.Scalar { IsNull: true } };
}

/// <summary>Reads a level that may have ranges: each value and each bound is held against the catalog as if it stood alone.</summary>
internal sealed class SpaceReader(LevelReader levels, Catalog catalog, MistakeList mistakes, SpaceUse use)
{
    private const int MaximumExpanded = 1000;

    /// <summary>The levels that a node stands for; none where a mistake was added.</summary>
    public IEnumerable<PlacedLevel> Read(Factor factor, SourceNode node, string key)
    {
        if (node is not SourceNode.Map map)
        {
            return levels.ReadPlaced(factor, node, key) is { } plain ? [plain] : [];
        }

        var before = mistakes.Count;
        var (level, ranges) = new RangeFinder(catalog, mistakes).Find(factor, map, key);
        foreach (var range in ranges)
        {
            CheckForm(range, $"{key}[{Kind(map)}].{Name(range)}");
        }

        if (mistakes.Count > before)
        {
            return [];
        }

        var kept = ranges.Where(range => range.Word == FoundRange.Values ? use.KeepsValues : use.KeepsRanges).ToImmutableArray();
        var expanded = ranges.Except(kept).ToImmutableArray();
        var count = expanded.Aggregate(1.0, (product, range) => product * range.Items.Length);
        if (count > MaximumExpanded)
        {
            mistakes.Add(node.Place, key, FormattableString.Invariant($"its lists of values make {count:N0} levels; at most {MaximumExpanded:N0}"));
            return [];
        }

        if (count > 1 && level.Find(LevelReader.LabelKey) is { } label)
        {
            mistakes.Add(label.Place, $"{key}.{LevelReader.LabelKey}", FormattableString.Invariant($"names one level, and the lists of values make {count:N0}; leave it out, and each is called by its values"));
            return [];
        }

        if (!kept.IsEmpty && !use.KeepsValues && level.Find(LevelReader.LabelKey) is { } ofOne)
        {
            mistakes.Add(ofOne.Place, $"{key}.{LevelReader.LabelKey}", "names one level, and the design makes several of its ranges; leave it out, and each is called by its values");
            return [];
        }

        return [.. Expand(level, expanded).Select(one => One(factor, (SourceNode.Map)one, kept, key)).OfType<PlacedLevel>()];
    }

    private static IEnumerable<SourceNode> Expand(SourceNode level, ImmutableArray<FoundRange> ranges) => ranges.Aggregate(
        (IEnumerable<SourceNode>)[level], (all, range) => all.SelectMany(one => range.Items.Select(item => range.Put(one, item))));

    private PlacedLevel? One(Factor factor, SourceNode.Map level, ImmutableArray<FoundRange> ranges, string key)
    {
        var standard = ranges.Aggregate((SourceNode)level, (set, range) => range.Default(set));
        var placed = levels.ReadPlaced(factor, standard, key);
        if (placed is null || ranges.IsEmpty)
        {
            return placed;
        }

        var before = mistakes.Count;
        var read = ranges.Select(range => Range(factor, standard, range, placed.Level, key)).ToList();
        return mistakes.Count == before
            ? placed with
            {
                Space = new(placed.Level, [.. read.Select(range => range!)])
                {
                    Anew = catalog.Find(factor, Kind(level)) is { FromFile: not null } ? values => Anew(factor, standard, ranges, values, key) ?? placed.Level : null,
                },
            }
            : null;
    }

    /// <summary>The level with these values, read as if they stood in the file.</summary>
    private Level? Anew(Factor factor, SourceNode standard, ImmutableArray<FoundRange> ranges, IReadOnlyList<SpecValue> values, string key) => levels.Read(
        factor, ranges.Zip(values).Aggregate(standard, (set, pair) => pair.First.Put(set, Written(pair.First.Place, pair.Second))), key);

    private static SourceNode Written(Place place, SpecValue value) => value is SpecValue.List list
        ? new SourceNode.List(place, [.. list.Items.Select(item => Written(place, item))])
        : new SourceNode.Scalar(place, value.Canonical(), Plain: true);

    private LevelRange? Range(Factor factor, SourceNode standard, FoundRange range, Level level, string key)
    {
        var before = mistakes.Count;
        var items = range.Items.Select(item => levels.ReadPlaced(factor, range.Put(standard, item), key)?.Level).ToList();
        if (mistakes.Count > before)
        {
            return null;
        }

        var values = items.ConvertAll(item => ValueOf(range, item!));
        var bounds = range.Word == FoundRange.Values ? [] : values.Select(value => ((SpecValue.Number)value).Value).ToArray();
        DimensionScale scale = range.Word switch
        {
            FoundRange.Values => new DimensionScale.Choice([.. values]),
            "log" => new DimensionScale.Log(bounds[0], bounds[1]),
            "linear" => new DimensionScale.Linear(bounds[0], bounds[1]),
            _ => new DimensionScale.Integer((long)bounds[0], (long)bounds[1]),
        };
        return new(
            [.. range.Targets.Select(target => target.Target)],
            scale,
            range.Targets.All(target => target.HasDefault) ? ValueOf(range, level) : null);
    }

    /// <summary>The value of a range in a level that was read.</summary>
    private static SpecValue ValueOf(FoundRange range, Level level)
    {
        var values = range.Targets.Select(target => target.Target.Path.Find(level.Parameters) is not { } there ? target.Absent ?? SpecValue.None.Value
            : target.Part == ListPart.Depth ? new SpecValue.Number(((SpecValue.List)there).Items.Length)
            : target.Part == ListPart.Width ? ((SpecValue.List)there).Items[0]
            : there).ToList();
        return values is [var only] ? only : new SpecValue.List([.. values]);
    }

    private void CheckForm(FoundRange range, string key)
    {
        if (range.Word == FoundRange.Values)
        {
            if (range.Items.IsEmpty)
            {
                mistakes.Add(range.Place, key, "an empty list of values; give at least one");
            }

            var values = range.Items.Select(item => item.ToValue()).ToList();
            if (Enumerable.Range(0, values.Count).FirstOrDefault(i => values.IndexOf(values[i]) < i) is > 0 and var twin)
            {
                mistakes.Add(range.Items[twin].Place, key, $"{NearestMatch.Quote(values[twin].Canonical())} stands twice");
            }

            return;
        }

        if (!use.KeepsRanges)
        {
            mistakes.Add(range.Place, key, $"a range ({range.Word}) needs somebody who chooses from it; add `design: {{kind: sobol, count: 20}}` or `tune:`, or write {{values: [...]}}");
            return;
        }

        if (!range.Targets.All(target => target.IsNumber))
        {
            mistakes.Add(range.Place, key, $"a range ({range.Word}) is one of numbers; write {{values: [...]}} with what it may be");
            return;
        }

        var numbers = range.Items.Select(item => (item as SourceNode.Scalar)?.Value as SpecValue.Number).ToList();
        if (numbers.Count != 2 || numbers.Contains(null) || !(numbers[0]!.Value < numbers[1]!.Value) || numbers.Exists(number => !double.IsFinite(number!.Value)))
        {
            mistakes.Add(range.Place, key, $"expected {{{range.Word}: [LOW, HIGH]}} with two numbers, the lower one first; found [{string.Join(", ", range.Items.Select(item => item.Words.Trim('\'')))}]");
        }
        else if (range.Word == "log" && numbers[0]!.Value <= 0)
        {
            mistakes.Add(range.Items[0].Place, key, $"a logarithmic range begins above 0; found {range.Items[0].Words}; for a range from 0 use {{linear: [...]}}");
        }
        else if (range.Word == "integer" && numbers.Exists(number => Math.Floor(number!.Value) != number.Value))
        {
            mistakes.Add(range.Place, key, $"a range of whole numbers has whole bounds; found [{string.Join(", ", range.Items.Select(item => ((SourceNode.Scalar)item).Text))}]{(range.Targets.All(target => target.IsWhole) ? "" : "; use {linear: [...]} for others")}");
        }
        else if (range.Word != "integer" && range.Targets.All(target => target.IsWhole))
        {
            mistakes.Add(range.Place, key, $"takes whole numbers; use {{integer: [{((SourceNode.Scalar)range.Items[0]).Text}, {((SourceNode.Scalar)range.Items[1]).Text}]}}");
        }
    }

    private static string Name(FoundRange range) => string.Join('+', range.Targets.Select(target => target.Target.Name));

    private static string Kind(SourceNode.Map map) => (map.Find("kind")?.Value as SourceNode.Scalar)?.Text ?? "";
}
