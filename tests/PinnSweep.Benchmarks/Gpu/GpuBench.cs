using System.Globalization;
using System.Text.Json;
using PinnSweep.Jets.Engines.Fused;
using PinnSweep.Jets.Engines.Gpu;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Engines.Torch.Batches;
using PinnSweep.Jets.Verification;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks.Gpu;

/// <summary>One row of <c>bench gpu</c>.</summary>
internal sealed record GpuRow(string Device, string Shape, string Precision, int Points, int Lanes, double TrialSteps, double Gflops, double Share);

/// <summary>
/// The engine of cards: first whether it computes what the others do, then how many steps of trials a second against the number of lanes.
/// Without a card the simulation runs a case of a few points, so that the command itself is tried everywhere; its times say nothing. With
/// <c>--torch DEVICE</c> the batches of the Torch engine in place of the kernels.
/// </summary>
internal static class GpuBench
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static int Run(ReadOnlySpan<string> args)
    {
        var (json, card, seconds, torch) = (false, 0, 0.7, (string?)null);
        int[] lanes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
        for (var i = 0; i < args.Length; i++)
        {
            string Value(ReadOnlySpan<string> all) => ++i < all.Length ? all[i] : throw new UserMistakeException($"{all[i - 1]} needs a value.");
            switch (args[i])
            {
                case "--json": json = true; break;
                case "--card": card = Counts.Of(Value(args), least: 0); break;
                case "--torch": torch = Value(args); break;
                case "--lanes": lanes = Counts.List(Value(args)); break;
                case "--seconds": seconds = Counts.Seconds(Value(args)); break;
                default: throw new UserMistakeException($"'{args[i]}' is no option of 'gpu'; there are --json, --card, --lanes, --seconds and --torch.");
            }
        }

        var absent = torch is null ? GpuBackend.WhyUnavailable(card) : torch == "cpu" ? "libtorch on cores was asked for" : null;
        if (absent is not null)
        {
            Console.Error.WriteLine($"No card: {absent}. {(torch is null ? "The simulation on the CPU" : "It")} runs a tiny case; its times say nothing about a card.");
            (lanes, seconds) = ([1, 2], 0);
        }

        using IPackBackend backend = torch is not null ? new TorchBackend(torch) : absent is null ? GpuBackend.Open(card) : GpuBackend.Simulate();
        var (points, width) = absent is null ? (2048, new[] { 50, 128 }) : (16, [8]);
        var right = Checks(backend, absent is null ? 20 : 2, width, absent is null ? 256 : 16);
        foreach (var row in width.SelectMany(w => Enum.GetValues<Precision>().SelectMany(precision => lanes.Select(count => (w, precision, count)))))
        {
            Console.WriteLine(Text(Time(backend, new($"4x{row.w}", ShapeNetwork.Mlp, 4, row.w, ShapeProblem.Burgers), row.precision, points, row.count, seconds), json));
        }

        return right ? 0 : 1;
    }

    /// <summary>Derivatives against power series, shapes against the engine of CPUs, lanes together against lanes alone.</summary>
    private static bool Checks(IPackBackend backend, int graphs, int[] widths, int points)
    {
        var right = true;
        void Say(bool passed, string what)
        {
            right &= passed;
            Console.WriteLine($"{(passed ? "ok    " : "FAILED")} {what}");
        }

        foreach (var check in DerivativeChecks.Run(backend is GpuBackend ? "cuda" : "torch", (network, coefficients, precision) => backend.CreateEngine(network, precision, coefficients, null), graphs))
        {
            Say(check.Passed, string.Create(CultureInfo.InvariantCulture, $"{check.Name}: {check.Error:g2} of {check.Limit:g2}"));
        }

        foreach (var (width, precision) in widths.SelectMany(width => Enum.GetValues<Precision>().Select(precision => (width, precision))))
        {
            EngineShape shape = new($"4x{width}", ShapeNetwork.Mlp, 4, width, ShapeProblem.Burgers);
            using var together = new GpuLanes(backend, shape, precision, points, 8);
            together.Step();
            using var alone = new GpuLanes(backend, shape, precision, points, 1, first: 5);
            alone.Step();
            Say(alone.Answer(0).AsSpan().SequenceEqual(together.Answer(5)), $"{shape.Name} {precision}: a lane of eight has the digits of one alone");
            var (error, limit) = (Error(shape, precision, points, alone.Answer(0)), precision == Precision.Float32 ? 1e-5 : 1e-12);
            Say(error <= limit, string.Create(CultureInfo.InvariantCulture, $"{shape.Name} {precision} against the engine of CPUs: {error:g2} of {limit:g2}"));
        }

        return right;
    }

    private static double Error(EngineShape shape, Precision precision, int points, double[] answer)
    {
        using var engine = new FusedJetEngine(shape.Graph(), precision);
        using var pass = engine.CreatePass(shape.Program());
        var stream = new RandomStream(6, "points");
        var (residuals, gradient) = (new double[points], new double[shape.Graph().ParameterCount]);
        engine.SetParameters(shape.Graph().Initialize(new RandomStream(6, "init")));
        pass.SetPoints([.. Enumerable.Range(0, 2 * points).Select(_ => (2 * stream.NextDouble()) - 1)]);
        pass.Run([], new double[1], new double[1], residuals, gradient);
        return Math.Max(Error(residuals, answer.AsSpan(2, points)), Error(gradient, answer.AsSpan(2 + points)));
    }

    private static double Error(double[] expected, ReadOnlySpan<double> actual)
    {
        var (largest, scale) = (0.0, 1.0);
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i] - actual[i]));
            scale = Math.Max(scale, Math.Abs(expected[i]));
        }

        return largest / scale;
    }

    private static GpuRow Time(IPackBackend backend, EngineShape shape, Precision precision, int points, int count, double seconds)
    {
        using var lanes = new GpuLanes(backend, shape, precision, points, count);
        var trialSteps = count * lanes.Rate(seconds);
        var gflops = Arithmetic.Operations(shape.Graph(), shape.Program().Layout, points) * trialSteps / 1e9;
        return new(backend.Name, shape.Name, precision.ToString(), points, count, trialSteps, gflops, gflops / (backend is GpuBackend card ? CardRate.Gflops(card.Device, precision) : double.NaN));
    }

    private static string Text(GpuRow row, bool json) => json
        ? JsonSerializer.Serialize(row, Json)
        : string.Create(CultureInfo.InvariantCulture, $"{row.Shape,-8}{row.Precision,-9}{row.Points,6} points {row.Lanes,5} lanes {row.TrialSteps,12:f1} trial-steps/s {row.Gflops,10:f1} GFLOP/s {row.Share,8:p1} of the card's rate");
}
