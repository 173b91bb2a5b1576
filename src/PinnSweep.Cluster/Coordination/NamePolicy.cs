using System.Globalization;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Coordination;

/// <summary>Who has a worker's name.</summary>
/// <param name="Worker">The incarnation.</param>
/// <param name="Node">Where it is; null where it has not said so to this coordinator.</param>
/// <param name="HeardAt">When it last spoke.</param>
/// <param name="Silence">How long it may be silent before others may have the name.</param>
/// <param name="Since">When it registered, on the wall clock; null where it has not.</param>
/// <param name="Process">Its process, where it said.</param>
internal sealed record NameHolder(
    WorkerIdentity Worker, string? Node, DateTimeOffset HeardAt, TimeSpan Silence, DateTimeOffset? Since = null, ProcessIdentity? Process = null);

/// <summary>Who wants a worker's name.</summary>
/// <param name="Worker">The incarnation.</param>
/// <param name="Node">Where it is.</param>
/// <param name="AskedAt">When it first asked.</param>
/// <param name="Buried">The incarnation whose process it saw to be gone.</param>
internal sealed record NameClaim(WorkerIdentity Worker, string Node, DateTimeOffset AskedAt, string? Buried = null);

/// <summary>What becomes of a claim.</summary>
internal enum NameVerdict
{
    /// <summary>The name is the claimant's; leases of an earlier incarnation are lost.</summary>
    Granted,

    /// <summary>The holder may live; ask again.</summary>
    Wait,

    /// <summary>The holder lives: it spoke after the claimant had asked.</summary>
    Refused,
}

/// <summary>
/// Whose a worker's name is. Two that take it from each other would end each other's attempts, so a living holder keeps it. A worker that
/// is started again is the same one, and gets its name back as soon as anything shows that its earlier process is gone: that it asks from
/// the address that the earlier one had listened on, that it saw the process to be gone, or silence.
/// </summary>
internal static class NamePolicy
{
    /// <summary>The verdict on a claim; no holder, no dispute.</summary>
    public static NameVerdict Decide(NameHolder? holder, NameClaim claim, DateTimeOffset now)
    {
        if (holder is null || holder.Worker == claim.Worker
            || holder.Node == claim.Node
            || holder.Worker.Incarnation == claim.Buried
            || now - holder.HeardAt >= holder.Silence)
        {
            return NameVerdict.Granted;
        }

        // What a process said in its last moments may arrive after its successor's first words.
        return holder.HeardAt >= claim.AskedAt + Grace(holder.Silence) ? NameVerdict.Refused : NameVerdict.Wait;
    }

    /// <summary>Who holds the name, and how to have another.</summary>
    public static string Reason(NameHolder holder, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"the name {holder.Worker.Name} is held by {Place(holder.Node)}{(holder.Process is { } process ? $" (process {process.Id})" : "")}{(holder.Since is { } since ? $" since {since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z" : "")}, which was heard {(now - holder.HeardAt).TotalSeconds:0} s ago; give this one another by --name or PINNSWEEP_NAME, or stop the other");

    private static string Place(string? node) =>
        node is null ? "a worker that trains already"
        : node.Contains('@', StringComparison.Ordinal) ? $"the worker at {node}"
        : "the worker of the node that coordinates";

    private static TimeSpan Grace(TimeSpan silence) => silence / 8;
}
