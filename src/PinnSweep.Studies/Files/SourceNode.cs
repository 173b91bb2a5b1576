namespace PinnSweep.Studies;

/// <summary>A piece of YAML that knows where it stands.</summary>
internal abstract record SourceNode(Place Place)
{
    /// <summary>What the node is, for messages.</summary>
    public abstract string Words { get; }

    /// <summary>A scalar; <paramref name="Plain"/> where it is not quoted, so that it may be a number, a flag or null.</summary>
    public sealed record Scalar(Place Place, string Text, bool Plain) : SourceNode(Place)
    {
        public override string Words => Plain && Text.Length == 0 ? "nothing" : NearestMatch.Quote(Text);

        public bool IsNull => Plain && CoreSchema.Resolve(Text) is SpecValue.None;
    }

    public sealed record List(Place Place, IReadOnlyList<SourceNode> Items) : SourceNode(Place)
    {
        public override string Words => "a list";
    }

    public sealed record Map(Place Place, IReadOnlyList<SourceEntry> Entries) : SourceNode(Place)
    {
        public override string Words => "a map";

        public SourceEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);

        public Map With(SourceEntry added) => this with { Entries = [.. Entries.Where(entry => entry.Key != added.Key), added] };

        public Map Without(string key) => this with { Entries = [.. Entries.Where(entry => entry.Key != key)] };
    }
}

/// <summary>A key of a map with its value.</summary>
internal sealed record SourceEntry(string Key, Place Place, SourceNode Value);
