using System.Collections.Concurrent;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Tests.Engines.Packs;

/// <summary>Lanes that meet, with a backend that answers at once and notes who ran together.</summary>
public sealed class JetPackTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly NetworkGraph Nothing = new([new Node.Input([1.0], [0.0])], [], []);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    public void Every_batch_has_a_request_of_every_lane(int lanes)
    {
        const int Steps = 50;
        var backend = new NotingBackend();
        using var pack = new JetPack(backend);

        Run(pack, lanes, (lane, pass) =>
        {
            for (var step = 0; step < Steps; step++)
            {
                Assert.Equal(Answer(lane), Ask(pass));
            }
        });

        Assert.All(backend.Groups.Take(Steps), group => Assert.Equal(Enumerable.Range(0, lanes), group.Lanes));
        Assert.Equal(Steps, pack.Batches);
        Assert.Equal(Steps * lanes, pack.Requests);
        Assert.Equal(0, pack.Living);
    }

    [Fact]
    public void Requests_of_another_kind_or_form_run_apart_in_the_same_batch()
    {
        var backend = new NotingBackend();
        using var pack = new JetPack(backend);

        Run(pack, 4, (lane, pass) =>
        {
            if (lane % 2 == 0)
            {
                pass.Forward(new double[1], new double[1]);
            }
            else
            {
                Ask(pass);
            }
        });

        Assert.Equal(1, pack.Batches);
        Assert.Equal([(LaneWork.Forward, [0, 2]), (LaneWork.Run, [1, 3])], backend.Groups.OrderBy(group => group.Work));
    }

    [Fact]
    public void A_lane_that_steps_aside_holds_up_nobody_and_comes_back()
    {
        using var pack = new JetPack(new NotingBackend());
        using var gone = new ManualResetEventSlim();
        using var enough = new ManualResetEventSlim();

        Run(pack, 3, (lane, pass) =>
        {
            Ask(pass);
            if (lane == 0)
            {
                using (Lane(pass).Aside())
                {
                    gone.Set();
                    Assert.True(enough.Wait(Limit));
                }
            }
            else
            {
                Assert.True(gone.Wait(Limit));
                for (var step = 0; step < 20; step++)
                {
                    Ask(pass);
                }

                enough.Set();
            }

            Ask(pass);
        });

        Assert.Equal(0, pack.Living);
    }

    [Fact]
    public void What_fails_for_one_lane_is_told_to_it_alone()
    {
        using var pack = new JetPack(new NotingBackend { FailingLane = 1 });
        var failed = new ConcurrentBag<int>();

        Run(pack, 3, (lane, pass) =>
        {
            try
            {
                Ask(pass);
            }
            catch (InvalidDataException)
            {
                failed.Add(lane);
            }
        });

        Assert.Equal([1], failed);
    }

    [Fact]
    public void What_fails_the_batch_is_told_to_all_of_it_and_the_next_runs()
    {
        var backend = new NotingBackend { FailingBatch = 1 };
        using var pack = new JetPack(backend);
        var failed = new ConcurrentBag<int>();

        Run(pack, 3, (lane, pass) =>
        {
            try
            {
                Ask(pass);
            }
            catch (IOException)
            {
                failed.Add(lane);
            }

            Assert.Equal(Answer(lane), Ask(pass));
        });

        Assert.Equal([0, 1, 2], failed.Order());
    }

    /// <summary>
    /// Trials that take steps, search lines (several calls more), evaluate (another kind), write checkpoints aside, finish and make room for
    /// the next, diverge, are stopped by somebody else, and crash: whatever they do, all come to their end with their own answers. The same
    /// threads live all histories, because to start some takes longer than what they do here.
    /// </summary>
    [Fact]
    public void Whatever_lanes_do_none_waits_for_ever()
    {
        const int Histories = 1000;
        const int Most = 8;
        var failures = new ConcurrentBag<Exception>();
        var acts = new int[HistoryActs];
        var (history, pack, lanes) = (-1, (JetPack?)null, Array.Empty<PackLane>());
        var stops = new bool[Most];
        using var line = new Barrier(Most, _ =>
        {
            if (pack is { Living: > 0 })
            {
                failures.Add(new InvalidOperationException($"history {history} left {pack.Living} lanes"));
            }

            pack?.Dispose();
            pack = new(new NotingBackend());
            history++;
            Array.Clear(stops);
            lanes = [.. Enumerable.Range(0, 1 + new Random(history).Next(Most)).Select(_ => pack.Join())];
        });
        var threads = Enumerable.Range(0, Most).Select(number => new Thread(() =>
        {
            for (var i = 0; i < Histories; i++)
            {
                line.SignalAndWait();
                var random = new Random((history * 31) + number);
                for (var lane = number < lanes.Length ? lanes[number] : null; lane is not null;)
                {
                    var isFollowed = Live(lane, failures, pass => LiveTrial(pass, lane, random, stops, acts));
                    lane = isFollowed ? pack!.Join() : null;
                }
            }

            line.RemoveParticipant();
        }) { IsBackground = true }).ToArray();
        Array.ForEach(threads, thread => thread.Start());

        Assert.All(threads, thread => Assert.True(thread.Join(Limit), $"a lane waits for ever in history {history}"));
        Assert.Empty(failures);
        Assert.All(acts, times => Assert.InRange(times, 50, int.MaxValue));
    }

    private const int HistoryActs = 7;

    /// <summary>One trial in a lane; whether another one begins in its place.</summary>
    private static bool LiveTrial(ILossPass pass, PackLane lane, Random random, bool[] stops, int[] acts)
    {
        for (var step = random.Next(12); step > 0; step--)
        {
            if (Volatile.Read(ref stops[lane.Number % stops.Length]))
            {
                // Its checkpoint is written; it never comes back.
                _ = lane.Aside();
                return false;
            }

            Assert.Equal(Answer(lane.Number), Ask(pass));
            var act = random.Next(14);
            if (act < HistoryActs)
            {
                Interlocked.Increment(ref acts[act]);
            }

            switch (act)
            {
                case 0:
                    return random.Next(2) == 0;
                case 1:
                    throw new CrashException();
                case 2:
                    lane.Aside().Dispose();
                    break;
                case 3:
                    for (var calls = random.Next(1, 9); calls > 0; calls--)
                    {
                        Assert.Equal(Answer(lane.Number), Ask(pass));
                    }

                    break;
                case 4:
                    pass.Forward(new double[1], new double[1]);
                    break;
                case 5:
                    Assert.Throws<InvalidDataException>(() => pass.Run([], new double[1], [double.NaN], new double[1], []));
                    return false;
                case 6:
                    Volatile.Write(ref stops[random.Next(stops.Length)], true);
                    break;
            }
        }

        return false;
    }

    private static double Answer(int lane) => lane + 0.5;

    private static double Ask(ILossPass pass)
    {
        var losses = new double[1];
        pass.Run([], losses, new double[1], new double[1], []);
        return losses[0];
    }

    private static PackLane Lane(ILossPass pass) => Lanes.TryGetValue(pass, out var lane) ? lane : throw new InvalidOperationException("no such pass");

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<ILossPass, PackLane> Lanes = [];

    /// <summary>Every lane on a thread of its own; all have joined before the first begins.</summary>
    private static void Run(JetPack pack, int count, Action<int, ILossPass> live)
    {
        var lanes = Enumerable.Range(0, count).Select(_ => pack.Join()).ToArray();
        var failures = new ConcurrentBag<Exception>();
        var threads = lanes.Select((lane, number) => new Thread(() => Live(lane, failures, pass =>
        {
            live(number, pass);
            return false;
        })) { IsBackground = true }).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Assert.All(threads, thread => Assert.True(thread.Join(Limit), "a lane waits for ever"));
        Assert.Empty(failures);
    }

    /// <summary>A lane from its first pass to its end, whatever that is.</summary>
    private static bool Live(PackLane lane, ConcurrentBag<Exception> failures, Func<ILossPass, bool> live)
    {
        using (lane)
        {
            try
            {
                using var engine = lane.Create(Nothing, Precision.Float64, 0);
                using var pass = engine.CreatePass(new(JetLayout.ValuesOnly(1), 1, 0, [], [], []));
                Lanes.Add(pass, lane);
                return live(pass);
            }
            catch (CrashException)
            {
                // As a defect would: the lane is gone.
            }
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        }

        return false;
    }

    private sealed class CrashException : Exception;

    private sealed class NotingBackend : IPackBackend
    {
        private int _batches;

        public string Name => "noting";

        public ConcurrentQueue<(LaneWork Work, int[] Lanes)> Groups { get; } = [];

        public int? FailingLane { get; init; }

        public int? FailingBatch { get; init; }

        public IJetEngine CreateEngine(NetworkGraph network, Precision precision, int coefficients, Action<string>? note) => new EmptyEngine(network, precision);

        public void Run(IReadOnlyList<LaneRequest> group)
        {
            Groups.Enqueue((group[0].Work, [.. group.Select(request => request.Lane)]));
            if (++_batches == FailingBatch)
            {
                throw new IOException();
            }

            foreach (var request in group)
            {
                if (request.Lane == FailingLane || (request.Work == LaneWork.Run && double.IsNaN(request[2][0])))
                {
                    request.Fail(new InvalidDataException());
                }
                else if (request.Work == LaneWork.Run)
                {
                    request[1][0] = Answer(request.Lane);
                }
            }
        }

        public void Dispose()
        {
        }
    }

    private sealed class EmptyEngine(NetworkGraph network, Precision precision) : IJetEngine
    {
        public string Name => "empty";

        public NetworkGraph Network => network;

        public Precision Precision => precision;

        public void SetParameters(ReadOnlySpan<double> theta)
        {
        }

        public ILossPass CreatePass(ResidualProgram program) => new EmptyPass(program);

        public IJetTape CreateTape(JetLayout layout) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }

    private sealed class EmptyPass(ResidualProgram program) : ILossPass
    {
        public ResidualProgram Program => program;

        public int PointCount => 0;

        public void SetPoints(ReadOnlySpan<double> points)
        {
        }

        public void Run(ReadOnlySpan<double> pointWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals, Span<double> gradients) => throw new NotSupportedException();

        public void RunCombined(
            ReadOnlySpan<double> pointWeights, ReadOnlySpan<double> termWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals, Span<double> gradient) => throw new NotSupportedException();

        public void Jacobian(int residual, int first, Span<double> residuals, Span<double> rows) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
