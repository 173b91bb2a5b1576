using System.Globalization;
using System.Text.Json;
using PinnSweep.Jets.Engines.Fused;
using PinnSweep.Jets.Engines.Torch;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks;

/// <summary>One row of <c>bench engine</c>: times are medians of a step in milliseconds, rates are of one core.</summary>
internal sealed record EngineRow(
    string Shape, int Points, string Precision, int Threads, double NestedMs, double TorchMs, double FusedMs, double Speedup, double Gflops, double GemmGflops);

/// <summary>
/// Times nested autograd, the Torch engine, the fused engine and the machine's matrix product side by side: one process, one trial on each
/// thread, all threads in the same contender at the same time, contenders in turn within each round, medians over rounds.
/// </summary>
internal static class EngineBench
{
    private const double SliceMilliseconds = 40;
    private const double WarmUpMilliseconds = 400;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly (EngineShape Shape, int Points)[] Shapes =
    [
        (new("4x50", ShapeNetwork.Mlp, 4, 50, ShapeProblem.Burgers), 2048),
        (new("8x20", ShapeNetwork.Mlp, 8, 20, ShapeProblem.Burgers), 10048),
        (new("4x50-large", ShapeNetwork.Mlp, 4, 50, ShapeProblem.Burgers), 10048),
        (new("4x128", ShapeNetwork.Mlp, 4, 128, ShapeProblem.Burgers), 4096),
        (new("plate", ShapeNetwork.Mlp, 4, 50, ShapeProblem.Plate), 1024),
        (new("modified-mlp", ShapeNetwork.ModifiedMlp, 4, 50, ShapeProblem.Burgers), 2048),
        (new("piratenet", ShapeNetwork.PirateNet, 2, 64, ShapeProblem.Burgers), 2048),
        (new("resampled", ShapeNetwork.Mlp, 4, 50, ShapeProblem.Helmholtz), 128),
    ];

    /// <summary>The shapes whose geometric mean is the engine's headline.</summary>
    private static readonly string[] Headline = ["4x50", "8x20", "4x50-large", "4x128"];

    public static int Run(ReadOnlySpan<string> args)
    {
        var json = false;
        string? only = null;
        Precision[] precisions = [Precision.Float32, Precision.Float64];
        int[] threads = [Environment.ProcessorCount];
        var rounds = 15;
        var clock = StepClock.Of("wall");
        for (var i = 0; i < args.Length; i++)
        {
            string Value(ReadOnlySpan<string> all) => ++i < all.Length ? all[i] : throw new UserMistakeException($"{all[i - 1]} needs a value.");
            switch (args[i])
            {
                case "--json": json = true; break;
                case "--shape": only = Value(args); break;
                case "--precision": precisions = [PrecisionOf(Value(args))]; break;
                case "--threads": threads = [.. Value(args).Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))]; break;
                case "--rounds": rounds = int.Parse(Value(args), CultureInfo.InvariantCulture); break;
                case "--clock": clock = StepClock.Of(Value(args)); break;
                default: throw new UserMistakeException($"'{args[i]}' is no option of 'engine'; there are --json, --shape, --precision, --threads, --rounds and --clock.");
            }
        }

        var rows = new List<EngineRow>();
        if (!json)
        {
            Console.WriteLine($"{"shape",-14}{"points",7} {"precision",-10}{"threads",8}{"nested ms",11}{"torch ms",10}{"fused ms",10}{"speed-up",10}{"GFLOP/s",9}{"of gemm",9}");
        }

        foreach (var count in threads)
        {
            foreach (var precision in precisions)
            {
                foreach (var (shape, points) in Shapes.Where(entry => only is null || entry.Shape.Name == only))
                {
                    var row = Time(shape, points, precision, count, rounds, clock);
                    rows.Add(row);
                    if (!json)
                    {
                        Console.WriteLine(string.Create(
                            CultureInfo.InvariantCulture,
                            $"{row.Shape,-14}{row.Points,7} {row.Precision,-10}{row.Threads,8}{row.NestedMs,11:f2}{row.TorchMs,10:f2}{row.FusedMs,10:f2}{row.Speedup,10:f2}{row.Gflops,9:f1}{row.Gflops / row.GemmGflops,9:p0}"));
                    }
                }
            }
        }

        Console.WriteLine(json ? JsonSerializer.Serialize(rows, Json) : Summary(rows));
        return 0;
    }

    private static EngineRow Time(EngineShape shape, int points, Precision precision, int threads, int rounds, StepClock clock)
    {
        var graph = shape.Graph();
        var program = shape.Program();
        var contenders = Enumerable.Range(0, threads).Select(thread => Contenders(shape, graph, precision, () => new(shape, points, thread))).ToArray();
        var kinds = contenders[0].Length;
        var times = Enumerable.Range(0, kinds).Select(_ => new double[threads * rounds]).ToArray();
        using var barrier = new Barrier(threads);
        var workers = Enumerable.Range(0, threads).Select(thread => new Thread(() => Work(contenders[thread], thread, rounds, times, barrier, clock))).ToArray();
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        foreach (var contender in contenders.SelectMany(set => set))
        {
            contender.Dispose();
        }

        var medians = times.Select(Arithmetic.Median).ToArray();
        return new(
            shape.Name,
            points,
            precision == Precision.Float64 ? "float64" : "float32",
            threads,
            medians[0],
            medians[1],
            medians[2],
            medians[0] / medians[2],
            (Arithmetic.Operations(graph, program.Layout, points) + Arithmetic.Operations(graph, JetLayout.ValuesOnly(2), shape.BoundaryPoints)) / medians[2] / 1e6,
            MatrixContender.Operations / medians[3] / 1e6);
    }

    private static void Work(IContender[] contenders, int thread, int rounds, double[][] times, Barrier barrier, StepClock clock)
    {
        var steps = new int[contenders.Length];
        for (var kind = 0; kind < contenders.Length; kind++)
        {
            // Until the runtime has compiled every method for good.
            for (var begin = clock.Now; clock.Now - begin < WarmUpMilliseconds;)
            {
                contenders[kind].Step();
            }

            var start = clock.Now;
            contenders[kind].Step();
            steps[kind] = Math.Max(1, (int)(SliceMilliseconds / (clock.Now - start)));
        }

        for (var round = 0; round < rounds; round++)
        {
            for (var kind = 0; kind < contenders.Length; kind++)
            {
                barrier.SignalAndWait();
                var start = clock.Now;
                for (var step = 0; step < steps[kind]; step++)
                {
                    contenders[kind].Step();
                }

                times[kind][(thread * rounds) + round] = (clock.Now - start) / steps[kind];
            }
        }
    }

    private static IContender[] Contenders(EngineShape shape, NetworkGraph graph, Precision precision, Func<ShapePoints> points)
    {
        var theta = graph.Initialize(new RandomStream(1, "init"));
        return
        [
            new NestedContender(shape, precision, points(), theta),
            new EngineContender(new TorchJetEngine(graph, 0, precision), shape, points(), theta),
            new EngineContender(new FusedJetEngine(graph, precision), shape, points(), theta),
            new MatrixContender(precision),
        ];
    }

    private static string Summary(List<EngineRow> rows)
    {
        var lines = rows.Where(row => Headline.Contains(row.Shape)).GroupBy(row => (row.Precision, row.Threads)).Select(group => string.Create(
            CultureInfo.InvariantCulture,
            $"{group.Key.Precision}, {group.Key.Threads} trials at once: speed-up {Math.Exp(group.Average(row => Math.Log(row.Speedup))):f2} over the perceptrons (geometric mean), at least {group.Min(row => row.Speedup):f2}"));
        return string.Join(Environment.NewLine, lines);
    }

    private static Precision PrecisionOf(string word) => word switch
    {
        "float32" => Precision.Float32,
        "float64" => Precision.Float64,
        _ => throw new UserMistakeException($"'{word}' is no precision; there are float32 and float64."),
    };
}
