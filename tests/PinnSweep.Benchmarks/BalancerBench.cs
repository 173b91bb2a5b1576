using System.Globalization;
using System.Text.Json;
using PinnSweep.Pinns;
using PinnSweep.Studies;

namespace PinnSweep.Benchmarks;

/// <summary>
/// Time and memory of a whole training step under each balancer against <c>static</c>: a Helmholtz problem of five terms (one for each edge), a 3 × 50 network, with the
/// method's own update interval and with interval 1. All methods take turns in blocks, and each counts by its fastest block, so a busy machine slows all alike.
/// </summary>
internal static class BalancerBench
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static int Run(string[] args)
    {
        var rounds = Option(args, "--rounds", 8);
        var steps = Option(args, "--steps", 60);
        var clock = new StepClock(processorTime: Array.IndexOf(args, "--clock") is >= 0 and var at && at + 1 < args.Length && args[at + 1] == "cpu");
        var rows = Levels().Select(level => new Contender(level)).ToList();
        try
        {
            rows.ForEach(row => row.Time(20, clock));
            rows.ForEach(row => row.Forget());
            for (var round = 0; round < rounds; round++)
            {
                rows.ForEach(row => row.Time(steps, clock));
            }

            Print(rows, args.Contains("--json"));
        }
        finally
        {
            rows.ForEach(row => row.Dispose());
        }

        return 0;
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

    private static void Print(List<Contender> rows, bool json)
    {
        var baseline = rows[0];
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                rows.Select(row => new { row.Balancer, row.Microseconds, Ratio = row.Microseconds / baseline.Microseconds, row.AllocatedBytes, row.StateBytes }),
                Json));
            return;
        }

        Console.WriteLine("balancer                                     µs/step   × static   bytes allocated/step   state bytes");
        foreach (var row in rows)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Balancer,-42} {row.Microseconds,9:F1} {row.Microseconds / baseline.Microseconds,10:F3} {row.AllocatedBytes,22:F0} {row.StateBytes,13}"));
        }
    }

    private static int Option(string[] args, string name, int standard)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : standard;
    }

    private sealed class Contender : IDisposable
    {
        private readonly Training _training;
        private long _steps;
        private long _bytes;

        public Contender(string balancer)
        {
            Balancer = balancer;
            var optimizer = balancer == "m-config" ? "sgd" : "adam";
            var text = $$"""
                study: bench
                seeds: 1
                precision: float32
                factors:
                  problem: [{kind: helmholtz, boundary: per-edge}]
                  network: [{kind: mlp, hidden: [50, 50, 50]}]
                  balancer: [{{balancer}}]
                  sampler: [{kind: uniform, interior: 1280, boundary: 512}]
                  optimizer: [{{optimizer}}]
                budget: {steps: 1000000}
                evaluate_every: 1000000
                """;
            var plan = Planner.Plan(StudyFile.Parse(text, "bench.yaml", PinnCatalogue.Instance), PinnCatalogue.Instance);
            _training = new(TrialAssembly.Create(plan.Trials[0].Description, "auto"), TimeProvider.System);
        }

        public string Balancer { get; }

        public double Microseconds { get; private set; } = double.PositiveInfinity;

        public double AllocatedBytes => (double)_bytes / _steps;

        /// <summary>What the balancer puts into a checkpoint.</summary>
        public long StateBytes
        {
            get
            {
                using var stream = new MemoryStream();
                using var writer = new StateWriter(stream);
                _training.Trial.Balancer.Save(writer);
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
