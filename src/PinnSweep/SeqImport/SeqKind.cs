using System.Collections.Immutable;

namespace PinnSweep.SeqImport;

/// <summary>A kind of what Seq keeps.</summary>
/// <param name="Word">In templates.</param>
/// <param name="Link">The name of the link in the root of Seq's HTTP interface.</param>
internal sealed record SeqKind(string Word, string Link)
{
    /// <summary>In the order of an import: what others may name comes first.</summary>
    public static ImmutableArray<SeqKind> All { get; } = [new("signal", "SignalsResources"), new("dashboard", "DashboardsResources"), new("alert", "AlertsResources")];
}
