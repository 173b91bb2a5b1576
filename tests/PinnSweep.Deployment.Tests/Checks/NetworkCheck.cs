using PinnSweep.Cluster.Hosting;
using PinnSweep.Deployment.Tests.Manifests;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>Only nodes reach the port between nodes; HTTP is open too, and nothing else.</summary>
internal static class NetworkCheck
{
    public static IEnumerable<string> Find(Rendering rendering)
    {
        foreach (var pods in rendering.Nodes)
        {
            var rules = rendering.OfKind("NetworkPolicy").Where(policy => pods.IsSelectedBy(policy["spec"]["podSelector"]["matchLabels"])).SelectMany(policy => policy["spec"]["ingress"].Items).ToArray();
            var remoting = rules.Where(rule => Opens(rule, NodeDefaults.RemotingPort)).ToArray();
            if (remoting.Length == 0 || !remoting.All(rule => rule["from"].Items.Any() && rule["from"].Items.All(from => IsOfNodes(from, rendering))))
            {
                yield return $"{pods.Name}: port {NodeDefaults.RemotingPort} must be open to nodes and to nobody else";
            }

            if (!rules.Any(rule => Opens(rule, NodeDefaults.HttpPort)))
            {
                yield return $"{pods.Name}: port {NodeDefaults.HttpPort} is open to nobody";
            }

            if (rules.Any(rule => !rule["ports"].Items.Any()))
            {
                yield return $"{pods.Name}: a rule opens every port";
            }
        }
    }

    private static bool Opens(Yaml rule, int port) => rule["ports"].Items.Any(open => open["port"].Number == port);

    private static bool IsOfNodes(Yaml from, Rendering rendering) =>
        from["podSelector"]["matchLabels"].Entries.Any() && !from["namespaceSelector"].Exists && rendering.Nodes.All(pods => pods.IsSelectedBy(from["podSelector"]["matchLabels"]));
}
