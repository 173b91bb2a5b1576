using Akka.Actor;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Benchmarks.Coordinator;

/// <summary>
/// Speaks the worker protocol for slots that do not train: a trial takes a fixed time and reports its progress so often. What a real
/// worker would repeat is repeated, so nothing is lost when the coordinator is.
/// </summary>
internal sealed class SimulatedWorker : ReceiveActor, IWithTimers
{
    private readonly IActorRef _coordinator;
    private readonly WorkerIdentity _me;
    private readonly int _slots;
    private readonly TimeSpan _duration;
    private readonly SimulationTally _tally;
    private readonly Func<TrialKey, ResultReference> _results;
    private readonly Dictionary<AttemptId, int> _running = [];
    private readonly SortedDictionary<long, Report> _open = [];
    private long _number;
    private bool _isRegistered;

    public SimulatedWorker(IActorRef coordinator, string name, int slots, TimeSpan duration, TimeSpan? progressEvery, SimulationTally tally, Func<TrialKey, ResultReference>? results)
    {
        _coordinator = coordinator;
        _me = new(name, "1");
        _slots = slots;
        _duration = duration;
        _tally = tally;
        _results = results ?? (key => new(key.Hex, 1000, Outcome.Converged, 1000, 0.5, 1) { Network = key.Hex });

        Receive<WorkerRegistered>(registered =>
        {
            _isRegistered = true;
            Timers.Cancel("register");
            Timers.StartPeriodicTimer("renew", Renew.Instance, registered.LeaseDuration / 4);
            Ask();
        });
        Receive<RegistrationRequired>(_ => BeginRegistration());
        Receive<WorkAvailable>(_ => Ask());
        Receive<StartTrial>(Start);
        Receive<Done>(done => Finish(done.Attempt));
        Receive<ReportAcknowledged>(acknowledged =>
        {
            if (_open.Remove(acknowledged.Number))
            {
                _tally.Finished(acknowledged.Counted);
            }
        });
        Receive<Register>(_ => Tell(new RegisterWorker(_me, new(slots, 0), "simulated", [.. Holding()])));
        Receive<Poll>(_ => Ask());
        Receive<Renew>(_ => Tell(new RenewLeases(_me, [.. Holding()])));
        Receive<Repeat>(_ =>
        {
            foreach (var report in _open.Values)
            {
                Tell(report);
            }
        });
        Receive<Progress>(_ =>
        {
            foreach (var attempt in _running.Keys.ToArray())
            {
                var step = ++_running[attempt];
                // The time of sending travels in place of the work done, so that the delay can be read from what was stored.
                Tell(new TrialProgress(_me, attempt, new(step, (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds, 1000, double.NaN, 0.5, 100)));
                _tally.Progressed();
            }
        });
        Receive<LeasesRenewed>(_ => { });
        Receive<StopReporting>(_ => Timers.Cancel("progress"));
        Receive<AbandonTrial>(abandon =>
        {
            _running.Remove(abandon.Attempt);
            Ask();
        });
        BeginRegistration();
        Timers.StartPeriodicTimer("poll", Poll.Instance, TimeSpan.FromSeconds(2));
        Timers.StartPeriodicTimer("repeat", Repeat.Instance, TimeSpan.FromSeconds(5));
        if (progressEvery is { } every)
        {
            // Spread over the period as the starts of real workers are.
            Timers.StartPeriodicTimer("progress", Progress.Instance, every * (Math.Abs(name.GetHashCode(StringComparison.Ordinal) % 1000) / 1000.0), every);
        }
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private void BeginRegistration()
    {
        _isRegistered = false;
        Timers.StartPeriodicTimer("register", Register.Instance, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private void Ask()
    {
        if (_isRegistered && _running.Count < _slots)
        {
            Tell(new RequestWork(_me, new(_slots - _running.Count, 0)));
        }
    }

    private void Start(StartTrial start)
    {
        if (!_running.TryAdd(start.Attempt, 0))
        {
            return;
        }

        _tally.Started();
        if (_duration > TimeSpan.Zero)
        {
            Tell(new TrialTaken(_me, start.Attempt));
            Timers.StartSingleTimer(start.Attempt, new Done(start.Attempt), _duration);
        }
        else
        {
            Finish(start.Attempt);
        }
    }

    private void Finish(AttemptId attempt)
    {
        if (!_running.Remove(attempt))
        {
            return;
        }

        var report = new Report(_me, ++_number, attempt, new ReportContent.Finished(_results(attempt.Key)));
        _open[report.Number] = report;
        Tell(report);
        Ask();
    }

    private IEnumerable<AttemptId> Holding() => [.. _running.Keys, .. _open.Values.Select(report => report.Attempt)];

    private void Tell(PinnSweep.Cluster.Protocol.IFromWorker message) => _coordinator.Tell(message);

    public sealed record StopReporting : INoSerializationVerificationNeeded
    {
        public static StopReporting Instance { get; } = new();
    }

    private sealed record Done(AttemptId Attempt) : INoSerializationVerificationNeeded;

    private sealed record Register : INoSerializationVerificationNeeded
    {
        public static Register Instance { get; } = new();
    }

    private sealed record Poll : INoSerializationVerificationNeeded
    {
        public static Poll Instance { get; } = new();
    }

    private sealed record Renew : INoSerializationVerificationNeeded
    {
        public static Renew Instance { get; } = new();
    }

    private sealed record Repeat : INoSerializationVerificationNeeded
    {
        public static Repeat Instance { get; } = new();
    }

    private sealed record Progress : INoSerializationVerificationNeeded
    {
        public static Progress Instance { get; } = new();
    }
}

/// <summary>What all simulated workers together saw.</summary>
internal sealed class SimulationTally
{
    private long _started;
    private long _finished;
    private long _counted;
    private long _progressed;

    public long StartedCount => Interlocked.Read(ref _started);

    public long FinishedCount => Interlocked.Read(ref _finished);

    public long CountedCount => Interlocked.Read(ref _counted);

    public long ProgressedCount => Interlocked.Read(ref _progressed);

    public void Started() => Interlocked.Increment(ref _started);

    public void Progressed() => Interlocked.Increment(ref _progressed);

    public void Finished(bool counted)
    {
        Interlocked.Increment(ref _finished);
        if (counted)
        {
            Interlocked.Increment(ref _counted);
        }
    }
}
