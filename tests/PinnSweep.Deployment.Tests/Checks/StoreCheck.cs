using PinnSweep.Deployment.Tests.Manifests;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>
/// Several coordinators share PostgreSQL by a secret; a lone one has SQLite on a volume that outlives its pod. Workers open no store.
/// </summary>
internal static class StoreCheck
{
    public static IEnumerable<string> Find(Rendering rendering)
    {
        var coordinators = rendering.Coordinators!;
        var variable = coordinators.Container["env"].Named("PINNSWEEP_STORE");
        var secret = variable["valueFrom"]["secretKeyRef"];
        if (coordinators.Replicas > 1 && !secret.Exists)
        {
            yield return "several coordinators need PINNSWEEP_STORE from a secret";
        }

        if (!secret.Exists && !coordinators.Set["spec"]["volumeClaimTemplates"].Items.Any(claim => IsUnder(variable["value"].Text, MountOf(coordinators, claim["metadata"]["name"].Text))))
        {
            yield return $"the store {variable["value"]} lies on no volume that outlives the pod";
        }

        if (rendering.Workers!.Container["env"].Named("PINNSWEEP_STORE").Exists)
        {
            yield return "pinnsweep-worker: only coordinators open the store";
        }
    }

    private static string MountOf(Pods pods, string volume) => pods.Container["volumeMounts"].Named(volume)["mountPath"].Text;

    private static bool IsUnder(string path, string folder) => folder.Length > 0 && path.StartsWith($"{folder}/", StringComparison.Ordinal);
}
