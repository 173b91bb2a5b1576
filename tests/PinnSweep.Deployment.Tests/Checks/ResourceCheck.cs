using PinnSweep.Deployment.Tests.Manifests;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>Pods say what they need, and are never throttled: a throttled node looks dead to the others.</summary>
internal static class ResourceCheck
{
    public static IEnumerable<string> Find(Rendering rendering)
    {
        foreach (var pods in rendering.Nodes)
        {
            var resources = pods.Container["resources"];
            if (resources["limits"]["cpu"].Exists)
            {
                yield return $"{pods.Name}: has a limit of the processor";
            }

            if (!resources["requests"]["cpu"].Exists || !resources["requests"]["memory"].Exists)
            {
                yield return $"{pods.Name}: does not say what it needs of processor and memory";
            }
        }

        if (rendering.Workers!.Container["resources"]["limits"]["memory"].Exists)
        {
            yield return "pinnsweep-worker: at a limit of memory the whole pod is killed with all its trials, not the one trainer that grew";
        }
    }
}
