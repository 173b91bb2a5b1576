using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>Turns nodes into values of a declared type, fills defaults, and gathers what does not fit.</summary>
internal sealed class ValueReader(MistakeList mistakes)
{
    private const int LongestList = 1000;

    /// <summary>Beyond this a double no longer holds every whole number.</summary>
    public const long LargestExact = 1L << 53;

    /// <summary>The value, or null where a mistake was added.</summary>
    public SpecValue? Read(ParameterType type, SourceNode node, string key) => type switch
    {
        ParameterType.Optional when node is SourceNode.Scalar { IsNull: true } => SpecValue.None.Value,
        ParameterType.Optional optional => Read(optional.Type, node, key, TypeWords.Of(optional)),
        _ => Read(type, node, key, TypeWords.Of(type)),
    };

    /// <summary>
    /// The members of a map with known keys, silent ones filled with their defaults; <paramref name="except"/> is read elsewhere.
    /// </summary>
    public SpecValue.Map? ReadMembers(ImmutableArray<Parameter> members, SourceNode.Map map, string key, string? except = null)
    {
        var before = mistakes.Count;
        var values = SpecValue.Map.Empty.Entries.ToBuilder();
        foreach (var entry in map.Entries.Where(entry => entry.Key != except && members.All(member => member.Name != entry.Key)))
        {
            mistakes.Add(entry.Place, key, $"unknown parameter {NearestMatch.Quote(entry.Key)}{NearestMatch.Hint(entry.Key, members.Select(member => member.Name))}");
        }

        foreach (var member in members)
        {
            if (map.Find(member.Name) is { } given)
            {
                Keep(RepeatedList.IsMeant(member.Type, given.Value)
                    ? new RepeatedList(this, mistakes).Read(member, (SourceNode.Map)given.Value, $"{key}.{member.Name}")
                    : Read(member.Type, given.Value, $"{key}.{member.Name}"));
            }
            else if (member.Default is { } standard)
            {
                Keep(standard);
            }
            else
            {
                mistakes.Add(map.Place, key, $"parameter '{member.Name}' is missing: {TypeWords.Of(member.Type)}");
            }

            void Keep(SpecValue? value)
            {
                if (value is not null && value != member.Absent)
                {
                    values[member.Name] = value;
                }
            }
        }

        return mistakes.Count == before ? new(values.ToImmutable()) : null;
    }

    /// <summary><paramref name="expected"/> says in words what was declared, which may be more than <paramref name="type"/>.</summary>
    private SpecValue? Read(ParameterType type, SourceNode node, string key, string expected) => (type, node) switch
    {
        (ParameterType.Any, _) => node.ToValue(),
        (ParameterType.ListOf list, SourceNode.List items) when items.Items.Count >= list.MinimumLength => ReadList(list, items, key),
        (ParameterType.MapOf map, SourceNode.Map entries) => ReadMap(map, entries, key),
        (ParameterType.Group group, SourceNode.Map entries) => ReadMembers(group.Members, entries, key),
        (ParameterType.MethodOf method, SourceNode.Map entries) when entries.Find("kind")?.Value is SourceNode.Scalar kind => ReadMethod(method, kind, entries, key, expected),
        (ParameterType.MethodOf method, SourceNode.Scalar { IsNull: false } kind) => ReadMethod(method, kind, new(kind.Place, []), key, expected),
        (_, SourceNode.Scalar scalar) => ReadScalar(type, scalar, key, expected),
        _ => Refuse(expected, node, key),
    };

    private SpecValue? ReadScalar(ParameterType type, SourceNode.Scalar scalar, string key, string expected)
    {

        var value = CoreSchema.Resolve(scalar);
        return type switch
        {
            ParameterType.Number number when value is SpecValue.Number { Value: var x } && double.IsFinite(x) &&
                (number.ExclusiveMinimum ? x > number.Minimum : x >= number.Minimum) && x <= number.Maximum => value,

            // Levels hand whole numbers on as 32-bit integers.
            ParameterType.Integer integer when value is SpecValue.Number { Value: var x } && Math.Floor(x) == x &&
                x >= Math.Max(integer.Minimum, int.MinValue) && x <= Math.Min(integer.Maximum, int.MaxValue) => value,
            ParameterType.Integer { Maximum: >= int.MaxValue } when value is SpecValue.Number { Value: > int.MaxValue } =>
                Refuse(expected, scalar, key, $"; the largest is {int.MaxValue}"),
            ParameterType.Flag when value is SpecValue.Flag => value,
            ParameterType.Name when value is SpecValue.Text && IsName(scalar.Text) => value,
            ParameterType.Choice choice when choice.Words.Contains(scalar.Text) => new SpecValue.Text(scalar.Text),
            ParameterType.Choice choice => Refuse(expected, scalar, key, NearestMatch.Of(scalar.Text, choice.Words) is { } nearest ? $"; nearest '{nearest}'" : ""),
            _ => Refuse(expected, scalar, key, Quoted(type, scalar)),
        };
    }

    private SpecValue.List? ReadList(ParameterType.ListOf type, SourceNode.List list, string key)
    {
        if (list.Items.Count > LongestList)
        {
            mistakes.Add(list.Place, key, FormattableString.Invariant($"has {list.Items.Count:N0} elements; a list of a level has at most {LongestList:N0}"));
            return null;
        }

        var items = list.Items.Select(item => Read(type.Item, item, key)).ToList();
        return items.Contains(null) ? null : new([.. items.Select(item => item!)]);
    }

    private SpecValue? ReadMethod(ParameterType.MethodOf type, SourceNode.Scalar kind, SourceNode.Map map, string key, string expected)
    {
        var kinds = type.Methods.Select(method => method.Kind);
        if (type.Methods.FirstOrDefault(method => method.Kind == kind.Text) is not { } entry)
        {
            return Refuse(expected, kind, key, NearestMatch.Of(kind.Text, kinds) is { } nearest ? $"; nearest '{nearest}'" : "");
        }

        return ReadMembers([.. entry.Parameters, .. type.Beside], map, $"{key}[{kind.Text}]", except: "kind") is { } values
            ? new SpecValue.Map(values.Entries.SetItem("kind", new SpecValue.Text(kind.Text)))
            : null;
    }

    private SpecValue.Map? ReadMap(ParameterType.MapOf type, SourceNode.Map map, string key)
    {
        var before = mistakes.Count;
        var values = SpecValue.Map.Empty.Entries.ToBuilder();
        foreach (var entry in map.Entries)
        {
            if (!IsName(entry.Key))
            {
                mistakes.Add(entry.Place, key, $"{NearestMatch.Quote(entry.Key)} is not a name: letters, digits, '-' and '_'");
            }
            else if (Read(type.Item, entry.Value, $"{key}.{entry.Key}") is { } value)
            {
                values[entry.Key] = value;
            }
        }

        return mistakes.Count == before ? new(values.ToImmutable()) : null;
    }

    private SpecValue? Refuse(string expected, SourceNode node, string key, string end = "")
    {
        var found = node is SourceNode.List { Items.Count: 0 } ? "an empty list" : node.Words;
        mistakes.Add(node.Place, key, $"expected {expected}; found {found}{end}");
        return null;
    }

    /// <summary>What is said of a number or a flag in quotes, which YAML makes a text.</summary>
    private static string Quoted(ParameterType type, SourceNode.Scalar scalar) => !scalar.Plain && (type, CoreSchema.Resolve(scalar.Text)) is
        (ParameterType.Number or ParameterType.Integer, SpecValue.Number) or (ParameterType.Flag, SpecValue.Flag)
        ? ", which is quoted text; leave the quotes out"
        : "";

    private static bool IsName(string text) => text.Length is > 0 and <= 100 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
