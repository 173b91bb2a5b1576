using PinnSweep.Cluster.Hosting;
using PinnSweep.Deployment.Tests.Manifests;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>
/// Seeds: every coordinator first, then at least two workers, each the DNS name of a pod that is made, spelled as that pod calls itself.
/// Without workers among them a coordinator that comes back alone founds a second cluster.
/// </summary>
internal static class SeedCheck
{
    public static IEnumerable<string> Find(Rendering rendering)
    {
        var coordinators = rendering.Coordinators!.Hosts.ToArray();
        var workers = rendering.Workers!.Hosts.ToArray();
        foreach (var pods in rendering.Nodes)
        {
            var seeds = (pods.Variable("PINNSWEEP_SEEDS", rendering.All) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(seed => seed.Split(':')).ToArray();
            var hosts = seeds.Select(seed => seed[0]).ToArray();
            foreach (var stranger in hosts.Where(host => !coordinators.Contains(host) && !workers.Contains(host)))
            {
                yield return $"{pods.Name}: the seed {stranger} is no pod of this overlay; there are {string.Join(", ", coordinators.Concat(workers))}";
            }

            foreach (var seed in seeds.Where(seed => seed.Length != 2 || seed[1] != $"{NodeDefaults.RemotingPort}"))
            {
                yield return $"{pods.Name}: the seed {string.Join(':', seed)} does not name port {NodeDefaults.RemotingPort}";
            }

            if (!hosts.Take(coordinators.Length).SequenceEqual(coordinators))
            {
                yield return $"{pods.Name}: its seeds do not begin with every coordinator: {string.Join(", ", coordinators)}";
            }

            if (hosts.Skip(coordinators.Length).Count(workers.Contains) < 2)
            {
                yield return $"{pods.Name}: fewer than two workers among its seeds";
            }

            if (pods.Variable("PINNSWEEP_PUBLIC_HOST", rendering.All) != pods.Hosts.First())
            {
                yield return $"{pods.Name}: PINNSWEEP_PUBLIC_HOST is not the name that seeds use, {pods.Hosts.First()}";
            }

            if (pods.Variable("PINNSWEEP_HOST", rendering.All) != "0.0.0.0")
            {
                yield return $"{pods.Name}: PINNSWEEP_HOST does not listen on every interface of the pod";
            }
        }
    }
}
