using System.Collections.Immutable;
using PinnSweep.Deployment.Tests.Manifests;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>What is wrong with a rendered overlay, judged by the program's own constants; nothing when it fits.</summary>
internal static class DeploymentCheck
{
    private static readonly ImmutableArray<Func<Rendering, IEnumerable<string>>> All =
    [
        NameCheck.Find, PortCheck.Find, SeedCheck.Find, GraceCheck.Find, ProbeCheck.Find, ImageCheck.Find, SecurityCheck.Find, ResourceCheck.Find, VariableCheck.Find,
        QuorumCheck.Find, StoreCheck.Find, VolumeCheck.Find, NetworkCheck.Find,
    ];

    public static ImmutableArray<string> Findings(string rendered)
    {
        var rendering = Rendering.Parse(rendered);
        return rendering.Nodes.Count() < 2
            ? ["there is no StatefulSet pinnsweep-coordinator, or no pinnsweep-worker"]
            : [.. All.SelectMany(check => check(rendering))];
    }
}
