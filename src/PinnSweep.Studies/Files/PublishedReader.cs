using System.Collections.Immutable;

namespace PinnSweep.Studies;

/// <summary>Reads <c>published</c>: one table or a list of them, each with its source and the cells that its numbers belong to.</summary>
internal sealed class PublishedReader(Dictionary<Factor, List<PlacedLevel>> factors, Catalogue catalogue, MistakeList mistakes, PlanningWatch watch)
{
    private const string Section = "published";
    private const double UsualFactor = 2;
    private static readonly string[] Keys = ["source", "metric", "statistic", "runs", "budget", "hardware", "note", "within", "rows"];
    private static readonly string[] RowKeys = ["value", "sd", "interval"];
    private readonly ValueReader _values = new(mistakes);
    private readonly ExcludeReader _patterns = new(factors, catalogue, mistakes, watch);

    public ImmutableArray<PublishedTable> Read(SourceNode? node, string metric, IReadOnlyList<string> metrics)
    {
        if (node is null or SourceNode.Scalar { IsNull: true })
        {
            return [];
        }

        var tables = node is SourceNode.List list ? list.Items : [node];
        return [.. tables.Select(table => Table(table, metric, metrics)).OfType<PublishedTable>()];
    }

    private PublishedTable? Table(SourceNode node, string metric, IReadOnlyList<string> metrics)
    {
        if (node is not SourceNode.Map map)
        {
            mistakes.Add(node.Place, Section, $"expected a map with {string.Join(", ", Keys)}; found {node.Words}");
            return null;
        }

        foreach (var entry in map.Entries.Where(entry => !Keys.Contains(entry.Key)))
        {
            mistakes.Add(entry.Place, Section, $"unknown key {NearestMatch.Quote(entry.Key)}{NearestMatch.Hint(entry.Key, Keys)}");
        }

        var source = Words(map, "source");
        if (source is null)
        {
            mistakes.Add(map.Place, Section, "'source' is missing; expected authors, year, identifier and number of the table");
        }

        if (map.Find("rows")?.Value is not SourceNode.List { Items.Count: > 0 } rows)
        {
            mistakes.Add(map.Find("rows")?.Place ?? map.Place, $"{Section}.rows", "expected a list of numbers with the cells they belong to, for instance {balancer: static, value: 1.2e-2}");
            return null;
        }

        var statistics = Enum.GetValues<PublishedStatistic>().Select(Word).ToArray();
        var statistic = Typed(map, "statistic", new ParameterType.Choice([.. statistics]), new SpecValue.Text(statistics[0]));
        var of = Typed(map, "metric", new ParameterType.Choice([.. metrics]), new SpecValue.Text(metric));
        var runs = Typed(map, "runs", new ParameterType.Integer(1), SpecValue.None.Value);
        var within = Typed(map, "within", new ParameterType.Number(1, ExclusiveMinimum: true), new SpecValue.Number(UsualFactor));
        var values = rows.Items.Select(Row).ToArray();
        return source is null || statistic is null || of is null || runs is null || within is null || values.Contains(null)
            ? null
            : new(
                source,
                ((SpecValue.Text)of).Value,
                (PublishedStatistic)Array.IndexOf(statistics, ((SpecValue.Text)statistic).Value),
                runs is SpecValue.Number { Value: var count } ? checked((int)count) : null,
                Words(map, "budget"),
                Words(map, "hardware"),
                Words(map, "note"),
                ((SpecValue.Number)within).Value,
                [.. values.Select(value => value!)]);
    }

    private PublishedValue? Row(SourceNode node)
    {
        const string Key = $"{Section}.rows";
        if (node is not SourceNode.Map map)
        {
            mistakes.Add(node.Place, Key, $"expected a map with levels and 'value'; found {node.Words}");
            return null;
        }

        var before = mistakes.Count;
        var conditions = ImmutableSortedDictionary.CreateBuilder<Factor, LevelPattern>();
        foreach (var entry in map.Entries.Where(entry => !RowKeys.Contains(entry.Key)))
        {
            if (FactorWords.FromWord(entry.Key) is not { } factor)
            {
                mistakes.Add(entry.Place, Key, $"unknown key {NearestMatch.Quote(entry.Key)}{NearestMatch.Hint(entry.Key, [.. FactorWords.All.Select(known => known.ToWord()), .. RowKeys])}");
            }
            else if (_patterns.Pattern(factor, entry.Value, Key) is { } pattern)
            {
                conditions[factor] = pattern;
            }
        }

        var value = map.Find("value") is { } given ? Positive(given.Value, "value") : null;
        if (map.Find("value") is null)
        {
            mistakes.Add(map.Place, Key, "'value' is missing; expected the published number");
        }

        var deviation = map.Find("sd") is { } sd ? Positive(sd.Value, "sd") : null;
        var interval = map.Find("interval") is { } ends ? Interval(ends.Value) : null;
        if (mistakes.Count == before)
        {
            RequireOneCell(map, conditions);
        }

        return mistakes.Count == before ? new(conditions.ToImmutable(), value!.Value, deviation, interval?.Lower, interval?.Upper) : null;
    }

    // A number that fits several cells would be compared with none of them in particular.
    private void RequireOneCell(SourceNode.Map map, ImmutableSortedDictionary<Factor, LevelPattern>.Builder conditions)
    {
        foreach (var (factor, levels) in factors)
        {
            var fitting = levels.Count(placed => conditions.GetValueOrDefault(factor)?.Matches(placed.Level) ?? true);
            if (fitting > 1)
            {
                mistakes.Add(map.Place, $"{Section}.rows", $"fits {fitting} levels of '{factor.ToWord()}'; name {(conditions.ContainsKey(factor) ? "the parameters that tell it apart" : "one")}");
            }
        }
    }

    private (double Lower, double Upper)? Interval(SourceNode node)
    {
        if (node is SourceNode.List { Items: [var first, var second] } && Positive(first, "interval") is { } lower && Positive(second, "interval") is { } upper && lower <= upper)
        {
            return (lower, upper);
        }

        mistakes.Add(node.Place, $"{Section}.rows.interval", $"expected [LOWER, UPPER]; found {node.Words}");
        return null;
    }

    private double? Positive(SourceNode node, string key) =>
        (_values.Read(new ParameterType.Number(0, ExclusiveMinimum: true), node, $"{Section}.rows.{key}") as SpecValue.Number)?.Value;

    private SpecValue? Typed(SourceNode.Map map, string key, ParameterType type, SpecValue standard) =>
        map.Find(key) is { } entry ? _values.Read(type, entry.Value, $"{Section}.{key}") : standard;

    private string? Words(SourceNode.Map map, string key)
    {
        switch (map.Find(key))
        {
            case null or { Value: SourceNode.Scalar { IsNull: true } }:
                return null;
            case { Value: SourceNode.Scalar scalar }:
                return scalar.Text;
            case var entry:
                mistakes.Add(entry.Place, $"{Section}.{key}", $"expected text; found {entry.Value.Words}");
                return null;
        }
    }

    private static string Word(PublishedStatistic statistic) => statistic.ToString().ToLowerInvariant();
}
