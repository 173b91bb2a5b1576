using System.Collections.Immutable;

namespace PinnSweep.Cluster.Alerts;

/// <summary>How an alert is written.</summary>
public enum AlertFormat
{
    /// <summary>All of it, as JSON.</summary>
    Json,

    /// <summary>The sentence alone, as chats such as Slack and Mattermost take it.</summary>
    Chat,
}

/// <summary>Where alerts go.</summary>
/// <param name="Name">What the file calls it, in logs and lists too: addresses of hooks often are secrets themselves.</param>
/// <param name="Url">Where it takes them.</param>
/// <param name="Secret">What signatures are made with; null for none.</param>
/// <param name="Events">What it wants to hear of.</param>
/// <param name="Format">How.</param>
public sealed record AlertHook(string Name, Uri Url, string? Secret, ImmutableHashSet<AlertEvent> Events, AlertFormat Format = AlertFormat.Json)
{
    /// <summary>Its place without what may be secret of it.</summary>
    public string Place => Url.GetLeftPart(UriPartial.Authority);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} at {Place}";
}
