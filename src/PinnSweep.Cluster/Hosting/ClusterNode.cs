using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Pattern;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Coordination;
using PinnSweep.Cluster.Wire;
using PinnSweep.Cluster.Working;
using PinnSweep.Storage;
using PinnSweep.Storage.Journal;
using PinnSweep.Studies;
using LogEvents = PinnSweep.Cluster.Logging.LogEvents;

namespace PinnSweep.Cluster.Hosting;

/// <summary>A running node: a cluster member with coordinator singleton and worker. Dispose to leave and stop.</summary>
public sealed class ClusterNode : IAsyncDisposable
{
    /// <summary>The role that may host the coordinator.</summary>
    public const string CoordinatorRole = "coordinator";

    /// <summary>The role that trains.</summary>
    public const string WorkerRole = "worker";

    private readonly IHost _host;
    private readonly NodeOptions _options;
    private readonly ILogger _log;

    private ClusterNode(IHost host, NodeOptions options, ILogger log)
    {
        _host = host;
        _options = options;
        _log = log;
        System = host.Services.GetRequiredService<ActorSystem>();
        var actors = host.Services.GetRequiredService<ActorRegistry>();
        Coordinator = actors.Get<CoordinatorKey>();
        Worker = actors.Get<WorkerKey>();
    }

    /// <summary>The actor system.</summary>
    public ActorSystem System { get; }

    /// <summary>The coordinator, wherever it lives.</summary>
    public IActorRef Coordinator { get; }

    /// <summary>This node's worker.</summary>
    public IActorRef Worker { get; }

    /// <summary>Starts a node that is a cluster of its own on the loopback interface.</summary>
    /// <exception cref="UserMistakeException">The port is taken.</exception>
    public static async Task<ClusterNode> StartAsync(NodeOptions options, Store store, ILoggerFactory loggers, TimeProvider clock)
    {
        CheckPort(options.Port);
        var log = loggers.CreateLogger("PinnSweep.Cluster");
        var host = new HostBuilder()
            .ConfigureServices(services =>
            {
                services.Replace(ServiceDescriptor.Singleton(loggers));
                // The composition root answers signals; a second reader of them would stop the node under its feet.
                services.Replace(ServiceDescriptor.Singleton<IHostLifetime>(new NoLifetime()));
                services.AddAkka("pinnsweep", builder => Configure(builder, options, store, clock, log));
            })
            .Build();
        await host.StartAsync();
        var node = new ClusterNode(host, options, log);
        var cluster = Akka.Cluster.Cluster.Get(node.System);
        await cluster.JoinAsync(cluster.SelfAddress);
        LogEvents.NodeStarted(log, options.Name, cluster.SelfAddress.ToString());
        return node;
    }

    /// <summary>Has the worker checkpoint and give back what it trains; true when all of it was acknowledged in time.</summary>
    public async Task<bool> DrainAsync(TimeSpan timeout)
    {
        try
        {
            await Worker.Ask<Drained>(new Drain(), timeout);
            return true;
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        LogEvents.NodeStopped(_log, _options.Name);
    }

    private static void Configure(AkkaConfigurationBuilder builder, NodeOptions options, Store store, TimeProvider clock, ILogger log)
    {
        builder
            .AddHocon(
                ConfigurationFactory.ParseString(options.ExtraSettings)
                    .WithFallback(ConfigurationFactory.FromResource("pinnsweep.conf", typeof(ClusterNode).Assembly))
                    .WithFallback(JournalSetup.Settings),
                HoconAddMode.Prepend)
            .AddSetup(JournalSetup.For(store))
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            })
            .WithStrictSerialization()
            .WithCustomSerializer("pinnsweep", WireTable.Types, system => new SweepSerializer(system))
            .WithRemoting(new RemoteOptions { HostName = "127.0.0.1", Port = options.Port })
            .WithClustering(new ClusterOptions { Roles = [CoordinatorRole, WorkerRole] })
            .WithSingleton<CoordinatorKey>(
                "coordinator",
                (_, _, _) => SupervisedCoordinator(store, options.Coordinator, clock, log),
                new ClusterSingletonOptions { Role = CoordinatorRole, TerminationMessage = StopCoordinator.Instance, LogSingletonIdentificationFailure = false })
            .WithActors((system, registry) => registry.Register<WorkerKey>(system.ActorOf(
                Props.Create(() => new WorkerActor(options.Worker, registry.Get<CoordinatorKey>(), store.Blobs, clock, log)), "worker")));
    }

    /// <summary>The singleton manager does not restart what stops, and a failed write stops a persistent actor; the supervisor does.</summary>
    private static Props SupervisedCoordinator(Store store, CoordinatorSettings settings, TimeProvider clock, ILogger log) => BackoffSupervisor.Props(
        Backoff.OnStop(
                Props.Create(() => new CoordinatorActor(store, settings, clock, log)),
                "coordinator",
                minBackoff: TimeSpan.FromMilliseconds(200),
                maxBackoff: TimeSpan.FromSeconds(10),
                randomFactor: 0.2,
                maxNrOfRetries: -1)
            .WithFinalStopMessage(message => message is StopCoordinator));

    private static void CheckPort(int port)
    {
        if (port == 0)
        {
            return;
        }

        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            probe.Start();
        }
        catch (SocketException taken)
        {
            throw new UserMistakeException(
                $"--port {port}: cannot be used on 127.0.0.1 ({taken.Message}); choose another, or leave it out to take a free one", taken);
        }
    }

    /// <summary>Finds the coordinator in the registry.</summary>
    private sealed class CoordinatorKey;

    /// <summary>Finds the worker in the registry.</summary>
    private sealed class WorkerKey;

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
