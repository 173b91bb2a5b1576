using System.Globalization;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Deployment.Tests.Checks;
using PinnSweep.Deployment.Tests.Manifests;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Deployment.Tests.Containers;

public class ComposeTests
{
    private static readonly Yaml Compose = Yaml.Documents(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "cluster-config", "compose.yaml")))[0];

    public static TheoryData<string> Services => [.. Compose["services"].Entries.Select(service => service.Key)];

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_gives_a_node_its_time_and_starts_it_again_when_it_lost_its_cluster(string name)
    {
        var service = Compose["services"][name];

        Assert.True(int.Parse(service["stop_grace_period"].Text.TrimEnd('s'), CultureInfo.InvariantCulture) >= NodeDefaults.ShutdownSeconds);
        Assert.Equal("on-failure", service["restart"].Text);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_runs_a_target_of_the_Dockerfile_as_an_ordinary_user_on_a_read_only_root(string name)
    {
        var service = Compose["services"][name];
        var target = service["image"].Text["pinnsweep-".Length..].Split(':')[0];

        Assert.Equal(Dockerfile.Read().Last(target, "USER"), service["user"].Text);
        Assert.Equal(name == "coordinator" ? "node" : "trainer-cpu", target);
        Assert.Equal("true", service["read_only"].Text);
        Assert.Contains(service["cap_drop"].Items, dropped => dropped.Text == "ALL");
        Assert.Contains(service["volumes"].Items, volume => volume.Text.EndsWith(":/data", StringComparison.Ordinal));
        Assert.Contains(service["tmpfs"].Items, folder => folder.Text == "/tmp");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Variables_are_the_programs_and_seeds_are_services_coordinator_first(string name)
    {
        var environment = Compose["services"][name]["environment"];
        string[] seeds = [.. Compose["services"].Entries.Select(service => $"{service.Key}:{NodeDefaults.RemotingPort}")];

        Assert.All(environment.Entries, variable => Assert.Contains(variable.Key, NodeHelp.Variables));
        Assert.Equal(seeds, environment["PINNSWEEP_SEEDS"].Text.Split(','));
        Assert.Equal((name, name), (environment["PINNSWEEP_NAME"].Text, environment["PINNSWEEP_PUBLIC_HOST"].Text));
        Assert.Contains(environment["PINNSWEEP_CONFIG"].Text, NodeProfile.BuiltIn);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_serves_what_its_health_check_asks(string name)
    {
        Assert.EndsWith($":{NodeDefaults.HttpPort}", Compose["services"][name]["environment"]["PINNSWEEP_HTTP"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void People_reach_the_coordinator_from_this_machine_alone_and_workers_under_its_service()
    {
        var coordinator = Compose["services"]["coordinator"];

        Assert.Equal([$"127.0.0.1:{NodeDefaults.HttpPort}:{NodeDefaults.HttpPort}"], coordinator["ports"].Items.Select(port => port.Text));
        Assert.Equal($"http://coordinator:{NodeDefaults.HttpPort}", coordinator["environment"]["PINNSWEEP_PUBLIC_URL"].Text);
        Assert.Equal($"http://0.0.0.0:{NodeDefaults.HttpPort}", coordinator["environment"]["PINNSWEEP_HTTP"].Text);
    }
}
