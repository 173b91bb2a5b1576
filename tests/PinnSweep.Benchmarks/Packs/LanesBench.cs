using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks.Packs;

/// <summary>One row of <c>bench lanes</c>: medians over rounds, in microseconds a lane and step.</summary>
/// <param name="Lanes">Lanes that meet.</param>
/// <param name="Steps">Steps of a round.</param>
/// <param name="WallUs">By the wall's clock.</param>
/// <param name="ProcessorUs">Of processor time, all cores together: what other work on the machine changes less.</param>
internal sealed record LanesRow(int Lanes, int Steps, double WallUs, double ProcessorUs);

/// <summary>What it costs that lanes meet: their backend answers at once, so nothing else is measured.</summary>
internal static class LanesBench
{
    private const double TargetUs = 10;
    private static readonly EngineShape Shape = new("4x50", ShapeNetwork.Mlp, 4, 50, ShapeProblem.Burgers);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static int Run(ReadOnlySpan<string> args)
    {
        var (json, rounds, steps) = (false, 9, 200);
        int[] counts = [1, 16, 64, 512];
        for (var i = 0; i < args.Length; i++)
        {
            string Value(ReadOnlySpan<string> all) => ++i < all.Length ? all[i] : throw new UserMistakeException($"{all[i - 1]} needs a value.");
            switch (args[i])
            {
                case "--json": json = true; break;
                case "--rounds": rounds = Counts.Of(Value(args)); break;
                case "--steps": steps = Counts.Of(Value(args)); break;
                case "--lanes": counts = Counts.List(Value(args)); break;
                default: throw new UserMistakeException($"'{args[i]}' is no option of 'lanes'; there are --json, --lanes, --rounds and --steps.");
            }
        }

        foreach (var count in counts)
        {
            var row = Measure(count, steps, rounds);
            Console.WriteLine(json
                ? JsonSerializer.Serialize(row, Json)
                : string.Create(CultureInfo.InvariantCulture, $"{row.Lanes,5} lanes on {Environment.ProcessorCount} cores: {row.WallUs,7:f2} µs a lane and step, {row.ProcessorUs,7:f2} µs of processors (target {TargetUs} µs)"));
        }

        return 0;
    }

    private static LanesRow Measure(int count, int steps, int rounds)
    {
        using var pack = new JetPack(new InstantBackend());
        var (network, program) = (Shape.Graph(), Shape.Program());
        var lanes = Enumerable.Range(0, count).Select(_ => pack.Join()).ToArray();
        using var line = new Barrier(count + 1);
        var threads = lanes.Select(lane => new Thread(() =>
        {
            using (lane)
            {
                using var engine = lane.Create(network, Precision.Float64, 0);
                using var pass = engine.CreatePass(program);
                var one = new double[1];
                // The first round warms up.
                for (var round = 0; round <= rounds; round++)
                {
                    line.SignalAndWait();
                    for (var step = 0; step < steps; step++)
                    {
                        pass.Run([], one, one, one, []);
                    }

                    line.SignalAndWait();
                }
            }
        }, maxStackSize: 256 << 10) { IsBackground = true }).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        var (wall, processor) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            line.SignalAndWait();
            var (clock, used) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            line.SignalAndWait();
            if (round > 0)
            {
                wall.Add(clock.Elapsed.TotalMicroseconds / ((double)steps * count));
                processor.Add((Environment.CpuUsage.TotalTime - used).TotalMicroseconds / ((double)steps * count));
            }
        }

        Array.ForEach(threads, thread => thread.Join());
        return new(count, steps, Median(wall), Median(processor));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
