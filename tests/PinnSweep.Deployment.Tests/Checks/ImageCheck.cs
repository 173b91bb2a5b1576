using PinnSweep.Deployment.Tests.Containers;
using PinnSweep.Deployment.Tests.Manifests;

namespace PinnSweep.Deployment.Tests.Checks;

/// <summary>
/// Images are targets of the Dockerfile, and each kind of pod has the one it needs: trainers where trials are trained, libtorch with CUDA
/// where its engine is asked for. The kernels need what the container toolkit puts in, and are told for how many trials.
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
            var wantsTorch = pods.Variable("PINNSWEEP_ENGINE", rendering.All)?.StartsWith("torch/cuda", StringComparison.Ordinal) == true;
            var target = pods == rendering.Coordinators ? "node" : wantsTorch ? "trainer-cuda" : "trainer-cpu";
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

            if (wantsGpu && pods.Variable("NVIDIA_DRIVER_CAPABILITIES", rendering.All) != "compute,utility")
            {
                yield return $"{pods.Name}: has a GPU without the driver's library and nvidia-smi, NVIDIA_DRIVER_CAPABILITIES=compute,utility";
            }

            if (wantsGpu && !int.TryParse(pods.Variable("PINNSWEEP_LANES", rendering.All), out _))
            {
                yield return $"{pods.Name}: does not say by PINNSWEEP_LANES how many trials share its GPU";
            }

            if (wantsTorch && !wantsGpu)
            {
                yield return $"{pods.Name}: wants the engine of libtorch on a GPU and asks for none";
            }

            var tolerates = pods.Spec["tolerations"].Items.Any(toleration => toleration["key"].Text == "nvidia.com/gpu");
            if (wantsGpu != tolerates)
            {
                yield return $"{pods.Name}: asks for a GPU and tolerates no machine with one, or the other way round";
            }
        }
    }
}
