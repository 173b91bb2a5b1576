using PinnSweep.Cluster.Hosting;
using PinnSweep.Deployment.Tests.Manifests;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>Containers, services and variables name the program's own ports.</summary>
internal static class PortCheck
{
    private static readonly (string Name, int Number)[] Ports = [("remoting", NodeDefaults.RemotingPort), ("http", NodeDefaults.HttpPort)];

    public static IEnumerable<string> Find(Rendering rendering)
    {
        foreach (var pods in rendering.Nodes)
        {
            foreach (var (name, number) in Ports.Where(port => pods.Container["ports"].Named(port.Name)["containerPort"].Number != port.Number))
            {
                yield return $"{pods.Name}: its port '{name}' is not {number}";
            }

            if (pods.Variable("PINNSWEEP_PORT", rendering.All) != $"{NodeDefaults.RemotingPort}")
            {
                yield return $"{pods.Name}: PINNSWEEP_PORT is not {NodeDefaults.RemotingPort}";
            }

            if (!Uri.TryCreate(pods.Variable("PINNSWEEP_HTTP", rendering.All), UriKind.Absolute, out var http) || http.Port != NodeDefaults.HttpPort || http.Host != "0.0.0.0")
            {
                yield return $"{pods.Name}: PINNSWEEP_HTTP does not listen on every interface at {NodeDefaults.HttpPort}";
            }
        }

        foreach (var service in rendering.OfKind("Service").Where(service => service["metadata"]["name"].Text is "pinnsweep" or "pinnsweep-coordinator" or "pinnsweep-worker"))
        {
            foreach (var port in service["spec"]["ports"].Items.Where(port => !Ports.Contains((port["targetPort"].Text, port["port"].Number ?? 0))))
            {
                yield return $"service {service["metadata"]["name"]}: port {port["port"]} to '{port["targetPort"]}' is none of the program's";
            }
        }

        var blobs = rendering.Coordinators!.Variable("PINNSWEEP_PUBLIC_URL", rendering.All);
        if (!Uri.TryCreate(blobs, UriKind.Absolute, out var url)
            || !rendering.Named("Service", url.Host)["spec"]["ports"].Items.Any(port => port["port"].Number == url.Port && port["targetPort"].Text == "http"))
        {
            yield return $"PINNSWEEP_PUBLIC_URL {blobs} leads to no service's HTTP port";
        }
    }
}
