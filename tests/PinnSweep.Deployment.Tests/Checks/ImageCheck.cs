using PinnSweep.Deployment.Tests.Containers;
using PinnSweep.Deployment.Tests.Manifests;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>
/// Images are targets of the Dockerfile, and each kind of pod has the one it needs: trainers where trials are trained, CUDA where a GPU is
/// asked for.
/// </summary>
internal static class ImageCheck
{
    private const string Prefix = "pinnsweep-";

    private static readonly IReadOnlyList<string> Targets = [.. Dockerfile.Read().Stages.Select(stage => stage.Name)];

    public static IEnumerable<string> Find(Rendering rendering)
    {
        foreach (var pods in rendering.Nodes)
        {
            var wantsGpu = pods.Container["resources"]["limits"]["nvidia.com/gpu"].Number > 0;
            var target = pods == rendering.Coordinators ? "node" : wantsGpu ? "trainer-cuda" : "trainer-cpu";
            if (pods.Image != $"{Prefix}{target}")
            {
                yield return $"{pods.Name}: its image is {pods.Image}, it needs {Prefix}{target}";
            }

            if (!pods.Image.StartsWith(Prefix, StringComparison.Ordinal) || !Targets.Contains(pods.Image[Prefix.Length..]))
            {
                yield return $"{pods.Name}: the Dockerfile has no target for the image {pods.Image}; it has {string.Join(", ", Targets)}";
            }

            if (!pods.Container["image"].Text.Contains(':', StringComparison.Ordinal) || pods.Container["image"].Text.EndsWith(":latest", StringComparison.Ordinal))
            {
                yield return $"{pods.Name}: its image has no version";
            }

            if (pods.Container["args"].Items.Select(word => word.Text).FirstOrDefault() != "node")
            {
                yield return $"{pods.Name}: its container does not run `pinnsweep node`";
            }

            var tolerates = pods.Spec["tolerations"].Items.Any(toleration => toleration["key"].Text == "nvidia.com/gpu");
            if (wantsGpu != tolerates)
            {
                yield return $"{pods.Name}: asks for a GPU and tolerates no machine with one, or the other way round";
            }
        }
    }
}
