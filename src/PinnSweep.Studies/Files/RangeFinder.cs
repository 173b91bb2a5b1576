using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Files;

/// <summary>
/// Finds the ranges of a level where the catalog has a parameter: <c>{log: [a, b]}</c> and its kin, a plain list where one value is
/// expected, and parameters that go together under <c>zip</c>.
/// </summary>
internal sealed class RangeFinder(Catalog catalog, MistakeList mistakes)
{
    public const string ZipKey = "zip";
    private readonly List<FoundRange> _found = [];
    private Factor _factor;
    private string _name = "";

    /// <summary>The level without <c>zip</c>, and its ranges.</summary>
    public (SourceNode.Map Level, ImmutableArray<FoundRange> Ranges) Find(Factor factor, SourceNode.Map level, string key)
    {
        _found.Clear();
        _factor = factor;
        _name = $"{key}[{(level.Find("kind")?.Value as SourceNode.Scalar)?.Text}]";
        var entry = level.Find("kind")?.Value is SourceNode.Scalar kind ? catalog.Find(factor, kind.Text) : null;
        var zip = entry is not null && entry.Parameters.All(parameter => parameter.Name != ZipKey) ? level.Find(ZipKey) : null;
        level = zip is null ? level : level.Without(ZipKey);
        if (entry is { FromFile: not null })
        {
            // The constants of a problem file are numbers, whatever they are called.
            foreach (var constant in level.Entries.Where(given => given.Key is not ("kind" or "path" or LevelReader.LabelKey)))
            {
                Walk(new ParameterType.Number(), constant.Value, [constant.Key], hasDefault: true, null);
            }
        }
        else if (entry is not null)
        {
            Members(entry.Parameters, level, []);
        }

        return zip is null ? (level, [.. _found]) : Zip(level, zip, $"{key}.{ZipKey}");
    }

    private void Members(IEnumerable<Parameter> members, SourceNode.Map map, ImmutableArray<string> path)
    {
        foreach (var member in members)
        {
            if (map.Find(member.Name) is { } given)
            {
                Walk(member.Type, given.Value, path.Add(member.Name), member.Default is not null, member.Absent);
            }
        }
    }

    private void Walk(ParameterType type, SourceNode node, ImmutableArray<string> path, bool hasDefault, Values.SpecValue? absent)
    {
        type = type is ParameterType.Optional optional ? optional.Type : type;
        if (FoundRange.Written(node) is { } written && !(type is ParameterType.MapOf && written.Word != FoundRange.Values))
        {
            Add(written.Word, written.Items.Items, node.Place, new(path, ListPart.Whole, hasDefault, absent, type is ParameterType.Integer, type is ParameterType.Number or ParameterType.Integer));
            return;
        }

        switch (type, node)
        {
            case (ParameterType.ListOf { Item: ParameterType.Integer }, SourceNode.Map map) when map.Find("width") is not null || map.Find("depth") is not null:
                foreach (var part in (ListPart[])[ListPart.Width, ListPart.Depth])
                {
                    if (map.Find(part.ToString().ToLowerInvariant())?.Value is { } value)
                    {
                        var range = FoundRange.Written(value) ?? (value is SourceNode.List plain ? (FoundRange.Values, plain) : null);
                        if (range is { } found)
                        {
                            Add(found.Item1, found.Item2.Items, value.Place, new(path, part, hasDefault, null, IsWhole: true, IsNumber: true));
                        }
                    }
                }

                break;
            case (ParameterType.ListOf list, SourceNode.List items):
                for (var i = 0; i < items.Items.Count; i++)
                {
                    Walk(list.Item, items.Items[i], path.Add(FormattableString.Invariant($"{i}")), hasDefault: false, null);
                }

                break;
            case (ParameterType.ListOf or ParameterType.Any, _):
                break;
            case (_, SourceNode.List { Items.Count: > 0 } plain):
                Add(FoundRange.Values, plain.Items, plain.Place, new(path, ListPart.Whole, hasDefault, absent, IsWhole: false, IsNumber: false));
                break;
            case (ParameterType.Number or ParameterType.Integer or ParameterType.Choice or ParameterType.Flag or ParameterType.Name, SourceNode.Map { Entries: [var entry] }):
                var words = type is ParameterType.Number or ParameterType.Integer ? FoundRange.Words : [FoundRange.Values];
                mistakes.Add(entry.Place, $"{_name}.{string.Join('.', path)}", words.Contains(entry.Key)
                    ? $"expected {{{entry.Key}: {(entry.Key == FoundRange.Values ? "[...]" : "[LOW, HIGH]")}}}; found {entry.Value.Words} in place of the list"
                    : $"unknown range {NearestMatch.Quote(entry.Key)}{NearestMatch.Hint(entry.Key, words)}");
                break;
            case (ParameterType.Group group, SourceNode.Map map):
                Members(group.Members, map, path);
                break;
            case (ParameterType.MapOf each, SourceNode.Map map):
                foreach (var entry in map.Entries)
                {
                    // The default of a name is that it does not stand there, as no weight of a term.
                    Walk(each.Item, entry.Value, path.Add(entry.Key), hasDefault: true, Values.SpecValue.None.Value);
                }

                break;
            case (ParameterType.MethodOf methods, SourceNode.Map map) when map.Find("kind")?.Value is SourceNode.Scalar kind:
                Members([.. methods.Methods.FirstOrDefault(method => method.Kind == kind.Text)?.Parameters ?? [], .. methods.Beside], map, path);
                break;
        }
    }

    private void Add(string word, IReadOnlyList<SourceNode> items, Place place, FoundTarget target) => _found.Add(new(word, [target], [.. items], place));

    /// <summary>Names of parameters whose values go together, or a map from them to their values.</summary>
    private (SourceNode.Map Level, ImmutableArray<FoundRange> Ranges) Zip(SourceNode.Map level, SourceEntry zip, string key)
    {
        var before = mistakes.Count;
        switch (zip.Value)
        {
            case SourceNode.Map map:
                // Where the values stand does not matter: they are put into the level and found there.
                var inside = map.Entries.Aggregate(level, (set, entry) => set.With(new(entry.Key, entry.Place, new SourceNode.Map(entry.Place, [new(FoundRange.Values, entry.Place, entry.Value)]))));
                foreach (var twice in map.Entries.Where(entry => level.Find(entry.Key) is not null))
                {
                    mistakes.Add(twice.Place, key, $"parameter {NearestMatch.Quote(twice.Key)} stands here and in the level; leave one out");
                }

                if (mistakes.Count > before)
                {
                    return (level, [.. _found]);
                }

                var (with, ranges) = new RangeFinder(catalog, mistakes).Find(_factor, inside, key);
                return Join(with, ranges, [.. map.Entries.Select(entry => (entry.Key, entry.Place))], key, zip.Place);
            case SourceNode.List names:
                return Join(level, [.. _found], [.. names.Items.Select(name => ((name as SourceNode.Scalar)?.Text ?? "", name.Place))], key, zip.Place);
            default:
                mistakes.Add(zip.Place, key, $"expected names of parameters whose values go together, for instance [lr, decay], or a map from them to their values; found {zip.Value.Words}");
                return (level, [.. _found]);
        }
    }

    private (SourceNode.Map Level, ImmutableArray<FoundRange> Ranges) Join(
        SourceNode.Map level, ImmutableArray<FoundRange> ranges, ImmutableArray<(string Name, Place Place)> names, string key, Place place)
    {
        var members = new List<FoundRange>();
        foreach (var (name, at) in names)
        {
            if (ranges.FirstOrDefault(range => range.Word == FoundRange.Values && range.Targets is [{ } target] && target.Target.Name == name) is { } range)
            {
                members.Add(range);
            }
            else
            {
                mistakes.Add(at, key, $"{NearestMatch.Quote(name)} has no list of values here{NearestMatch.Hint(name, ranges.Where(range => range.Word == FoundRange.Values).Select(range => range.Targets[0].Target.Name))}");
            }
        }

        if (members.Count < names.Length || members.Count < 2)
        {
            if (members.Count == names.Length)
            {
                mistakes.Add(place, key, "expected at least two parameters whose values go together");
            }

            return (level, ranges);
        }

        if (members.Find(member => member.Items.Length != members[0].Items.Length) is { } odd)
        {
            mistakes.Add(odd.Place, key, FormattableString.Invariant($"{odd.Targets[0].Target.Name} has {odd.Items.Length} values and {members[0].Targets[0].Target.Name} has {members[0].Items.Length}; what goes together has equally many"));
            return (level, ranges);
        }

        var joined = new FoundRange(
            FoundRange.Values,
            [.. members.Select(member => member.Targets[0])],
            [.. Enumerable.Range(0, members[0].Items.Length).Select(i => new SourceNode.List(members[0].Items[i].Place, [.. members.Select(member => member.Items[i])]))],
            place);
        return (level, [.. ranges.Where(range => !members.Contains(range)).Append(joined)]);
    }
}
