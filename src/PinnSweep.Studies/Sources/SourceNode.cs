using System.Collections.Immutable;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Sources;

/// <summary>A piece of YAML that knows where it stands.</summary>
public abstract record SourceNode(Place Place)
{
    /// <summary>What the node is, for messages.</summary>
    public abstract string Words { get; }

    /// <summary>The node as it is written, whatever is declared.</summary>
    internal SpecValue ToValue() => this switch
    {
        Scalar scalar => scalar.Value,
        List list => new SpecValue.List([.. list.Items.Select(item => item.ToValue())]),
        Map map => new SpecValue.Map(map.Entries.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value.ToValue(), StringComparer.Ordinal)),
        _ => SpecValue.None.Value,
    };

    /// <summary>A scalar; <paramref name="Plain"/> where it is not quoted, so that it may be a number, a flag or null.</summary>
    public sealed record Scalar(Place Place, string Text, bool Plain) : SourceNode(Place)
    {
        /// <summary>
        /// The column of the first character of <see cref="Text"/>, where the file holds the text letter for letter in one line; else 0.
        /// </summary>
        public int TextColumn { get; init; }

        /// <summary>What it is as a plain value: null, a flag, a number or text.</summary>
        public SpecValue Value => CoreSchema.Resolve(this);

        /// <summary>The place of a character of the text, counted from 1; of the whole scalar where columns say nothing.</summary>
        public Place At(int character) => TextColumn > 0 ? Place with { Column = TextColumn + character - 1 } : Place;

        /// <inheritdoc/>
        public override string Words => Plain && Text.Length == 0 ? "nothing" : NearestMatch.Quote(Text);

        /// <summary>Whether nothing stands there, or <c>null</c>.</summary>
        public bool IsNull => Plain && CoreSchema.Resolve(Text) is SpecValue.None;
    }

    /// <summary>A list.</summary>
    public sealed record List(Place Place, IReadOnlyList<SourceNode> Items) : SourceNode(Place)
    {
        /// <inheritdoc/>
        public override string Words => "a list";
    }

    /// <summary>A map, in the order of the file.</summary>
    public sealed record Map(Place Place, IReadOnlyList<SourceEntry> Entries) : SourceNode(Place)
    {
        /// <inheritdoc/>
        public override string Words => "a map";

        /// <summary>The entry of a key, or null.</summary>
        public SourceEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);

        /// <summary>The map with an entry added or replaced.</summary>
        public Map With(SourceEntry added) => this with { Entries = [.. Entries.Where(entry => entry.Key != added.Key), added] };

        /// <summary>The map without a key.</summary>
        public Map Without(string key) => this with { Entries = [.. Entries.Where(entry => entry.Key != key)] };
    }
}

/// <summary>A key of a map with its value.</summary>
public sealed record SourceEntry(string Key, Place Place, SourceNode Value);
