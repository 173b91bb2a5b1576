using System.Collections.Immutable;

namespace PinnSweep.Studies;

/// <summary>Turns nodes into values of a declared type, fills defaults, and gathers what does not fit.</summary>
internal sealed class ValueReader(MistakeList mistakes)
{
    /// <summary>Beyond this a double no longer holds every whole number.</summary>
    public const long LargestExact = 1L << 53;

    /// <summary>The value, or null where a mistake was added.</summary>
    public SpecValue? Read(ParameterType type, SourceNode node, string key) => type switch
    {
        ParameterType.Optional when node is SourceNode.Scalar { IsNull: true } => SpecValue.None.Value,
        ParameterType.Optional optional => Read(optional.Type, node, key),
        ParameterType.ListOf list => ReadList(list, node, key),
        ParameterType.MapOf map => ReadMap(map, node, key),
        ParameterType.Group group => ReadGroup(group, node, key),
        _ => ReadScalar(type, node, key),
    };

    /// <summary>The members of a map with known keys, silent ones filled with their defaults; <paramref name="except"/> is read elsewhere.</summary>
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
                if (Read(member.Type, given.Value, $"{key}.{member.Name}") is { } value)
                {
                    values[member.Name] = value;
                }
            }
            else if (member.Default is { } standard)
            {
                values[member.Name] = standard;
            }
            else
            {
                mistakes.Add(map.Place, key, $"parameter '{member.Name}' is missing: {TypeWords.Of(member.Type)}");
            }
        }

        return mistakes.Count == before ? new(values.ToImmutable()) : null;
    }

    private SpecValue? ReadScalar(ParameterType type, SourceNode node, string key)
    {
        if (node is not SourceNode.Scalar scalar)
        {
            return Refuse(type, node, key);
        }

        var value = CoreSchema.Resolve(scalar);
        return type switch
        {
            ParameterType.Number number when value is SpecValue.Number { Value: var x } && double.IsFinite(x) &&
                (number.ExclusiveMinimum ? x > number.Minimum : x >= number.Minimum) && x <= number.Maximum => value,

            // Levels hand whole numbers on as 32-bit integers.
            ParameterType.Integer integer when value is SpecValue.Number { Value: var x } && Math.Floor(x) == x &&
                x >= Math.Max(integer.Minimum, int.MinValue) && x <= Math.Min(integer.Maximum, int.MaxValue) => value,
            ParameterType.Integer { Maximum: >= int.MaxValue } when value is SpecValue.Number { Value: > int.MaxValue } =>
                Refuse(type, node, key, $"; the largest is {int.MaxValue}"),
            ParameterType.Flag when value is SpecValue.Flag => value,
            ParameterType.Choice choice when choice.Words.Contains(scalar.Text) => new SpecValue.Text(scalar.Text),
            ParameterType.Choice choice => Refuse(type, node, key, NearestMatch.Of(scalar.Text, choice.Words) is { } nearest ? $"; nearest '{nearest}'" : ""),
            _ => Refuse(type, node, key),
        };
    }

    private SpecValue.List? ReadList(ParameterType.ListOf type, SourceNode node, string key)
    {
        if (node is not SourceNode.List list || list.Items.Count < type.MinimumLength)
        {
            Refuse(type, node, key);
            return null;
        }

        var items = list.Items.Select(item => Read(type.Item, item, key)).ToList();
        return items.Contains(null) ? null : new([.. items.Select(item => item!)]);
    }

    private SpecValue.Map? ReadMap(ParameterType.MapOf type, SourceNode node, string key)
    {
        if (node is not SourceNode.Map map)
        {
            Refuse(type, node, key);
            return null;
        }

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

    private SpecValue.Map? ReadGroup(ParameterType.Group type, SourceNode node, string key)
    {
        if (node is SourceNode.Map map)
        {
            return ReadMembers(type.Members, map, key);
        }

        Refuse(type, node, key);
        return null;
    }

    private SpecValue? Refuse(ParameterType type, SourceNode node, string key, string end = "")
    {
        var found = node is SourceNode.List { Items.Count: 0 } ? "an empty list" : node.Words;
        mistakes.Add(node.Place, key, $"expected {TypeWords.Of(type)}; found {found}{end}");
        return null;
    }

    private static bool IsName(string text) => text.Length is > 0 and <= 100 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
