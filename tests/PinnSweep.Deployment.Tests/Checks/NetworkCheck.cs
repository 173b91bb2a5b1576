using PinnSweep.Cluster.Hosting;
using PinnSweep.Deployment.Tests.Manifests;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>
/// Only nodes reach the port between nodes; HTTP is open too, and nothing else. Nodes reach each other, names, and what their variables
/// name.
/// </summary>
internal static class NetworkCheck
{
    private const int NamePort = 53;
    private const int DatabasePort = 5432;
    private const int HookPort = 443;

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

            foreach (var finding in Out(pods, rendering))
            {
                yield return $"{pods.Name}: {finding}";
            }
        }
    }

    private static IEnumerable<string> Out(Pods pods, Rendering rendering)
    {
        var policies = rendering.OfKind("NetworkPolicy").Where(policy => pods.IsSelectedBy(policy["spec"]["podSelector"]["matchLabels"])).ToArray();
        var rules = policies.SelectMany(policy => policy["spec"]["egress"].Items).ToArray();
        if (!policies.Any(policy => policy["spec"]["policyTypes"].Items.Any(type => type.Text == "Egress")))
        {
            yield return "reaches the whole world";
            yield break;
        }

        foreach (var port in (int[])[NodeDefaults.RemotingPort, NodeDefaults.HttpPort])
        {
            if (!rules.Any(rule => Opens(rule, port) && rule["to"].Items.Any(to => IsOfNodes(to, rendering))))
            {
                yield return $"does not reach other nodes at port {port}";
            }
        }

        if (!rules.Any(rule => rule["ports"].Items.Count(open => open["port"].Number == NamePort) == 2))
        {
            yield return "cannot look names up";
        }

        var needsDatabase = pods.Container["env"].Named("PINNSWEEP_STORE")["valueFrom"].Exists;
        if (needsDatabase != rules.Any(rule => Opens(rule, DatabasePort)))
        {
            yield return needsDatabase ? "does not reach its database" : "reaches a database that it has no use for";
        }

        if (pods.Variable("PINNSWEEP_SEQ_URL", rendering.All) is { } seq && !rules.Any(rule => Opens(rule, new Uri(seq).Port)))
        {
            yield return "does not reach Seq";
        }

        if (pods.Variable("OTEL_EXPORTER_OTLP_ENDPOINT", rendering.All) is { } collector && !rules.Any(rule => Opens(rule, new Uri(collector).Port) && rule["to"].Items.Any()))
        {
            yield return "does not reach its collector";
        }

        var hasHooks = pods.Variable("PINNSWEEP_ALERTS", rendering.All) is not null;
        if (hasHooks != rules.Any(rule => Opens(rule, HookPort)))
        {
            yield return hasHooks ? "does not reach its hooks" : "reaches hooks that it has no use for";
        }

        // Anywhere is only where nobody knows the address.
        if (rules.Any(rule => !rule["ports"].Items.Any() || (!rule["to"].Items.Any() && !Opens(rule, DatabasePort) && !(hasHooks && Opens(rule, HookPort)))))
        {
            yield return "a rule lets it go everywhere";
        }
    }

    private static bool Opens(Yaml rule, int port) => rule["ports"].Items.Any(open => open["port"].Number == port);

    private static bool IsOfNodes(Yaml from, Rendering rendering) =>
        from["podSelector"]["matchLabels"].Entries.Any() && !from["namespaceSelector"].Exists && rendering.Nodes.All(pods => pods.IsSelectedBy(from["podSelector"]["matchLabels"]));
}
