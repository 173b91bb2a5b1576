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
using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.Logging;
using PinnSweep.Cluster.Security;
using PinnSweep.Cluster.Telemetry;
using PinnSweep.Cluster.Wire;
using PinnSweep.Cluster.Working;
using PinnSweep.Storage;
using PinnSweep.Storage.Blobs;
using PinnSweep.Studies.Mistakes;
using LogEvents = PinnSweep.Cluster.Logging.LogEvents;

namespace PinnSweep.Cluster.Hosting;

/// <summary>A running node: a cluster member that may host the coordinator, and may have a worker. Dispose to leave and stop.</summary>
public sealed class ClusterNode : IAsyncDisposable
{
    // More than all phases of leaving together, for a machine that is short of time.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(2);

    private readonly IHost _host;
    private readonly NodeOptions _options;
    private readonly ILogger _log;
    private readonly WorkerWatch _watch;
    private Store? _store;
    private bool _isStopping;

    private ClusterNode(IHost host, NodeOptions options, WorkerWatch watch, ILogger log)
    {
        _host = host;
        _options = options;
        _watch = watch;
        _log = log;
        System = host.Services.GetRequiredService<ActorSystem>();
        var actors = host.Services.GetRequiredService<ActorRegistry>();
        Coordinator = actors.Get<CoordinatorKey>();
        Worker = options.Worker is null ? ActorRefs.Nobody : actors.Get<WorkerKey>();
        Address = Akka.Cluster.Cluster.Get(System).SelfAddress;
        _ = System.WhenTerminated.ContinueWith(_ => NoteTermination(), TaskScheduler.Default);
    }

    /// <summary>The actor system.</summary>
    public ActorSystem System { get; }

    /// <summary>The coordinator, wherever it lives.</summary>
    public IActorRef Coordinator { get; }

    /// <summary>This node's worker; nobody where it has none.</summary>
    public IActorRef Worker { get; }

    /// <summary>Where the others reach it.</summary>
    public Address Address { get; }

    /// <summary>Ends when the node cannot go on and has to be disposed.</summary>
    public Task<NodeEnd> Ended => _watch.Ended.Task;

    /// <summary>Why the node ended, where there is more to say than <see cref="Ended"/> does.</summary>
    public string? EndReason => _watch.EndReason;

    /// <summary>Why this node's worker takes no work now; null when it does.</summary>
    public string? Paused => _watch.Paused;

    /// <summary>Whether a coordinator knows this node's worker, or, without a worker, whether the node is up in the cluster.</summary>
    public bool IsReady => _options.Worker is null
        ? Akka.Cluster.Cluster.Get(System).SelfMember.Status == Akka.Cluster.MemberStatus.Up
        : _watch.IsRegistered;

    /// <summary>Where the coordinator takes blobs of workers without the store; null before it said so.</summary>
    public Uri? BlobUrl => _watch.BlobUrl;

    /// <summary>Starts a node and has it join.</summary>
    /// <param name="options">What it is.</param>
    /// <param name="store">The store, on a node that may host the coordinator.</param>
    /// <param name="blobs">Where its worker puts checkpoints and results.</param>
    /// <param name="loggers">Where logs go, the cluster's own included.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="UserMistakeException">The port is taken, or a seed is no address.</exception>
    public static async Task<ClusterNode> StartAsync(NodeOptions options, Store? store, IBlobStore blobs, ILoggerFactory loggers, TimeProvider clock)
    {
        if (options.Coordinator is not null && store is null)
        {
            throw new ArgumentNullException(nameof(store), "a coordinator needs a store");
        }

        PortProbe.Check($"--port {options.Port}", new(Resolve(options.Host), options.Port), "choose another, or leave it out to take a free one");
        var seeds = SeedAddresses.Parse(options.Seeds, options.Tls is not null);
        var watch = new WorkerWatch(options.Coordinator is null);
        var log = loggers.CreateLogger("PinnSweep.Cluster");
        var host = new HostBuilder()
            .ConfigureServices(services =>
            {
                services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(new QuietLoggers(loggers, clock)));
                // The composition root answers signals; a second reader of them would stop the node under its feet.
                services.Replace(ServiceDescriptor.Singleton<IHostLifetime>(new NoLifetime()));
                services.Configure<HostOptions>(stop => stop.ShutdownTimeout = StopTimeout);
                services.AddAkka(NodeDefaults.SystemName, builder => Configure(builder, options, store, blobs, watch, clock, log));
            })
            .Build();
        await host.StartAsync();
        var node = new ClusterNode(host, options, watch, log) { _store = options.Coordinator is null ? null : store };
        if (node._store is { } counted)
        {
            StoreGauges.Add(counted);
        }

        var cluster = Akka.Cluster.Cluster.Get(node.System);
        if (seeds.IsEmpty)
        {
            var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Found(cluster, up.SetResult);
            await Task.WhenAny(up.Task, node.System.WhenTerminated);
        }
        else
        {
            // The first seed founds a cluster when no other answers; whoever is not up yet keeps trying, so nothing is awaited here.
            LogEvents.NodeJoins(log, options.Name, string.Join(", ", seeds));
            _ = cluster.JoinSeedNodesAsync(seeds);
        }

        LogEvents.NodeStarted(log, options.Name, node.Address.ToString());
        return node;
    }

    /// <summary>Has the worker checkpoint and give back what it trains; true when all of it was acknowledged in time.</summary>
    public async Task<bool> DrainAsync(TimeSpan timeout)
    {
        if (_options.Worker is null || System.WhenTerminated.IsCompleted)
        {
            return true;
        }

        try
        {
            await Worker.Ask<Drained>(new Drain(), timeout);
            return true;
        }
        catch (AskTimeoutException)
        {
            LogEvents.DrainIncomplete(_log, _options.Name);
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isStopping)
        {
            return;
        }

        _isStopping = true;
        if (_store is { } counted)
        {
            StoreGauges.Remove(counted);
        }

        try
        {
            await _host.StopAsync();
        }
        catch (Exception late) when (late is OperationCanceledException or AggregateException { InnerException: OperationCanceledException })
        {
            // Everything was given back before; what leaves too slowly goes with the process.
            LogEvents.NodeLeftLate(_log, _options.Name);
        }

        _host.Dispose();
        LogEvents.NodeStopped(_log, _options.Name);
    }

    private static void Configure(AkkaConfigurationBuilder builder, NodeOptions options, Store? store, IBlobStore blobs, WorkerWatch watch, TimeProvider clock, ILogger log)
    {
        string[] roles = [.. options.Coordinator is null ? [] : (string[])[NodeDefaults.CoordinatorRole], .. options.Worker is null ? [] : (string[])[NodeDefaults.WorkerRole]];
        builder
            .AddHocon(
                ConfigurationFactory.ParseString(options.ExtraSettings)
                    .WithFallback(ConfigurationFactory.ParseString(Waits(options)))
                    .WithFallback(options.Profile?.Settings ?? Config.Empty)
                    .WithFallback(ConfigurationFactory.FromResource("pinnsweep.conf", typeof(ClusterNode).Assembly))
                    .WithFallback(JournalSetup.Settings),
                HoconAddMode.Prepend)
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            })
            .WithStrictSerialization()
            .WithCustomSerializer("pinnsweep", WireTable.Types, system => new SweepSerializer(system))
            .WithRemoting(new RemoteOptions
            {
                HostName = options.Host,
                PublicHostName = options.PublicHost,
                Port = options.Port,
                EnableSsl = options.Tls is not null,
                Ssl = options.Tls?.Remoting() ?? new(),
            })
            .WithClustering(new ClusterOptions { Roles = roles });
        if (options.Tls is { } tls)
        {
            builder.AddSetup(new TlsSetup(tls)).AddHocon(CertificateTurnover.Settings, HoconAddMode.Append);
        }

        var singleton = new ClusterSingletonOptions
        {
            Role = NodeDefaults.CoordinatorRole,
            TerminationMessage = StopCoordinator.Instance,
            LogSingletonIdentificationFailure = false,
        };
        if (options.Coordinator is { } coordinator)
        {
            builder.AddSetup(JournalSetup.For(store!));
            singleton.LeaseImplementation = SqlLease.AddTo(builder, store!, clock);
            singleton.LeaseRetryInterval = TimeSpan.FromSeconds(1);
            builder.WithSingleton<CoordinatorKey>("coordinator", (_, _, _) => SupervisedCoordinator(store!, coordinator, clock, log), singleton);
        }
        else
        {
            builder.WithSingletonProxy<CoordinatorKey>("coordinator", singleton);
        }

        if (options.Worker is { } worker)
        {
            worker = worker with { EndsWhenDrained = options.Coordinator is null, Machine = worker.Machine ?? MachineReading.Facts(worker.Devices, worker.Engine) };
            var patient = store is null ? blobs : new PatientBlobStore(blobs, clock);
            builder.WithActors((system, registry) => registry.Register<WorkerKey>(system.ActorOf(
                Props.Create(() => new WorkerActor(
                    worker, registry.Get<CoordinatorKey>(), watch.Hear, WorkerActor.TrainingSlots(worker, patient, log), clock, log)),
                "worker")));
        }
    }

    /// <summary>
    /// Waits that are for others: a node that cannot found a cluster asks its seeds every second, because one that was started a moment before
    /// its coordinator would lose five; and one alone has nobody to hear of, nor to hand the coordinator over to.
    /// </summary>
    private static string Waits(NodeOptions options) =>
        options.Seeds.IsEmpty ? """
            akka.cluster {
              gossip-interval = 50ms
              leader-actions-interval = 50ms
              periodic-tasks-initial-delay = 10ms
              singleton.hand-over-retry-interval = 100ms
              singleton-proxy.singleton-identification-interval = 20ms
            }
            """
        : options.Coordinator is null ? "akka.cluster.seed-node-timeout = 1s"
        : "";

    /// <summary>
    /// The singleton manager does not restart what stops, and a failed write stops a persistent actor; the supervisor does.
    /// </summary>
    internal static Props SupervisedCoordinator(Store store, CoordinatorSettings settings, TimeProvider clock, ILogger log) => BackoffSupervisor.Props(
        Backoff.OnStop(
                Props.Create(() => new CoordinatorActor(store, settings, clock, log)),
                "coordinator",
                minBackoff: settings.RestartAfter,
                maxBackoff: TimeSpan.FromSeconds(10),
                randomFactor: 0.2,
                maxNrOfRetries: -1)
            .WithFinalStopMessage(message => message is StopCoordinator));

    /// <summary>
    /// The library's own JoinAsync gives up after two seconds, which on a machine with other work is soon; the node tries until it is up.
    /// </summary>
    private static void Found(Akka.Cluster.Cluster cluster, Action up)
    {
        cluster.RegisterOnMemberUp(up);
        cluster.Join(cluster.SelfAddress);
    }

    private void NoteTermination()
    {
        if (!_isStopping && _watch.Ended.TrySetResult(NodeEnd.Removed))
        {
            LogEvents.NodeRemoved(_log, _options.Name);
        }
    }

    private static IPAddress Resolve(string host)
    {
        try
        {
            return IPAddress.TryParse(host, out var address)
                ? address
                : Dns.GetHostAddresses(host).OrderBy(found => found.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First();
        }
        catch (Exception unknown) when (unknown is SocketException or InvalidOperationException)
        {
            throw new UserMistakeException($"--host {host}: is no address of this machine ({unknown.Message}); 0.0.0.0 listens on all of them", unknown);
        }
    }

    /// <summary>Follows what the worker tells its node; any thread may look.</summary>
    private sealed class WorkerWatch(bool endsWhenDrained)
    {
        private volatile bool _isRegistered;
        private volatile Uri? _blobUrl;
        private volatile string? _paused;
        private volatile string? _endReason;

        public TaskCompletionSource<NodeEnd> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsRegistered => _isRegistered;

        public Uri? BlobUrl => _blobUrl;

        public string? Paused => _paused;

        public string? EndReason => _endReason;

        public void Hear(WorkerEvent told)
        {
            switch (told)
            {
                case WorkerEvent.Registered registered:
                    _isRegistered = true;
                    _blobUrl = registered.BlobUrl;
                    break;
                case WorkerEvent.Unregistered:
                    _isRegistered = false;
                    break;
                case WorkerEvent.Drained when endsWhenDrained:
                    Ended.TrySetResult(NodeEnd.Drained);
                    break;
                case WorkerEvent.Refused:
                    Ended.TrySetResult(NodeEnd.Refused);
                    break;
                case WorkerEvent.Paused paused:
                    _paused = paused.Why;
                    break;
                case WorkerEvent.NameTaken taken:
                    _endReason = taken.Why;
                    Ended.TrySetResult(NodeEnd.NameTaken);
                    break;
                case WorkerEvent.LostCoordinator:
                    Ended.TrySetResult(NodeEnd.LostCoordinator);
                    break;
            }
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
