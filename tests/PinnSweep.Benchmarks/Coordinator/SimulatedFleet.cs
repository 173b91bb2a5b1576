using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Storage.Blobs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Benchmarks.Coordinator;

/// <summary>A node that neither coordinates nor trains, with simulated workers in it.</summary>
internal sealed class SimulatedFleet : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClusterNode _node;
    private readonly List<IActorRef> _workers = [];

    private SimulatedFleet(ClusterNode node) => _node = node;

    public SimulationTally Tally { get; } = new();

    public static async Task<SimulatedFleet> StartAsync(int coordinatorPort)
    {
        var options = new NodeOptions("fleet", null, null)
        {
            Seeds = [string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{coordinatorPort}")],
            Profile = NodeProfile.Load("single"),
        };
        return new(await ClusterNode.StartAsync(options, null, new NoBlobs(), NullLoggerFactory.Instance, TimeProvider.System));
    }

    public void Add(int workers, int slots, TimeSpan duration, TimeSpan? progressEvery, Func<TrialKey, ResultReference>? results = null)
    {
        for (var number = 0; number < workers; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"simulated-{number}");
            _workers.Add(_node.System.ActorOf(Props.Create(() => new SimulatedWorker(_node.Coordinator, name, slots, duration, progressEvery, Tally, results)), name));
        }
    }

    public void StopReporting() => _workers.ForEach(worker => worker.Tell(SimulatedWorker.StopReporting.Instance));

    public async Task SubmitAsync(StudyPlan plan) => await AskAsync<StudyAnswer>(new SubmitRequest(plan.Hash));

    public Task<StudyStatus> SettledAsync(StudyPlan plan) => UntilAsync(plan, status => status.IsSettled);

    public async Task<StudyStatus> UntilAsync(StudyPlan plan, Func<StudyStatus, bool> condition)
    {
        StudyStatus? last = null;
        var still = Stopwatch.StartNew();
        while (true)
        {
            var status = await AskAsync<StudyStatus>(new GetStudy(plan.Hash));
            if (condition(status))
            {
                return status;
            }

            if (last is null || (status.Accepted, status.RunningCount) != (last.Accepted, last.RunningCount))
            {
                still.Restart();
            }

            last = status;
            if (still.Elapsed > Patience)
            {
                throw new TimeoutException(string.Create(
                    CultureInfo.InvariantCulture, $"nothing happened for {Patience.TotalSeconds} s: {status.Accepted} of {status.Planned} accepted, {status.RunningCount} running, {status.Faults} faults"));
            }

            await Task.Delay(20);
        }
    }

    /// <summary>The slowest of so many answers, in seconds.</summary>
    public async Task<double> AnswerTimeAsync(StudyPlan plan, int times)
    {
        var slowest = 0.0;
        for (var time = 0; time < times; time++)
        {
            var clock = Stopwatch.StartNew();
            await AskAsync<StudyStatus>(new GetStudy(plan.Hash));
            slowest = Math.Max(slowest, clock.Elapsed.TotalSeconds);
        }

        return slowest;
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private async Task<T> AskAsync<T>(object question)
    {
        while (true)
        {
            try
            {
                return await _node.Coordinator.Ask<T>(question, TimeSpan.FromSeconds(2));
            }
            catch (AskTimeoutException)
            {
                // Not up yet.
            }
        }
    }

    private sealed class NoBlobs : IBlobStore
    {
        public Task PutAsync(string path, string sha256, long bytes, CancellationToken cancel) => throw new NotSupportedException();

        public Task FetchAsync(string sha256, string path, CancellationToken cancel) => throw new NotSupportedException();
    }
}
