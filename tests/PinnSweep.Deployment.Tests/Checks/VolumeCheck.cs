using PinnSweep.Deployment.Tests.Manifests;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>On a read-only root, what the program writes lies on a volume, and what it reads is mounted where its variables say.</summary>
internal static class VolumeCheck
{
    private static readonly string[] Read = ["PINNSWEEP_CONFIG", "PINNSWEEP_TOKENS", "PINNSWEEP_TLS", "PINNSWEEP_ALERTS"];

    public static IEnumerable<string> Find(Rendering rendering)
    {
        foreach (var pods in rendering.Nodes)
        {
            var mounts = pods.Container["volumeMounts"].Items.ToArray();
            var volumes = pods.Spec["volumes"].Items.Select(volume => volume["name"].Text)
                .Concat(pods.Set["spec"]["volumeClaimTemplates"].Items.Select(claim => claim["metadata"]["name"].Text)).ToHashSet();
            foreach (var mount in mounts.Where(mount => !volumes.Contains(mount["name"].Text)))
            {
                yield return $"{pods.Name}: mounts a volume {mount["name"]} that is not there";
            }

            foreach (var path in new[] { "/tmp", "/data", pods.Variable("PINNSWEEP_WORK", rendering.All) }.OfType<string>().Where(path => !IsMounted(path, mounts, isWritten: true)))
            {
                yield return $"{pods.Name}: {path} is on no writable volume";
            }

            foreach (var name in Read.Where(name => pods.Variable(name, rendering.All) is { } path && !IsMounted(path, mounts, isWritten: false)))
            {
                yield return $"{pods.Name}: {name} names {pods.Variable(name, rendering.All)}, where nothing is mounted read-only";
            }

            foreach (var needed in Read[..2].Where(name => pods.Variable(name, rendering.All) is null))
            {
                yield return $"{pods.Name}: {needed} is not set";
            }
        }
    }

    private static bool IsMounted(string path, Yaml[] mounts, bool isWritten) => mounts.Any(mount =>
        (path == mount["mountPath"].Text || path.StartsWith($"{mount["mountPath"]}/", StringComparison.Ordinal)) && (mount["readOnly"].Text == "true") != isWritten);
}
