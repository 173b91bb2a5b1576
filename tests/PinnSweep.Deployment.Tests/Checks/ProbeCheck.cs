using PinnSweep.Deployment.Tests.Manifests;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>Probes ask the program's own health paths on its HTTP port, in the way that it speaks there.</summary>
internal static class ProbeCheck
{
    private static readonly (string Probe, string Path)[] Probes = [("startupProbe", "/healthz/live"), ("livenessProbe", "/healthz/live"), ("readinessProbe", "/healthz/ready")];

    public static IEnumerable<string> Find(Rendering rendering) =>
        from pods in rendering.Nodes
        from expected in Probes
        let asked = pods.Container[expected.Probe]["httpGet"]
        let scheme = pods.Variable("PINNSWEEP_HTTP", rendering.All)?.Split(':')[0].ToUpperInvariant()
        where asked["path"].Text != expected.Path || asked["port"].Text != "http" || (asked["scheme"].Exists ? asked["scheme"].Text : "HTTP") != scheme
        select $"{pods.Name}: its {expected.Probe} does not ask {expected.Path} on the port 'http' by {scheme}";
}
