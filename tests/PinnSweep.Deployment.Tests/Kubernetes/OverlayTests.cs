using PinnSweep.Deployment.Tests.Checks;
using PinnSweep.Deployment.Tests.Manifests;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Deployment.Tests.Kubernetes;

public class OverlayTests
{
    public static TheoryData<string> All => [.. Overlays.Names];

    [Fact]
    public void There_are_the_four_overlays_of_the_guide() => Assert.Equal(["gpu", "ha", "lab", "tls"], Overlays.Names);

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
    [InlineData("lab", 1, false)]
    [InlineData("gpu", 1, true)]
    [InlineData("ha", 3, false)]
    [InlineData("tls", 3, false)]
    public void An_overlay_is_what_its_name_says(string overlay, int coordinators, bool hasGpus)
    {
        var cluster = Rendering.Parse(Overlays.Render(overlay));

        Assert.Equal(coordinators, cluster.Coordinators!.Replicas);
        Assert.Equal(hasGpus, cluster.Workers!.Image == "pinnsweep-trainer-cuda");
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
