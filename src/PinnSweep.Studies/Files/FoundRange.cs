using System.Collections.Immutable;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>A range as it is written in a level.</summary>
/// <param name="Word"><c>values</c>, <c>log</c>, <c>linear</c> or <c>integer</c>.</param>
/// <param name="Targets">The parameters it is written for; several under <c>zip</c>.</param>
/// <param name="Items">What the list holds; under <c>zip</c> lists with one element a target.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record FoundRange(string Word, ImmutableArray<FoundTarget> Targets, ImmutableArray<SourceNode> Items, Place Place)
{
    public const string Values = "values";
    public static readonly string[] Words = [Values, "log", "linear", "integer"];

    /// <summary>The word and the list of a node that is a range; null of any other.</summary>
    public static (string Word, SourceNode.List Items)? Written(SourceNode node) =>
        node is SourceNode.Map { Entries: [{ Value: SourceNode.List items } entry] } && Words.Contains(entry.Key) ? (entry.Key, items) : null;

    /// <summary>The level with one of the items in place.</summary>
    public SourceNode Put(SourceNode level, SourceNode item) => Targets.Length == 1
        ? Targets[0].Put(level, item)
        : Targets.Zip(((SourceNode.List)item).Items).Aggregate(level, (set, pair) => pair.First.Put(set, pair.Second));

    /// <summary>The level without the range, so that the catalog's default stands there, or where there is none with the first item.</summary>
    public SourceNode Default(SourceNode level) => Targets.Index().Aggregate(
        level,
        (set, target) => target.Item.Put(set, target.Item.HasDefault ? null : Targets.Length == 1 ? Items[0] : ((SourceNode.List)Items[0]).Items[target.Index]));
}

/// <summary>A parameter that a range is written for.</summary>
/// <param name="Path">Keys from the level down.</param>
/// <param name="Part">What of the value it is.</param>
/// <param name="HasDefault">Whether the catalog has a default.</param>
/// <param name="Absent">The value that levels leave out.</param>
/// <param name="IsWhole">Whether it takes whole numbers alone.</param>
/// <param name="IsNumber">Whether it takes numbers.</param>
internal sealed record FoundTarget(ImmutableArray<string> Path, ListPart Part, bool HasDefault, SpecValue? Absent, bool IsWhole, bool IsNumber)
{
    public RangeTarget Target => new(new ValuePath(Path), Absent, Part);

    /// <summary>The level with a node put there; null takes it away.</summary>
    public SourceNode Put(SourceNode level, SourceNode? node)
    {
        string[] part = Part == ListPart.Whole ? [] : [Part.ToString().ToLowerInvariant()];
        return Put(level, [.. Path, .. part], node) ?? level;
    }

    private static SourceNode? Put(SourceNode? within, ReadOnlySpan<string> path, SourceNode? node)
    {
        if (path.IsEmpty)
        {
            return node;
        }

        var step = path[0];
        switch (within)
        {
            case SourceNode.List list:
                var index = int.Parse(step, System.Globalization.CultureInfo.InvariantCulture);
                var item = Put(list.Items[index], path[1..], node);
                return list with { Items = [.. list.Items.Select((old, i) => i == index ? item ?? old : old)] };
            case SourceNode.Map map:
                var entry = map.Find(step);
                var inner = Put(entry?.Value, path[1..], node);
                return inner is null ? map.Without(step)
                    : entry is null ? map.With(new(step, inner.Place, inner))
                    : map with { Entries = [.. map.Entries.Select(old => old.Key == step ? old with { Value = inner } : old)] };
            default:
                return within;
        }
    }
}
