using System.Globalization;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>Reads the values of one section of a study file, a map with known keys.</summary>
internal sealed class SectionReader(SourceNode.Map map, string section, MistakeList mistakes)
{
    private readonly ValueReader _values = new(mistakes);

    /// <summary>The section as a map, or null where there is none or a mistake was added.</summary>
    public static SectionReader? Open(SourceNode.Map study, string key, string example, IReadOnlyList<string> keys, MistakeList mistakes)
    {
        switch (study.Find(key)?.Value)
        {
            case null or SourceNode.Scalar { IsNull: true }:
                return null;
            case SourceNode.Map map:
                foreach (var unknown in map.Entries.Where(entry => !keys.Contains(entry.Key)))
                {
                    mistakes.Add(unknown.Place, key, $"unknown key {NearestMatch.Quote(unknown.Key)}{NearestMatch.Hint(unknown.Key, keys)}");
                }

                return new(map, key, mistakes);
            case var other:
                mistakes.Add(other.Place, key, $"expected a map, for instance {example}; found {other.Words}");
                return null;
        }
    }

    public Place Place => map.Place;

    /// <summary>What stands at a key; null where nothing does.</summary>
    public SourceNode? Node(string key) => map.Find(key)?.Value is { } node and not SourceNode.Scalar { IsNull: true } ? node : null;

    public Place PlaceOf(string key) => map.Find(key)?.Place ?? map.Place;

    public void Refuse(string key, string text) => mistakes.Add(PlaceOf(key), map.Find(key) is null ? section : $"{section}.{key}", text);

    /// <summary>A number; null where nothing stands there or a mistake was added.</summary>
    public double? Number(string key, ParameterType type) => Node(key) is { } node && _values.Read(type, node, $"{section}.{key}") is SpecValue.Number { Value: var value } ? value : null;

    /// <summary>True or false; null where nothing stands there or a mistake was added.</summary>
    public bool? Flag(string key) => Node(key) is { } node && _values.Read(new ParameterType.Flag(), node, $"{section}.{key}") is SpecValue.Flag { Value: var value } ? value : null;

    /// <summary>A share between 0 and 1, as a number or as <c>1/4</c>.</summary>
    public double? Share(SourceNode node, string key)
    {
        if (node is SourceNode.Scalar { Text: var text } && text.Split('/') is [var top, var bottom]
            && double.TryParse(top, NumberStyles.Float, CultureInfo.InvariantCulture, out var n)
            && double.TryParse(bottom, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) && n > 0 && d > n)
        {
            return n / d;
        }

        if (node is SourceNode.Scalar { Value: SpecValue.Number { Value: > 0 and < 1 and var share } })
        {
            return share;
        }

        mistakes.Add(node.Place, $"{section}.{key}", $"expected a share between 0 and 1, for instance 1/4; found {node.Words}");
        return null;
    }

    /// <summary>One of some words; null where nothing stands there or a mistake was added.</summary>
    public string? Word(string key, IReadOnlyList<string> words)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case SourceNode.Scalar { Text: var word } when words.Contains(word):
                return word;
            case var node:
                mistakes.Add(node.Place, $"{section}.{key}", $"expected {(words.Count > 1 ? "one of " : "")}{string.Join(", ", words)}; found {node.Words}{(NearestMatch.Of((node as SourceNode.Scalar)?.Text ?? "", words) is { } nearest ? $"; nearest '{nearest}'" : "")}");
                return null;
        }
    }

    /// <summary>Whole numbers that grow; null where nothing stands there or a mistake was added.</summary>
    public int[]? Growing(SourceNode? node, string key, int least, int atLeast, string example)
    {
        if (node is null)
        {
            return null;
        }

        var numbers = (node as SourceNode.List)?.Items.Select(item => (item as SourceNode.Scalar)?.Value as SpecValue.Number).ToList();
        if (numbers is null || numbers.Count < atLeast || numbers.Contains(null)
            || numbers.Exists(number => number!.Value < least || number.Value > int.MaxValue || Math.Floor(number.Value) != number.Value)
            || numbers.Zip(numbers.Skip(1)).Any(pair => pair.First!.Value >= pair.Second!.Value))
        {
            mistakes.Add(node.Place, $"{section}.{key}", FormattableString.Invariant($"expected {(atLeast > 1 ? $"at least {atLeast} " : "")}whole numbers from {least} on that grow, for instance {example}; found {Written(node)}"));
            return null;
        }

        return [.. numbers.Select(number => (int)number!.Value)];
    }

    private static string Written(SourceNode node) => node is SourceNode.List list ? $"[{string.Join(", ", list.Items.Take(12).Select(item => item is SourceNode.Scalar scalar ? scalar.Text : item.Words))}]" : node.Words;
}
