using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using Microsoft.Extensions.Logging.Abstractions;
using PinnSweep.Cluster.Coordination;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Cluster.Wire;
using PinnSweep.Cluster.Working;
using PinnSweep.Numerics.Streams;
using PinnSweep.Storage;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Testing;
using PinnSweep.Testing.Histories;

namespace PinnSweep.Cluster.Tests.Chaos;

/// <summary>
/// One short life of a coordinator and three workers on a real store, with everything going wrong that a seed says: lossy links, killed
/// coordinators, workers that vanish, freeze and come back, a journal that cannot be written, a clock that jumps. Ends when it is quiet
/// and tells what was left.
/// </summary>
internal sealed class ChaosHistory : IAsyncDisposable
{
    private const int Workers = 3;
    private const int Slots = 2;
    private const int Trials = 24;
    private const int Blows = 12;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RandomStream _chance;
    private readonly long _seed;
    private readonly TestStore _folder = new();
    private readonly Store _store;
    private readonly ActorSystem _system;
    private readonly IActorRef _coordinator;
    private readonly JumpingClock _clock = new();
    private readonly SimulatedBlobs _blobs = new();
    private readonly ConcurrentBag<(string Worker, string Incarnation, long Number)> _counted = [];
    private readonly ConcurrentDictionary<(string Worker, long Number), AttemptId> _reports = new();
    private readonly (IActorRef Worker, IActorRef Link)?[] _fleet = new (IActorRef, IActorRef)?[Workers];
    private readonly List<string> _story = [];
    private readonly StudyPlan _plan;
    private int _incarnations;

    private ChaosHistory(long seed)
    {
        _seed = seed;
        _chance = new(seed, "chaos");
        _store = Store.Open(_folder.Path);
        _system = ActorSystem.Create(
            "chaos",
            BootstrapSetup.Create()
                .WithConfig(ConfigurationFactory.ParseString("akka.actor.provider = local, akka.loglevel = OFF")
                    .WithFallback(ConfigurationFactory.FromResource("pinnsweep.conf", typeof(ClusterNode).Assembly))
                    .WithFallback(JournalSetup.Settings))
                .And(JournalSetup.For(_store))
                .And(SerializationSetup.Create(system => [SerializerDetails.Create("pinnsweep", new SweepSerializer(system), [.. WireTable.Types])])));
        _coordinator = _system.ActorOf(
            ClusterNode.SupervisedCoordinator(
                _store,
                new(new(TimeSpan.FromSeconds(0.4)))
                {
                    SnapshotEvery = 25,
                    TickEvery = TimeSpan.FromSeconds(0.05),
                    OfferTimeout = TimeSpan.FromSeconds(0.3),
                    RestartAfter = TimeSpan.FromSeconds(0.02),
                },
                _clock,
                NullLogger.Instance),
            "coordinator");
        var plan = TestStudies.Plan(string.Create(CultureInfo.InvariantCulture, $"chaos-{seed}"), 1, Trials, TestStudies.Calm());
        _plan = plan;
    }

    /// <summary>What happened, for a failing test's message.</summary>
    public string Story => string.Join('\n', _story);

    public static async Task<(ImmutableArray<string> Broken, string Story)> RunAsync(long seed)
    {
        await using var history = new ChaosHistory(seed);
        return (HistoryChecker.Check(await history.LiveAsync()), history.Story);
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        _system.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    private async Task<SweepRecord> LiveAsync()
    {
        _store.Studies.Save(_plan, "study: chaos");
        await AskAsync<StudyProtocol.StudyAnswer>(new StudyProtocol.SubmitRequest(_plan.Hash));
        for (var number = 0; number < Workers; number++)
        {
            Start(number);
        }

        for (var blow = 0; blow < Blows; blow++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10 + (_chance.NextDouble() * 80)));
            await StrikeAsync();
        }

        await HealAsync();
        await SettleAsync();
        return Record();
    }

    private async Task StrikeAsync()
    {
        var number = _chance.NextInt(Workers);
        switch (_chance.NextInt(10))
        {
            case 0 or 1:
                Tell("the coordinator is killed between two messages");
                _system.ActorSelection(_coordinator.Path / "coordinator").Tell(Kill.Instance);
                break;
            case 2 when _fleet[number] is { } vanishing:
                Tell($"worker {number} vanishes with its machine: nobody is told");
                vanishing.Link.Tell(LinkState.Cut);
                _system.Stop(vanishing.Worker);
                _fleet[number] = null;
                break;
            case 3 when _fleet[number] is { } crashing:
                Tell($"worker {number} crashes and is started again at once");
                _system.Stop(crashing.Worker);
                _system.Stop(crashing.Link);
                Start(number);
                break;
            case 4 when _fleet[number] is { } frozen:
                Tell($"worker {number} is stopped for longer than its leases and goes on");
                frozen.Link.Tell(LinkState.Held);
                await Task.Delay(TimeSpan.FromSeconds(0.6));
                frozen.Link.Tell(LinkState.Open);
                break;
            case 5 when _fleet[number] is { } parted:
                Tell($"worker {number} is cut off and connected again");
                parted.Link.Tell(LinkState.Cut);
                await Task.Delay(TimeSpan.FromMilliseconds(50 + (_chance.NextDouble() * 500)));
                parted.Link.Tell(LinkState.Open);
                break;
            case 6:
                await BreakAsync("journal");
                break;
            case 7:
                await BreakAsync("results");
                break;
            case 8:
                var hours = _chance.NextInt(2) == 0 ? 1 : -1;
                Tell($"the clock jumps by {hours} h");
                _clock.Jump(TimeSpan.FromHours(hours));
                break;
            default:
                if (_fleet[number] is null)
                {
                    Start(number);
                }

                break;
        }
    }

    /// <summary>The database refuses a table for a while, as a full disk or a lost connection makes it do.</summary>
    private async Task BreakAsync(string table)
    {
        if (_store.Connections.Query($"select count(*) from sqlite_master where name = '{table}'", row => row.GetInt64(0))[0] == 0)
        {
            return;
        }

        Tell($"table {table} cannot be written");
        _store.Connections.Query($"alter table {table} rename to {table}_away", row => row.GetString(0));
        await Task.Delay(TimeSpan.FromMilliseconds(30 + (_chance.NextDouble() * 150)));
        _store.Connections.Query($"alter table {table}_away rename to {table}", row => row.GetString(0));
    }

    /// <summary>The operator does nothing; machines come back by themselves.</summary>
    private async Task HealAsync()
    {
        Tell("machines come back");
        for (var number = 0; number < Workers; number++)
        {
            if (_fleet[number] is null)
            {
                Start(number);
            }
        }

        await AskAsync<StudyProtocol.StudyAnswer>(new StudyProtocol.SubmitRequest(_plan.Hash));
    }

    private async Task SettleAsync()
    {
        try
        {
            await Waiting.UntilAsync(() => AskAsync<StudyProtocol.StudyStatus>(new StudyProtocol.GetStudy(_plan.Hash)), status => status.IsSettled, Patience);
        }
        catch (TimeoutException restless)
        {
            Tell($"it does not become quiet: {restless.Message}");
        }
    }

    private SweepRecord Record()
    {
        var journal = JournalReader.ReadAll(_store);
        return new(
            [.. _plan.Trials.Select(trial => trial.Key)],
            journal,
            _store.Connections.Query("select key, attempt, blob from results", row => (Key: new TrialKey(row.GetString(0)), Value: ((int)row.GetInt64(1), _blobs.Get(row.GetString(2)))))
                .ToImmutableDictionary(row => row.Key, row => row.Value),
            _plan.Trials.ToImmutableDictionary(trial => trial.Key, trial => SimulatedSlot.Expected(trial.Key)),
            [.. _counted.Where(counted => _reports.ContainsKey((counted.Worker + counted.Incarnation, counted.Number))).Select(counted => _reports[(counted.Worker + counted.Incarnation, counted.Number)])],
            Enumerable.Range(0, Workers).ToImmutableDictionary(NameOf, _ => Slots));
    }

    private void Start(int number)
    {
        var name = NameOf(number);
        var life = (++_incarnations).ToString(CultureInfo.InvariantCulture);
        Tell($"worker {number} starts, life {life}");
        var settings = new WorkerSettings(name, Slots, new TrainerLaunch("/bin/true", new Dictionary<string, string>()), _folder.Folder)
        {
            RegisterEvery = TimeSpan.FromSeconds(0.05),
            PollEvery = TimeSpan.FromSeconds(0.05),
            FirstRepeat = TimeSpan.FromSeconds(0.05),
            LongestRepeat = TimeSpan.FromSeconds(0.3),
            MachineTimes = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(0.05), TimeSpan.FromSeconds(0.2)),
        };
        var rates = new ChaosRates(_chance.NextDouble() * 0.15, _chance.NextDouble() * 0.2, _chance.NextDouble() * 0.3);
        var stream = new RandomStream(_seed, $"link-{life}");
        var link = _system.ActorOf(Props.Create(() => new LossyLink(
            _coordinator,
            stream,
            rates,
            report => _reports.TryAdd(ValueTuple.Create(name + life, report.Number), report.Attempt),
            answer => Note(name, life, answer))));
        Func<int, Props> slots = _ => Props.Create(() => new SimulatedSlot(_blobs, TimeSpan.FromMilliseconds(4)));
        var worker = _system.ActorOf(Props.Create(() => new WorkerActor(settings, link, Ignore, slots, _clock, NullLogger.Instance)));
        link.Tell(new LossyLink.Serve(worker));
        _fleet[number] = (worker, link);
    }

    private void Note(string name, string life, WorkerProtocol.ReportAcknowledged answer)
    {
        if (answer.Counted)
        {
            _counted.Add((name, life, answer.Number));
        }
    }

    private static void Ignore(WorkerEvent told)
    {
    }

    private async Task<T> AskAsync<T>(object question)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return await _coordinator.Ask<T>(question, TimeSpan.FromSeconds(1), deadline.Token);
            }
            catch (AskTimeoutException) when (!deadline.IsCancellationRequested)
            {
                // Between two lives of the coordinator.
            }
        }
    }

    private void Tell(string what) => _story.Add(what);

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"worker-{number}");

    /// <summary>A clock that somebody sets; its ticks go on as ever.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private long _offset;

        public void Jump(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));
    }
}
