using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PinnSweep.Tests.SeqImport;

/// <summary>A query or filter of a template: its expressions, and the words that it makes itself.</summary>
/// <param name="Where">For messages.</param>
/// <param name="Filter">Which events it reads.</param>
/// <param name="Expressions">Whatever else names properties.</param>
/// <param name="Own">Labels, which later parts may name.</param>
internal sealed partial record SeqQuery(string Where, string Filter, string[] Expressions, string[] Own)
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "and", "or", "not", "in", "is", "like", "null", "true", "false", "ci", "as", "asc", "desc", "if", "then", "else",
    };

    private static readonly HashSet<string> Functions = new(StringComparer.Ordinal)
    {
        "count", "sum", "min", "max", "mean", "percentile", "first", "last", "interval", "distinct", "Round", "ToJson", "Concat",
    };

    /// <summary>The queries and filters of a template.</summary>
    public static IEnumerable<SeqQuery> Of(string file, JsonObject entity) =>
    [
        .. Each(entity, "Filters").Select(filter => new SeqQuery(file, Text(filter, "Filter"), [], [])),
        .. from chart in Each(entity, "Charts")
           from query in Each(chart, "Queries")
           select Query($"{file}: {Text(chart, "Title")}", query, "Measurements", [.. query["GroupBy"]!.AsArray().Select(one => (string)one!)], [.. query["OrderBy"]!.AsArray().Select(one => (string)one!)]),
        .. entity.ContainsKey("Select") ? [Query(file, entity, "Select", [.. Each(entity, "GroupBy").Select(one => Text(one, "Value"))], [])] : Array.Empty<SeqQuery>(),
    ];

    /// <summary>What is wrong with it, one line each.</summary>
    public IEnumerable<string> Mistakes()
    {
        var events = EventName().Matches(Filter).Concat(EventNames().Matches(Filter)).SelectMany(match => Quoted().Matches(match.Value)).Select(match => match.Groups[1].Value).ToArray();
        var unknown = events.Where(name => !LogVocabulary.Events.ContainsKey(name)).ToArray();
        if (events.Length == 0 || unknown.Length > 0)
        {
            return [.. unknown.DefaultIfEmpty("(none)").Select(name => $"{Where}: no log event is called {name}")];
        }

        var known = events.SelectMany(name => LogVocabulary.Events[name]).ToHashSet();
        return from expression in Expressions.Prepend(Filter)
               from Match match in Identifier().Matches(Quoted().Replace(Alias().Replace(expression, ""), "''"))
               let name = match.Groups["name"].Value
               let isFunction = match.Groups["call"].Success
               where !Words.Contains(name) && !(isFunction ? Functions.Contains(name) : known.Contains(name) || Own.Contains(name))
               select $"{Where}: {(isFunction ? "no function" : $"no property of {string.Join(", ", events)}")} is called {name}";
    }

    private static SeqQuery Query(string where, JsonObject query, string measures, string[] groups, string[] order)
    {
        var columns = Each(query, measures).ToArray();
        return new(
            where,
            Text(query, "Where"),
            [.. columns.Select(column => Text(column, "Value")), .. groups, .. order, Text(query, "Having")],
            [.. columns.Select(column => Text(column, "Label")), .. groups.SelectMany(group => Alias().Matches(group)).Select(match => match.Groups[1].Value)]);
    }

    private static IEnumerable<JsonObject> Each(JsonObject entity, string key) => entity[key]?.AsArray().Select(one => one!.AsObject()) ?? [];

    private static string Text(JsonObject entity, string key) => (string?)entity[key] ?? "";

    [GeneratedRegex(@"EventId\.Name = '\w+'")]
    private static partial Regex EventName();

    [GeneratedRegex(@"EventId\.Name in \[[^\]]*\]")]
    private static partial Regex EventNames();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();

    // Durations such as 1h begin with a digit and are none.
    [GeneratedRegex(@"(?<![\w.@])(?<name>[A-Za-z_]\w*)(?:\.\w+)*(?<call>\()?")]
    private static partial Regex Identifier();

    [GeneratedRegex(@" as (\w+)$")]
    private static partial Regex Alias();
}
