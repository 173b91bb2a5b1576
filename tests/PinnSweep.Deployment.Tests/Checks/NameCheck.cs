using PinnSweep.Deployment.Tests.Manifests;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>Every pod has a name that holds from its first moment on, and HTTP has a service in front of the coordinators.</summary>
internal static class NameCheck
{
    public static IEnumerable<string> Find(Rendering rendering)
    {
        foreach (var pods in rendering.Nodes)
        {
            var service = rendering.Named("Service", pods.Set["spec"]["serviceName"].Text);
            if (!service.Exists)
            {
                yield return $"{pods.Name}: its headless service '{pods.Set["spec"]["serviceName"]}' is not there";
                continue;
            }

            if (service["spec"]["clusterIP"].Text != "None" || service["spec"]["publishNotReadyAddresses"].Text != "true" || !pods.IsSelectedBy(service["spec"]["selector"]))
            {
                yield return $"{pods.Name}: the service of its names must have clusterIP None, publish addresses that are not ready, and select its pods";
            }

            if (!pods.IsSelectedBy(pods.Set["spec"]["selector"]["matchLabels"]))
            {
                yield return $"{pods.Name}: selects pods that it does not make";
            }

            if (pods.Set["spec"]["podManagementPolicy"].Text != "Parallel")
            {
                yield return $"{pods.Name}: its pods must start in parallel; the first is not ready before it has met others";
            }

            if (pods.Variable("PINNSWEEP_NAME", rendering.All) != $"{pods.Name}-0")
            {
                yield return $"{pods.Name}: PINNSWEEP_NAME is not the pod's name";
            }
        }

        if (!rendering.Coordinators!.IsSelectedBy(rendering.Named("Service", "pinnsweep")["spec"]["selector"]))
        {
            yield return "there is no service pinnsweep that selects the coordinators";
        }

        var references = rendering.Nodes.SelectMany(pods => pods.Container["env"].Items.Select(variable => variable["valueFrom"]["configMapKeyRef"]["name"])
            .Concat(pods.Spec["volumes"].Items.Select(volume => volume["configMap"]["name"])));
        foreach (var map in references.Where(name => name.Exists).Select(name => name.Text).Distinct().Where(name => !rendering.Named("ConfigMap", name).Exists))
        {
            yield return $"the ConfigMap {map} is used and not there";
        }
    }
}
