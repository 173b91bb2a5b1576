using System.Collections.Immutable;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Security;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Cluster.Working;
using PinnSweep.Storage;
using PinnSweep.Storage.Blobs;
using PinnSweep.Studies.Planning;
using PinnSweep.Testing;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Cluster.Tests.Hosting;

/// <summary>Several nodes in one process, with real ports, a real store and fake trainers in processes of their own.</summary>
internal sealed class TestCluster(ITestOutputHelper output) : IAsyncDisposable
{
    /// <summary>The lab profile with a tenth of its times.</summary>
    public const string QuickLab = """
        akka.cluster {
          failure-detector { heartbeat-interval = 300ms, acceptable-heartbeat-pause = 2s }
          split-brain-resolver {
            active-strategy = keep-oldest
            keep-oldest.role = "coordinator"
            keep-oldest.down-if-alone = off
            stable-after = 20s
            down-all-when-unstable = off
          }
          down-removal-margin = 200ms
          seed-node-timeout = 1s
          retry-unsuccessful-join-after = 1s
        }
        pinnsweep { lease-duration = 8s, watchdog = 60s, checkpoint-every = 200ms, progress-every = 100ms }
        """;

    private readonly TestStore _folder = new();
    private readonly TestLog _log = new(output);
    private readonly Dictionary<string, ClusterNode> _nodes = [];
    private readonly Dictionary<string, int> _ports = [];
    private readonly List<Store> _others = [];
    private Store? _store;

    /// <summary>The place of the store; a file where nothing else is said. Each coordinator opens a database of its own accord.</summary>
    public string? Place { get; init; }

    public Store Store => _store ??= Store.Open(Place ?? _folder.Path);

    public string Profile { get; init; } = QuickLab;

    /// <summary>Certificates of the node of this name.</summary>
    public Func<string, NodeTls?> Tls { get; init; } = _ => null;

    /// <summary>Where the nodes log; the test's output where null.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>What is different about the worker of the node of this name.</summary>
    public Func<string, WorkerSettings, WorkerSettings> Worker { get; init; } = (_, settings) => settings;

    /// <summary>A folder for this cluster's files.</summary>
    public string Folder => _folder.Folder;

    /// <summary>Where nodes without the store put blobs, if not into it.</summary>
    public IBlobStore? BlobsOfWorkers { get; init; }

    public ClusterNode this[string name] => _nodes[name];

    /// <summary>Starts a node; the same name gets the same port again.</summary>
    public async Task<ClusterNode> StartAsync(string name, bool coordinates, int slots, params string[] seeds)
    {
        var profile = NodeProfile.Parse(Profile, "test");
        var options = new NodeOptions(
            name,
            coordinates ? new(profile.Policy) { OfferTimeout = TimeSpan.FromSeconds(5), TickEvery = TimeSpan.FromSeconds(0.2) } : null,
            slots < 0 ? null : Worker(name, new(name, slots, new TrainerLaunch(FakeTrainer.Path, new Dictionary<string, string>()), Path.Combine(_folder.Folder, name))
            {
                CheckpointEvery = profile.CheckpointEvery,
                ProgressEvery = profile.ProgressEvery,
                Watchdog = profile.Watchdog,
                MachineTimes = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(1)),
            }))
        {
            Port = PortOf(name),
            Seeds = [.. seeds.Select(seed => $"127.0.0.1:{PortOf(seed)}")],
            Profile = profile,
            Tls = Tls(name),
        };
        return _nodes[name] = await ClusterNode.StartAsync(options, coordinates ? OpenStore() : null, coordinates ? Store.Blobs : BlobsOfWorkers ?? Store.Blobs, Loggers ?? _log.Factory, TimeProvider.System);
    }

    /// <summary>Ends a node as a crash would: nobody is told.</summary>
    public async Task CrashAsync(string name)
    {
        var node = _nodes[name];
        _nodes.Remove(name);
        ((ExtendedActorSystem)node.System).Abort();
        await node.System.WhenTerminated;
        await node.DisposeAsync();
    }

    public async Task StopAsync(string name)
    {
        var node = _nodes[name];
        _nodes.Remove(name);
        await node.DrainAsync(TimeSpan.FromSeconds(20));
        await node.DisposeAsync();
    }

    /// <summary>Asks the coordinator through any node, again and again until there is one.</summary>
    public async Task<T> AskAsync<T>(object question)
    {
        using var deadline = new CancellationTokenSource(Waiting.Patience);
        while (true)
        {
            try
            {
                return await _nodes.Values.First().Coordinator.Ask<T>(question, TimeSpan.FromSeconds(2), deadline.Token);
            }
            catch (AskTimeoutException) when (!deadline.IsCancellationRequested)
            {
                // Not up yet, or between two coordinators.
            }
        }
    }

    public async Task SubmitAsync(StudyPlan plan, PinnSweep.Studies.Trials.Lifecycle.Placement? placement = null)
    {
        Store.Studies.Save(plan, "text");
        Assert.True((await AskAsync<StudyProtocol.StudyAnswer>(new StudyProtocol.SubmitRequest(plan.Hash, placement))).IsKnown);
    }

    public Task<StudyProtocol.StudyStatus> UntilAsync(StudyPlan plan, Func<StudyProtocol.StudyStatus, bool> condition) => Waiting.UntilAsync(
        () => AskAsync<StudyProtocol.StudyStatus>(new StudyProtocol.GetStudy(plan.Hash)),
        condition,
        Waiting.Patience,
        status => $"{status}, of which run: {string.Join(", ", status.Running)}");

    /// <summary>Asks until the coordinator knows as many workers as there are names, and expects these.</summary>
    public async Task UntilWorkersAreAsync(params string[] names)
    {
        var list = await Waiting.UntilAsync(
            () => AskAsync<StudyProtocol.WorkerList>(new StudyProtocol.ListWorkers()),
            list => list.Workers.Length >= names.Length,
            Waiting.Patience,
            list => string.Join(", ", list.Workers));
        Assert.Equal(names, list.Workers.Select(worker => worker.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>Attempts that were granted to each trial of a plan that has its result.</summary>
    public ImmutableArray<int> AcceptedAttempts() =>
        [.. Store.Connections.Query("select attempt from results order by key", row => row.GetInt32(0))];

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Values)
        {
            await node.DisposeAsync();
        }

        _others.ForEach(store => store.Dispose());
        _store?.Dispose();
        _log.Dispose();
        _folder.Dispose();
    }

    private Store OpenStore()
    {
        if (Place is null)
        {
            return Store;
        }

        _others.Add(Store.Open(Place));
        return _others[^1];
    }

    private int PortOf(string name)
    {
        if (!_ports.TryGetValue(name, out var port))
        {
            _ports[name] = port = FreePort.Next();
        }

        return port;
    }
}
