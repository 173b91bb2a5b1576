using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>
/// A list of equal whole numbers said by its width and its depth, as <c>hidden: {width: 50, depth: 4}</c>; what is silent is that of the
/// default.
/// </summary>
internal sealed class RepeatedList(ValueReader values, MistakeList mistakes)
{
    private const string Width = "width";
    private const string Depth = "depth";
    private const int Deepest = 1000;

    public static bool IsMeant(ParameterType type, SourceNode node) =>
        type is ParameterType.ListOf { Item: ParameterType.Integer } && node is SourceNode.Map && FoundRange.Written(node) is null;

    /// <summary>The list, or null where a mistake was added.</summary>
    public SpecValue? Read(Parameter parameter, SourceNode.Map map, string key)
    {
        var list = (ParameterType.ListOf)parameter.Type;
        foreach (var unknown in map.Entries.Where(entry => entry.Key is not (Width or Depth)))
        {
            mistakes.Add(unknown.Place, key, $"unknown key {NearestMatch.Quote(unknown.Key)}{NearestMatch.Hint(unknown.Key, [Width, Depth])}");
            return null;
        }

        var standard = (parameter.Default as SpecValue.List)?.Items ?? [];
        if (map.Entries.Count == 0 && !standard.IsEmpty)
        {
            return parameter.Default;
        }

        var depth = map.Find(Depth) is { } deep ? values.Read(new ParameterType.Integer(Math.Max(1, list.MinimumLength), Deepest), deep.Value, $"{key}.{Depth}")
            : standard.Length > 0 ? new SpecValue.Number(standard.Length)
            : null;
        var width = map.Find(Width) is { } wide ? values.Read(list.Item, wide.Value, $"{key}.{Width}")
            : standard.Distinct().Count() == 1 ? standard[0]
            : null;
        if ((depth is null && map.Find(Depth) is null) || (width is null && map.Find(Width) is null))
        {
            mistakes.Add(map.Place, key, $"expected {{width: …, depth: …}}; '{(depth is null && map.Find(Depth) is null ? Depth : Width)}' is missing");
            return null;
        }

        return depth is SpecValue.Number { Value: var count } && width is not null ? new SpecValue.List([.. Enumerable.Repeat(width, (int)count)]) : null;
    }
}
