using System.Collections.Immutable;
using PinnSweep.Cluster.Security;

namespace PinnSweep.Cluster.Alerts;

/// <summary>How a coordinator tells people.</summary>
/// <param name="File">What is told to whom.</param>
/// <param name="Node">What it calls itself.</param>
public sealed record AlertSettings(AlertPlanFile File, string Node)
{
    /// <summary>When the node's certificates end.</summary>
    public Func<ImmutableArray<CertificateEnd>> Certificates { get; init; } = () => [];

    /// <summary>Time between looks at studies and workers.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between looks at the disk and the certificates.</summary>
    public TimeSpan MachineEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Time between looks at what is due.</summary>
    public TimeSpan SendEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>When a delivery is tried again.</summary>
    public DeliveryTimes Times { get; init; } = DeliveryTimes.Default;
}
