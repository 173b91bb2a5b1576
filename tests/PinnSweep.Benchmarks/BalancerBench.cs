using System.Globalization;
using System.Text.Json;
using PinnSweep.Methods.Balancers;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Values;
using PinnSweep.Training;

namespace PinnSweep.Benchmarks;

/// <summary>
/// Time and memory of a whole training step under each balancer against <c>static</c>, with the method's own update interval and with
/// interval 1, and whether the cost contract is kept (<see cref="CostBound"/>). On a Helmholtz problem of two terms and a wave problem of
/// four, each with a 3 × 50 network. All methods of a problem take turns in blocks, and each counts by its fastest block, so a busy machine
/// slows all alike.
/// </summary>
internal static class BalancerBench
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    // The same number of points, 1,792, so that both weigh the balancer against a step of the same order.
    private static readonly (string Name, string Level, string Sampler)[] Problems =
    [
        ("helmholtz, 2 terms", "helmholtz", "{kind: uniform, interior: 1280, boundary: 512}"),
        ("wave, 4 terms", "wave", "{kind: uniform, interior: 1280, boundary: 256, initial: 256}"),
    ];

    public static int Run(string[] args)
    {
        var rounds = Option(args, "--rounds", 8);
        var steps = Option(args, "--steps", 60);
        var only = Array.IndexOf(args, "--only") is >= 0 and var filter && filter + 1 < args.Length ? args[filter + 1].Split(',') : null;
        var clock = StepClock.Of(Array.IndexOf(args, "--clock") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : "wall");
        var tables = Problems.Select(problem => (problem.Name, Rows: Measure(problem.Level, problem.Sampler, rounds, steps, clock, only))).ToList();
        if (args.Contains("--json"))
        {
            Console.WriteLine(JsonSerializer.Serialize(tables.Select(table => new { Problem = table.Name, table.Rows }), Json));
            return 0;
        }

        foreach (var (name, rows) in tables)
        {
            Console.WriteLine($"{name,-44} µs/step   × static   bound          allocated/step    memory × static    state bytes");
            foreach (var row in rows)
            {
                var verdict = row.Bound is not { } bound ? "" : string.Create(CultureInfo.InvariantCulture, $"≤ {bound:0.00} {(row.Ratio <= bound ? "kept" : "OVER")}");
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Balancer,-42} {row.Microseconds,9:F1} {row.Ratio,10:F3}   {verdict,-12} {row.AllocatedBytes,16:F0} {row.Memory,18:F3} {row.StateBytes,14}"));
            }

            Console.WriteLine();
        }

        return 0;
    }

    private static List<Row> Measure(string problem, string sampler, int rounds, int steps, StepClock clock, string[]? only)
    {
        var contenders = Levels().Where(level => only is null || level == "static" || only.Any(kind => level.Contains(kind, StringComparison.Ordinal)))
            .Select(level => new Contender(level, problem, sampler)).ToList();
        try
        {
            contenders.ForEach(contender => contender.Time(20, clock));
            contenders.ForEach(contender => contender.Forget());
            for (var round = 0; round < rounds; round++)
            {
                contenders.ForEach(contender => contender.Time(steps, clock));
            }

            var baseline = contenders[0];
            return [.. contenders.Select(contender => new Row(
                contender.Balancer,
                contender.Microseconds,
                contender.Microseconds / baseline.Microseconds,
                CostBound.Of(contender.Level),
                contender.AllocatedBytes,
                (double)contender.HeldBytes / baseline.HeldBytes,
                contender.StateBytes))];
        }
        finally
        {
            contenders.ForEach(contender => contender.Dispose());
        }
    }

    private static IEnumerable<string> Levels()
    {
        yield return "static";
        foreach (var method in BalancerCatalog.All.Select(entry => entry.Method).Where(method => method.Kind != "static"))
        {
            yield return method.Kind;
            if (method.Parameters.FirstOrDefault(parameter => parameter.Name == "interval") is { Default: SpecValue.Number { Value: > 1 } })
            {
                yield return $"{{kind: {method.Kind}, interval: 1}}";
            }

            if (method.Parameters.Any(parameter => parameter.Name == "residuals"))
            {
                yield return $"{{kind: {method.Kind}, residuals: previous}}";
            }
        }
    }

    private static int Option(string[] args, string name, int standard)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? Counts.Of(args[at + 1]) : standard;
    }

    /// <param name="Balancer">The level.</param>
    /// <param name="Microseconds">Of the fastest block, a step.</param>
    /// <param name="Ratio">Against static.</param>
    /// <param name="Bound">The most that the ratio may be; null for static.</param>
    /// <param name="AllocatedBytes">Managed, a step.</param>
    /// <param name="Memory">Managed memory that the whole training holds, against static.</param>
    /// <param name="StateBytes">What the balancer puts into a checkpoint.</param>
    private sealed record Row(string Balancer, double Microseconds, double Ratio, double? Bound, double AllocatedBytes, double Memory, long StateBytes);

    private sealed class Contender : IDisposable
    {
        private readonly TrainingLoop _training;
        private long _steps;
        private long _bytes;

        public Contender(string balancer, string problem, string sampler)
        {
            Balancer = balancer;
            var optimizer = balancer is "m-config" or "multiadam" ? "sgd" : "adam";
            var description = BenchTrial.Of(problem, "[50, 50, 50]", balancer, sampler, optimizer);
            Level = description.Levels.Balancer;
            var before = GC.GetTotalMemory(forceFullCollection: true);
            _training = new(PinnTrials.Assemble(description, "auto"), TimeProvider.System);
            _training.Advance();
            HeldBytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        }

        public string Balancer { get; }

        public Level Level { get; }

        public double Microseconds { get; private set; } = double.PositiveInfinity;

        public double AllocatedBytes => (double)_bytes / _steps;

        public long HeldBytes { get; }

        public long StateBytes
        {
            get
            {
                using var stream = new MemoryStream();
                using var writer = new StateWriter(stream);
                _training.Trial.Balancer.State(writer);
                return stream.Length;
            }
        }

        public void Time(int steps, StepClock clock)
        {
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var start = clock.Now;
            for (var step = 0; step < steps; step++)
            {
                _training.Advance();
            }

            Microseconds = Math.Min(Microseconds, 1000 * (clock.Now - start) / steps);
            _bytes += GC.GetAllocatedBytesForCurrentThread() - bytes;
            _steps += steps;
        }

        public void Forget() => (Microseconds, _bytes, _steps) = (double.PositiveInfinity, 0, 0);

        public void Dispose() => _training.Dispose();
    }
}
