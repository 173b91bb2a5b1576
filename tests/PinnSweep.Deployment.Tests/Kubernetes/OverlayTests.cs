using PinnSweep.Deployment.Tests.Checks;
using PinnSweep.Deployment.Tests.Manifests;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Deployment.Tests.Kubernetes;

public class OverlayTests
{
    public static TheoryData<string> All => [.. Overlays.Names];

    [Fact]
    public void There_are_the_five_overlays_of_the_guide() => Assert.Equal(["gpu", "gpu-torch", "ha", "lab", "tls"], Overlays.Names);

    [Theory]
    [MemberData(nameof(All))]
    public void An_overlay_fits_the_program(string overlay) => Assert.Empty(DeploymentCheck.Findings(Overlays.Render(overlay)));

    [Theory]
    [MemberData(nameof(All))]
    public void With_Seq_every_node_logs_to_it_by_its_own_service(string overlay)
    {
        using var folder = new TemporaryFolder();
        var k8s = Path.GetRelativePath(folder.Path, Path.Combine(RepositoryPaths.Root, "k8s"));
        folder.Write("kustomization.yaml", $"resources: [{k8s}/overlays/{overlay}]\ncomponents: [{k8s}/components/seq]\n");

        var rendered = Overlays.RenderFolder(folder.Path);

        var cluster = Rendering.Parse(rendered);
        Assert.Empty(DeploymentCheck.Findings(rendered));
        Assert.All(cluster.Nodes, pods =>
        {
            var url = new Uri(pods.Variable("PINNSWEEP_SEQ_URL", cluster.All)!);
            Assert.Contains(cluster.Named("Service", url.Host)["spec"]["ports"].Items, port => port["port"].Number == url.Port);
        });
    }

    [Theory]
    [InlineData("alerts", true, false, "PINNSWEEP_ALERTS")]
    [InlineData("otlp", true, true, "OTEL_EXPORTER_OTLP_ENDPOINT")]
    public void A_component_tells_the_nodes_and_lets_them_out_there(string component, bool coordinators, bool workers, string variable)
    {
        using var folder = new TemporaryFolder();
        var k8s = Path.GetRelativePath(folder.Path, Path.Combine(RepositoryPaths.Root, "k8s"));
        folder.Write("kustomization.yaml", $"resources: [{k8s}/overlays/ha]\ncomponents: [{k8s}/components/{component}]\n");

        var rendered = Overlays.RenderFolder(folder.Path);

        var cluster = Rendering.Parse(rendered);
        Assert.Empty(DeploymentCheck.Findings(rendered));
        Assert.Equal((coordinators, workers), (cluster.Coordinators!.Variable(variable, cluster.All) is not null, cluster.Workers!.Variable(variable, cluster.All) is not null));
        Assert.Contains(DeploymentCheck.Findings(rendered.Replace($"name: pinnsweep-{component}\nspec:", $"name: pinnsweep-{component}\nspec: {{}}\nwas:", StringComparison.Ordinal)), found => found.Contains("does not reach its", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("lab", 1, null, "trainer-cpu", null)]
    [InlineData("gpu", 1, 1, "trainer-cpu", null)]
    [InlineData("gpu-torch", 1, 1, "trainer-cuda", "torch/cuda")]
    [InlineData("ha", 3, null, "trainer-cpu", null)]
    [InlineData("tls", 3, null, "trainer-cpu", null)]
    public void An_overlay_is_what_its_name_says(string overlay, int coordinators, int? gpus, string image, string? engine)
    {
        var cluster = Rendering.Parse(Overlays.Render(overlay));

        Assert.Equal(coordinators, cluster.Coordinators!.Replicas);
        Assert.Equal($"pinnsweep-{image}", cluster.Workers!.Image);
        Assert.Equal(gpus, cluster.Workers.Container["resources"]["limits"]["nvidia.com/gpu"].Number);
        Assert.Equal(engine, cluster.Workers.Variable("PINNSWEEP_ENGINE", cluster.All));
        Assert.Equal(overlay == "tls", cluster.Workers.Variable("PINNSWEEP_TLS", cluster.All) is not null);
    }

    [Theory]
    [InlineData("lab")]
    [InlineData("ha")]
    public void The_copy_of_a_profile_is_the_profile(string profile)
    {
        var original = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "cluster-config", $"{profile}.conf"));

        Assert.Equal(original, File.ReadAllText(Path.Combine(RepositoryPaths.Root, "k8s", "overlays", profile, $"{profile}.conf")));
    }
}
