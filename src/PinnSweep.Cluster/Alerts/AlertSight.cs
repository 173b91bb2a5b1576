using System.Collections.Immutable;
using Akka.Actor;
using PinnSweep.Cluster.Security;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Alerts;

/// <summary>What the coordinator sees, all of it in the journal.</summary>
/// <param name="State">Its decisions.</param>
/// <param name="Workers">Who is registered.</param>
internal sealed record ClusterSight(CoordinatorState State, ImmutableArray<FleetMember> Workers) : INoSerializationVerificationNeeded;

/// <summary>What its machine looks like.</summary>
/// <param name="Disk">The disk of the store; null where it cannot be seen.</param>
/// <param name="Certificates">When the node's certificates end.</param>
internal sealed record MachineSight(DiskSight? Disk, ImmutableArray<CertificateEnd> Certificates);

/// <summary>How much room a disk has.</summary>
/// <param name="Place">What is on it.</param>
/// <param name="Free">Bytes that the node may still write.</param>
/// <param name="Total">All of its bytes.</param>
internal sealed record DiskSight(string Place, long Free, long Total)
{
    /// <summary>How full it is, in percent.</summary>
    public double UsedPercent => Total > 0 ? 100.0 * (Total - Free) / Total : 0;

    /// <summary>The disk of a folder; null where there is none to be seen.</summary>
    public static DiskSight? Of(string place, string? folder)
    {
        try
        {
            return folder is not null && new DriveInfo(folder) is { TotalSize: > 0 } disk ? new(place, disk.AvailableFreeSpace, disk.TotalSize) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
