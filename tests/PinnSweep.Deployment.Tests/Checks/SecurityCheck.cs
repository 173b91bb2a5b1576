using PinnSweep.Deployment.Tests.Manifests;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>No pod runs as root, writes to its own image, keeps capabilities or has a token of the cluster's.</summary>
internal static class SecurityCheck
{
    private static readonly string[] Addresses = ["PINNSWEEP_HTTP", "PINNSWEEP_PUBLIC_URL"];

    public static IEnumerable<string> Find(Rendering rendering)
    {
        foreach (var set in rendering.OfKind("StatefulSet").Concat(rendering.OfKind("Deployment")).Select(set => new Pods(set)))
        {
            var pod = set.Spec["securityContext"];
            var container = set.Container["securityContext"];
            if (pod["runAsNonRoot"].Text != "true" || pod["runAsUser"].Number is null or 0)
            {
                yield return $"{set.Name}: may run as root";
            }

            if (pod["seccompProfile"]["type"].Text != "RuntimeDefault")
            {
                yield return $"{set.Name}: no seccomp profile";
            }

            if (container["allowPrivilegeEscalation"].Text != "false" || !container["capabilities"]["drop"].Items.Any(dropped => dropped.Text == "ALL"))
            {
                yield return $"{set.Name}: keeps privileges that it has no use for";
            }

            if (set.Spec["automountServiceAccountToken"].Text != "false")
            {
                yield return $"{set.Name}: has a token of the Kubernetes API that it has no use for";
            }

            // Another's image may need to write; ours does not.
            if (rendering.Nodes.Contains(set) && container["readOnlyRootFilesystem"].Text != "true")
            {
                yield return $"{set.Name}: its root is writable";
            }
        }

        foreach (var pods in rendering.Nodes)
        {
            var isPrivate = pods.Variable("PINNSWEEP_TLS", rendering.All) is not null;
            if (isPrivate == (pods.Variable("PINNSWEEP_INSECURE", rendering.All) is not null))
            {
                yield return $"{pods.Name}: must have either certificates or the word that there are none, PINNSWEEP_INSECURE";
            }
        }

        foreach (var pods in rendering.Nodes)
        {
            // Tokens travel there; whoever has certificates uses them.
            foreach (var name in Addresses.Where(name => pods.Variable("PINNSWEEP_TLS", rendering.All) is not null
                && pods.Variable(name, rendering.All) is { } url && !url.StartsWith("https://", StringComparison.Ordinal)))
            {
                yield return $"{pods.Name}: {name} carries tokens in plain text, though there are certificates";
            }

            // What the program refuses: PrivateFiles.RequireSecret. Without a mode Kubernetes lets everybody read.
            foreach (var volume in pods.Spec["volumes"].Items.Where(volume => volume["secret"].Exists))
            {
                if (volume["secret"]["defaultMode"].Number is not { } mode || (mode & 0b000_011_111) != 0 || pods.Spec["securityContext"]["fsGroup"].Number is null or 0
                    || volume["secret"]["items"].Items.Any(item => item["mode"].Exists))
                {
                    yield return $"{pods.Name}: the secret {volume["name"]} can be read by more than the pod's own group";
                }
            }
        }

        if (rendering.Nodes.Select(pods => pods.Variable("PINNSWEEP_TLS", rendering.All) is null).Distinct().Count() > 1)
        {
            yield return "coordinators and workers do not agree about certificates";
        }
    }
}
