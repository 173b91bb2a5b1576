using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>
/// Reads the <c>rows</c> of a published table: the cell of each number, the number with its spread, and what a rerun of the authors'
/// program gave.
/// </summary>
internal sealed class PublishedRowReader(Dictionary<Factor, List<PlacedLevel>> factors, ExcludeReader patterns, MistakeList mistakes)
{
    private const string Section = "published.rows";
    private static readonly string[] Keys = ["value", "sd", "interval", "rerun"];
    private static readonly string[] RerunKeys = ["source", "values", "value", "sd", "runs"];
    private readonly ValueReader _values = new(mistakes);

    /// <summary>One row; null where it has a mistake.</summary>
    public PublishedValue? Read(SourceNode node)
    {
        if (node is not SourceNode.Map map)
        {
            mistakes.Add(node.Place, Section, $"expected a map with levels and 'value'; found {node.Words}");
            return null;
        }

        var before = mistakes.Count;
        var conditions = patterns.Conditions(map, Section, Keys);
        var value = Positive(map, "value", Section);
        if (map.Find("value") is null)
        {
            mistakes.Add(map.Place, Section, "'value' is missing; expected the published number");
        }

        var deviation = Positive(map, "sd", Section);
        var interval = map.Find("interval") is { } ends ? Interval(ends.Value) : null;
        var rerun = map.Find("rerun") is { } again ? Rerun(again.Value) : null;
        if (mistakes.Count == before)
        {
            RequireOneCell(map, conditions);
        }

        return mistakes.Count == before ? new(conditions, value!.Value, deviation, interval?.Lower, interval?.Upper) { Rerun = rerun } : null;
    }

    /// <summary>Text under a key; null where it is missing, empty or no text.</summary>
    public string? Words(SourceNode.Map map, string key, string section)
    {
        switch (map.Find(key))
        {
            case null or { Value: SourceNode.Scalar { IsNull: true } }:
                return null;
            case { Value: SourceNode.Scalar scalar }:
                return scalar.Text;
            case var entry:
                mistakes.Add(entry.Place, $"{section}.{key}", $"expected text; found {entry.Value.Words}");
                return null;
        }
    }

    private PublishedRerun? Rerun(SourceNode node)
    {
        const string Key = $"{Section}.rerun";
        if (node is not SourceNode.Map map)
        {
            mistakes.Add(node.Place, Key, $"expected a map with 'source' and 'values' or 'value'; found {node.Words}");
            return null;
        }

        foreach (var entry in map.Entries.Where(entry => !RerunKeys.Contains(entry.Key)))
        {
            mistakes.Add(entry.Place, Key, $"unknown key {NearestMatch.Quote(entry.Key)}{NearestMatch.Hint(entry.Key, RerunKeys)}");
        }

        var source = Words(map, "source", Key);
        if (source is null)
        {
            mistakes.Add(map.Place, Key, "'source' is missing; expected who ran what");
        }

        var (all, one) = (map.Find("values"), map.Find("value"));
        if (all is null == one is null)
        {
            mistakes.Add((all ?? one)?.Place ?? map.Place, Key, "expected either 'values', the error of each run, or 'value', the table's statistic of the runs");
        }
        else if (all is not null && (map.Find("sd") ?? map.Find("runs")) is { } spare)
        {
            mistakes.Add(spare.Place, Key, $"'{spare.Key}' belongs to 'value'; 'values' tell it themselves");
        }

        var runs = map.Find("runs") is { } count ? _values.Read(new ParameterType.Integer(1), count.Value, $"{Key}.runs") as SpecValue.Number : null;
        return new(source ?? "", all is null ? [] : Values(all.Value, $"{Key}.values"), Positive(map, "value", Key), Positive(map, "sd", Key), runs is null ? null : checked((int)runs.Value));
    }

    private ImmutableArray<double> Values(SourceNode node, string key)
    {
        if (node is SourceNode.List { Items.Count: > 0 } list)
        {
            return [.. list.Items.Select(item => Positive(item, key)).OfType<double>()];
        }

        mistakes.Add(node.Place, key, $"expected a list of the runs' errors; found {node.Words}");
        return [];
    }

    // A number that fits several cells would be compared with none of them in particular.
    private void RequireOneCell(SourceNode.Map map, ImmutableSortedDictionary<Factor, LevelPattern> conditions)
    {
        foreach (var (factor, levels) in factors)
        {
            var fitting = levels.Count(placed => conditions.GetValueOrDefault(factor)?.Matches(placed.Level) ?? true);
            if (fitting > 1)
            {
                mistakes.Add(map.Place, Section, $"fits {fitting} levels of '{factor.ToWord()}'; name {(conditions.ContainsKey(factor) ? "the parameters that tell it apart" : "one")}");
            }
        }
    }

    private (double Lower, double Upper)? Interval(SourceNode node)
    {
        if (node is SourceNode.List { Items: [var first, var second] } && Positive(first, $"{Section}.interval") is { } lower && Positive(second, $"{Section}.interval") is { } upper && lower <= upper)
        {
            return (lower, upper);
        }

        mistakes.Add(node.Place, $"{Section}.interval", $"expected [LOWER, UPPER]; found {node.Words}");
        return null;
    }

    private double? Positive(SourceNode.Map map, string key, string section) => map.Find(key) is { } entry ? Positive(entry.Value, $"{section}.{key}") : null;

    private double? Positive(SourceNode node, string key) => (_values.Read(new ParameterType.Number(0, ExclusiveMinimum: true), node, key) as SpecValue.Number)?.Value;
}
