using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PinnSweep.Studies.Values;

/// <summary>
/// A value of a study file after parsing and before meaning: a scalar, a list or a map. Two values are equal when their
/// <see cref="Canonical"/> texts are, so <c>1e-3</c> and <c>0.001</c> are one value.
/// </summary>
public abstract record SpecValue
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    private SpecValue()
    {
    }

    /// <summary>The absence of a value (YAML <c>null</c>), for instance "no decay".</summary>
    public sealed record None : SpecValue
    {
        /// <summary>The only instance that is ever needed.</summary>
        public static None Value { get; } = new();
    }

    /// <summary>True or false.</summary>
    public sealed record Flag(bool Value) : SpecValue;

    /// <summary>A number; integers are numbers without a fraction.</summary>
    public sealed record Number(double Value) : SpecValue;

    /// <summary>Text.</summary>
    public sealed record Text(string Value) : SpecValue;

    /// <summary>An ordered list.</summary>
    /// <param name="Items">Its elements.</param>
    public sealed record List(ImmutableArray<SpecValue> Items) : SpecValue
    {
        // Known from the start: levels, which may hold thousands of numbers, are compared with each other and looked up for every cell.
        private readonly int _hash = Items.Aggregate(Items.Length, HashCode.Combine);

        /// <summary>Its elements.</summary>
        public ImmutableArray<SpecValue> Items { get; } = Items;

        /// <inheritdoc/>
        public bool Equals(List? other) => other is not null && (ReferenceEquals(this, other) || (_hash == other._hash && Items.SequenceEqual(other.Items)));

        /// <inheritdoc/>
        public override int GetHashCode() => _hash;
    }

    /// <summary>A map with keys in ordinal order.</summary>
    /// <param name="Entries">Its entries.</param>
    public sealed record Map(ImmutableSortedDictionary<string, SpecValue> Entries) : SpecValue
    {
        private readonly int _hash = Entries.Aggregate(Entries.Count, (hash, entry) => HashCode.Combine(hash, entry.Key, entry.Value));

        /// <summary>Its entries.</summary>
        public ImmutableSortedDictionary<string, SpecValue> Entries { get; } = Entries;

        /// <summary>The map without entries.</summary>
        public static Map Empty { get; } = new(ImmutableSortedDictionary.Create<string, SpecValue>(StringComparer.Ordinal));

        /// <inheritdoc/>
        public bool Equals(Map? other) => other is not null && (ReferenceEquals(this, other) || (_hash == other._hash && Entries.Count == other.Entries.Count && Entries.SequenceEqual(other.Entries)));

        /// <inheritdoc/>
        public override int GetHashCode() => _hash;
    }

    /// <summary>Compact JSON with sorted keys and shortest round-trip numbers: the text that is hashed and compared.</summary>
    public string Canonical()
    {
        var text = new StringBuilder();
        Write(text, this);
        return text.ToString();
    }

    /// <summary>Reads a value from JSON; the inverse of <see cref="Canonical"/>.</summary>
    public static SpecValue FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => None.Value,
        JsonValueKind.True => new Flag(true),
        JsonValueKind.False => new Flag(false),
        JsonValueKind.Number => new Number(json.GetDouble()),
        JsonValueKind.String => new Text(json.GetString()!),
        JsonValueKind.Array => new List([.. json.EnumerateArray().Select(FromJson)]),
        JsonValueKind.Object => new Map(json.EnumerateObject().ToImmutableSortedDictionary(p => p.Name, p => FromJson(p.Value), StringComparer.Ordinal)),
        _ => throw new JsonException($"unexpected JSON {json.ValueKind}"),
    };

    private static void Write(StringBuilder text, SpecValue value)
    {
        switch (value)
        {
            case None:
                text.Append("null");
                break;
            case Flag flag:
                text.Append(flag.Value ? "true" : "false");
                break;
            case Number number:
                // -0 and 0 are one value; "R" is the shortest text that reads back to the same bits.
                text.Append((number.Value == 0 ? 0 : number.Value).ToString("R", CultureInfo.InvariantCulture));
                break;
            case Text words:
                WriteText(text, words.Value);
                break;
            case List list:
                text.Append('[');
                for (var i = 0; i < list.Items.Length; i++)
                {
                    if (i > 0)
                    {
                        text.Append(',');
                    }

                    Write(text, list.Items[i]);
                }

                text.Append(']');
                break;
            case Map map:
                text.Append('{');
                var first = true;
                foreach (var (key, item) in map.Entries)
                {
                    if (!first)
                    {
                        text.Append(',');
                    }

                    first = false;
                    WriteText(text, key);
                    text.Append(':');
                    Write(text, item);
                }

                text.Append('}');
                break;
        }
    }

    /// <summary>Names and kinds, which are nearly all texts, need no escapes; a study of 100,000 trials writes millions of them.</summary>
    private static void WriteText(StringBuilder text, string words)
    {
        if (words.AsSpan().ContainsAnyExcept(Plain))
        {
            text.Append(JsonSerializer.Serialize(words));
        }
        else
        {
            text.Append('"').Append(words).Append('"');
        }
    }
}
