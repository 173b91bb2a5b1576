using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>Reads <c>published</c>: one table or a list of them, each with its source and the cells that its numbers belong to.</summary>
internal sealed class PublishedReader(Dictionary<Factor, List<PlacedLevel>> factors, ExcludeReader patterns, MistakeList mistakes)
{
    private const string Section = "published";
    private const double UsualFactor = 2;
    private static readonly string[] Keys = ["source", "metric", "statistic", "runs", "budget", "hardware", "note", "equivalence", "within", "rows"];
    private readonly ValueReader _values = new(mistakes);
    private readonly PublishedRowReader _rows = new(factors, patterns, mistakes);

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

        var statistic = Typed(map, "statistic", new ParameterType.Choice([.. PublishedStatisticWords.All.Select(known => known.ToWord())]), new SpecValue.Text(PublishedStatisticWords.All[0].ToWord()));
        var of = Typed(map, "metric", new ParameterType.Choice([.. metrics]), new SpecValue.Text(metric));
        var runs = Typed(map, "runs", new ParameterType.Integer(1), SpecValue.None.Value);
        var equivalence = Typed(map, "equivalence", new ParameterType.Number(1, ExclusiveMinimum: true), new SpecValue.Number(PublishedTable.UsualEquivalence));
        var within = Typed(map, "within", new ParameterType.Number(1, ExclusiveMinimum: true), new SpecValue.Number(UsualFactor));
        var values = rows.Items.Select(_rows.Read).ToArray();
        return source is null || statistic is null || of is null || runs is null || equivalence is null || within is null || values.Contains(null)
            ? null
            : new(
                source,
                ((SpecValue.Text)of).Value,
                PublishedStatisticWords.FromWord(((SpecValue.Text)statistic).Value)!.Value,
                runs is SpecValue.Number { Value: var count } ? checked((int)count) : null,
                Words(map, "budget"),
                Words(map, "hardware"),
                Words(map, "note"),
                ((SpecValue.Number)within).Value,
                [.. values.Select(value => value!)])
            {
                Equivalence = ((SpecValue.Number)equivalence).Value,
            };
    }

    private SpecValue? Typed(SourceNode.Map map, string key, ParameterType type, SpecValue standard) =>
        map.Find(key) is { } entry ? _values.Read(type, entry.Value, $"{Section}.{key}") : standard;

    private string? Words(SourceNode.Map map, string key) => _rows.Words(map, key, Section);
}
