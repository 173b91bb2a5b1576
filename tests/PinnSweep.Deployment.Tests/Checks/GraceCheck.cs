using System.Globalization;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Deployment.Tests.Manifests;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>Kubernetes kills no node that is still within its own time to write checkpoints and leave.</summary>
internal static class GraceCheck
{
    public static IEnumerable<string> Find(Rendering rendering)
    {
        foreach (var pods in rendering.Nodes)
        {
            var command = pods.Container["lifecycle"]["preStop"]["exec"]["command"].Items.Select(word => word.Text).ToArray();
            var before = command is ["sleep", var seconds] ? int.Parse(seconds, CultureInfo.InvariantCulture) : 0;
            var grace = pods.Spec["terminationGracePeriodSeconds"].Number ?? 30;
            if (grace < NodeDefaults.ShutdownSeconds + before)
            {
                yield return $"{pods.Name}: a grace period of {grace} s is less than the {NodeDefaults.ShutdownSeconds + before} s that a node may take to leave";
            }
        }
    }
}
