using System.Collections.Immutable;

namespace PinnSweep.Cluster.Alerts;

/// <summary>One thing that people are told.</summary>
/// <param name="Id">The same however often it is sent, and whoever coordinates: <see cref="AlertId"/>.</param>
/// <param name="Event">What kind of thing happened.</param>
/// <param name="At">When.</param>
/// <param name="Facts">Names with texts, numbers and flags, for programs.</param>
/// <param name="Text">A sentence for people.</param>
internal sealed record Alert(string Id, AlertEvent Event, DateTimeOffset At, ImmutableArray<(string Name, object Value)> Facts, string Text)
{
    /// <summary>The study that it is about; null where it is about none.</summary>
    public (string Name, string Hash)? Study { get; init; }
}
