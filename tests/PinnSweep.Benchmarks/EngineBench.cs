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

/// <summary>
/// One row of <c>bench engine</c>: times are medians of a step in milliseconds, rates are of one core. Nested autograd has a tuned allocator,
/// where there is one to tune, and for comparison the one that comes; the speed-up is over the first. The rate of the matrix product is the
/// faster one of libtorch's and OpenBLAS's, where there is one.
/// </summary>
internal sealed record EngineRow(
    string Shape,
    int Points,
    string Precision,
    int Threads,
    double NestedMs,
    double NestedDefaultMs,
    double TorchMs,
    double FusedMs,
    double Speedup,
    double Gflops,
    double GemmGflops,
    double TorchGemmGflops,
    double? OpenBlasGflops);

/// <summary>
/// Times nested autograd, the Torch engine, the fused engine and the machine's matrix products side by side: one trial on each thread, all
/// threads in the same contender at the same time, contenders in turn within each round, medians over rounds. Nested autograd runs in
/// processes that wait between their turns, one for each trial and allocator.
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

    /// <summary>What <c>bench resampling</c> adds.</summary>
    public static EngineShape AllenCahn { get; } = new("allen-cahn", ShapeNetwork.Mlp, 4, 128, ShapeProblem.AllenCahn);

    /// <summary>The shapes whose geometric mean is the engine's headline.</summary>
    private static readonly string[] Headline = ["4x50", "8x20", "4x50-large", "4x128"];

    public static int Run(ReadOnlySpan<string> args)
    {
        var json = false;
        string? only = null;
        Precision[] precisions = [Precision.Float32, Precision.Float64];
        int[] threads = [Environment.ProcessorCount];
        var rounds = 15;
        var clock = "wall";
        for (var i = 0; i < args.Length; i++)
        {
            string Value(ReadOnlySpan<string> all) => ++i < all.Length ? all[i] : throw new UserMistakeException($"{all[i - 1]} needs a value.");
            switch (args[i])
            {
                case "--json": json = true; break;
                case "--shape": only = Value(args); break;
                case "--precision": precisions = [PrecisionOf(Value(args))]; break;
                case "--threads": threads = Counts.List(Value(args)); break;
                case "--rounds": rounds = Counts.Of(Value(args)); break;
                case "--clock": clock = Value(args); break;
                default: throw new UserMistakeException($"'{args[i]}' is no option of 'engine'; there are --json, --shape, --precision, --threads, --rounds and --clock.");
            }
        }

        _ = StepClock.Of(clock);
        var rows = new List<EngineRow>();
        if (!json)
        {
            Console.WriteLine($"{"shape",-14}{"points",7} {"precision",-10}{"threads",8}{"nested ms",11}{"(default)",11}{"torch ms",10}{"fused ms",10}{"speed-up",10}{"GFLOP/s",9}{"of gemm",9}");
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
                            $"{row.Shape,-14}{row.Points,7} {row.Precision,-10}{row.Threads,8}{row.NestedMs,11:f2}{row.NestedDefaultMs,11:f2}{row.TorchMs,10:f2}{row.FusedMs,10:f2}{row.Speedup,10:f2}{row.Gflops,9:f1}{row.Gflops / row.GemmGflops,9:p0}"));
                    }
                }
            }
        }

        Console.WriteLine(json ? JsonSerializer.Serialize(rows, Json) : Summary(rows));
        return 0;
    }

    private static EngineRow Time(EngineShape shape, int points, Precision precision, int threads, int rounds, string clock)
    {
        var graph = shape.Graph();
        var program = shape.Program();
        var contenders = Enumerable.Range(0, threads).Select(thread => Contenders(shape, graph, precision, points, thread, clock)).ToArray();
        var times = contenders[0].ToDictionary(contender => contender.Kind, _ => new double[threads * rounds]);
        using var barrier = new Barrier(threads);
        var workers = Enumerable.Range(0, threads).Select(thread => new Thread(() => Work(contenders[thread], thread, rounds, times, barrier))).ToArray();
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        foreach (var (_, timer) in contenders.SelectMany(set => set))
        {
            timer.Dispose();
        }

        var medians = times.ToDictionary(entry => entry.Key, entry => Arithmetic.Median(entry.Value));
        var nested = medians[medians.ContainsKey(Kind.NestedTuned) ? Kind.NestedTuned : Kind.NestedDefault];
        var torchProduct = MatrixContender.Operations / medians[Kind.TorchProduct] / 1e6;
        double? openBlas = medians.TryGetValue(Kind.OpenBlasProduct, out var product) ? MatrixContender.Operations / product / 1e6 : null;
        var operations = Arithmetic.Operations(graph, program.Layout, points) + Arithmetic.Operations(graph, JetLayout.ValuesOnly(2), shape.BoundaryPoints);
        return new(
            shape.Name,
            points,
            precision == Precision.Float64 ? "float64" : "float32",
            threads,
            nested,
            medians[Kind.NestedDefault],
            medians[Kind.Torch],
            medians[Kind.Fused],
            nested / medians[Kind.Fused],
            operations / medians[Kind.Fused] / 1e6,
            Math.Max(torchProduct, openBlas ?? 0),
            torchProduct,
            openBlas);
    }

    private static void Work((Kind Kind, IStepTimer Timer)[] contenders, int thread, int rounds, Dictionary<Kind, double[]> times, Barrier barrier)
    {
        var steps = Array.ConvertAll(contenders, contender => contender.Timer.WarmUp(WarmUpMilliseconds, SliceMilliseconds));
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                barrier.SignalAndWait();
                times[contenders[i].Kind][(thread * rounds) + round] = contenders[i].Timer.Time(steps[i]);
            }
        }
    }

    private static (Kind Kind, IStepTimer Timer)[] Contenders(EngineShape shape, NetworkGraph graph, Precision precision, int count, int thread, string clock)
    {
        var theta = graph.Initialize(new RandomStream(1, "init"));
        IStepTimer Here(IContender contender) => new ContenderTimer(contender, StepClock.Of(clock));
        IStepTimer Nested(bool tuned) => NestedBench.Start(shape.Name, count, precision, thread, clock, tuned);
        ShapePoints Points() => new(shape, count, thread);
        return
        [
            .. Allocator.IsTunable ? [(Kind.NestedTuned, Nested(tuned: true))] : ReadOnlySpan<(Kind, IStepTimer)>.Empty,
            (Kind.NestedDefault, Nested(tuned: false)),
            (Kind.Torch, Here(new EngineContender(new TorchJetEngine(graph, 0, precision), shape, Points(), theta))),
            (Kind.Fused, Here(new EngineContender(new FusedJetEngine(graph, precision), shape, Points(), theta))),
            (Kind.TorchProduct, Here(new MatrixContender(precision))),
            .. OpenBlas.IsPresent ? [(Kind.OpenBlasProduct, Here(new OpenBlasContender(precision)))] : ReadOnlySpan<(Kind, IStepTimer)>.Empty,
        ];
    }

    private static string Summary(List<EngineRow> rows)
    {
        var lines = rows.Where(row => Headline.Contains(row.Shape)).GroupBy(row => (row.Precision, row.Threads)).Select(group => string.Create(
            CultureInfo.InvariantCulture,
            $"{group.Key.Precision}, {group.Key.Threads} trials at once: speed-up {Math.Exp(group.Average(row => Math.Log(row.Speedup))):f2} over the perceptrons (geometric mean), at least {group.Min(row => row.Speedup):f2}"));
        var allocator = Allocator.IsTunable ? $"nested autograd with {Allocator.Tuned}, and with none of these" : "nested autograd with the allocator as it is: only glibc's has settings that are known here";
        return string.Join(Environment.NewLine, [.. lines, allocator, OpenBlas.Description]);
    }

    /// <summary>A shape by its name.</summary>
    public static EngineShape ShapeOf(string name) => Shapes.Select(entry => entry.Shape).Append(AllenCahn).FirstOrDefault(shape => shape.Name == name)
        ?? throw new UserMistakeException($"'{name}' is no shape; there are {string.Join(", ", Shapes.Select(entry => entry.Shape.Name))}.");

    /// <summary>A precision by its word.</summary>
    public static Precision PrecisionOf(string word) => word switch
    {
        "float32" => Precision.Float32,
        "float64" => Precision.Float64,
        _ => throw new UserMistakeException($"'{word}' is no precision; there are float32 and float64."),
    };

    private enum Kind
    {
        NestedTuned,
        NestedDefault,
        Torch,
        Fused,
        TorchProduct,
        OpenBlasProduct,
    }
}
