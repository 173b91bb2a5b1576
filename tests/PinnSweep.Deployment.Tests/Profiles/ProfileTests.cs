using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.SBR;
using Akka.Configuration;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Deployment.Tests.Profiles;

/// <summary>The profiles as they are shipped, read by Akka as a node has them: on top of the program's own settings.</summary>
public class ProfileTests
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(NodeDefaults.WatchdogSeconds);

    public static TheoryData<string> Names => [.. NodeProfile.BuiltIn];

    [Fact]
    public void The_program_holds_every_profile_of_the_folder() => Assert.Equal(["ha", "lab", "single"], NodeProfile.BuiltIn);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_is_the_profile_of_its_name(string name)
    {
        var file = NodeProfile.Load(Path.Combine(RepositoryPaths.Root, "cluster-config", $"{name}.conf"));

        Assert.Equal(NodeProfile.Load(name).Settings.ToString(), file.Settings.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Coordinators_alone_decide_a_split_and_nobody_takes_the_whole_cluster_down(string name)
    {
        var resolver = Resolver(name);

        Assert.Equal("Akka.Cluster.SBR.SplitBrainResolverProvider", Cluster(name).DowningProviderType.FullName);
        Assert.Equal(NodeDefaults.CoordinatorRole, resolver.DowningStrategy == "static-quorum" ? Quorum(name).GetString("role") : Oldest(name).GetString("role"));
        Assert.Equal(TimeSpan.Zero, resolver.DownAllWhenUnstable);
        Assert.Contains(NodeDefaults.CoordinatorRole, Cluster(name).MinNrOfMembersOfRole.Keys);
    }

    [Theory]
    [InlineData("single")]
    [InlineData("lab")]
    public void With_one_coordinator_workers_outwait_its_restart_and_the_new_one_does_not_wait(string name)
    {
        var resolver = Resolver(name);

        Assert.Equal("keep-oldest", resolver.DowningStrategy);
        Assert.True(resolver.DowningStableAfter > Watchdog, "removed before their watchdog, workers would lose what they train");
        Assert.Equal(TimeSpan.FromSeconds(1), RemovalMargin(name));
        Assert.Equal(1, Cluster(name).MinNrOfMembersOfRole[NodeDefaults.CoordinatorRole]);
    }

    [Fact]
    public void With_three_coordinators_another_begins_within_15_seconds_of_a_kill()
    {
        var cluster = Cluster("ha");
        var resolver = Resolver("ha");
        var lease = NodeProfile.Load("ha").Settings.GetConfig("pinnsweep.lease").GetTimeSpan("heartbeat-timeout");

        // The last heartbeat was up to an interval old; the detector's own doubt takes about one more.
        var noticed = Detector("ha").GetTimeSpan("acceptable-heartbeat-pause") + (2 * cluster.HeartbeatInterval);
        var removed = noticed + resolver.DowningStableAfter + RemovalMargin("ha");

        Assert.Equal("static-quorum", resolver.DowningStrategy);
        Assert.Equal((2, 2), (Quorum("ha").GetInt("quorum-size"), cluster.MinNrOfMembersOfRole[NodeDefaults.CoordinatorRole]));
        Assert.True(lease <= removed, "the lease of the killed one must have run out when its successor asks for it");
        Assert.InRange(removed, TimeSpan.Zero, TimeSpan.FromSeconds(11));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Who_finds_no_cluster_tries_again_soon_and_ends_in_a_minute(string name)
    {
        Assert.Equal(TimeSpan.FromSeconds(2), Cluster(name).RetryUnsuccessfulJoinAfter);
        Assert.Equal(TimeSpan.FromSeconds(60), Cluster(name).ShutdownAfterUnsuccessfulJoinSeedNodes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Drain_and_leaving_fit_into_the_time_that_supervisors_give(string name)
    {
        string[] leaving = ["cluster-leave", "cluster-exiting", "cluster-exiting-done", "cluster-shutdown", "actor-system-terminate"];
        var phases = Settings(name).GetConfig("akka.coordinated-shutdown.phases");

        var leave = leaving.Aggregate(TimeSpan.Zero, (sum, phase) => sum + phases.GetTimeSpan($"{phase}.timeout"));

        Assert.True(NodeProfile.Load(name).DrainTimeout + leave <= TimeSpan.FromSeconds(NodeDefaults.ShutdownSeconds), $"{leave}");
    }

    /// <summary>As a living node has it: no settings class of Akka tells.</summary>
    private static TimeSpan RemovalMargin(string name)
    {
        using var system = ActorSystem.Create(
            NodeDefaults.SystemName,
            ConfigurationFactory.ParseString("akka { actor.provider = cluster, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 } }").WithFallback(Settings(name)));
        return Akka.Cluster.Cluster.Get(system).DowningProvider.DownRemovalMargin;
    }

    private static Config Settings(string name) => NodeProfile.Load(name).Settings
        .WithFallback(ConfigurationFactory.FromResource("pinnsweep.conf", typeof(ClusterNode).Assembly))
        .WithFallback(ConfigurationFactory.FromResource<Akka.Cluster.Cluster>("Akka.Cluster.Configuration.Cluster.conf"))
        .WithFallback(ConfigurationFactory.Default());

    private static ClusterSettings Cluster(string name) => new(Settings(name), NodeDefaults.SystemName);

    private static SplitBrainResolverSettings Resolver(string name) => new(Settings(name));

    private static Config Quorum(string name) => Settings(name).GetConfig("akka.cluster.split-brain-resolver.static-quorum");

    private static Config Oldest(string name) => Settings(name).GetConfig("akka.cluster.split-brain-resolver.keep-oldest");

    private static Config Detector(string name) => Settings(name).GetConfig("akka.cluster.failure-detector");
}
