using System.Globalization;
using System.Text.Json;
using PinnSweep.Jets.Engines;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials;
using PinnSweep.Training;
using PinnSweep.Training.Preparation;

namespace PinnSweep.Benchmarks;

/// <summary>One row of <c>bench step</c>: medians in microseconds on one core.</summary>
/// <param name="Name">What is trained.</param>
/// <param name="StepUs">A whole training step: points, passes, balancer, optimizer.</param>
/// <param name="NetworkUs">The passes alone: new parameters, losses, residuals and a gradient for each term.</param>
/// <param name="ArithmeticUs">What the matrix products of the passes would take at the rate of the machine's faster matrix library.</param>
/// <param name="ShareBound">The most that the part of the step that is not network may be.</param>
/// <param name="ArithmeticBound">The most that the step may be of its arithmetic, where that is bounded.</param>
internal sealed record StepRow(string Name, double StepUs, double NetworkUs, double ArithmeticUs, double ShareBound, double? ArithmeticBound)
{
    public double NotNetwork => Math.Max(0, 1 - (NetworkUs / StepUs));

    public double OfArithmetic => StepUs / ArithmeticUs;
}

/// <summary>
/// Where a training step goes: the whole step, its passes alone and the machine's matrix products, of which the faster counts, in turns on one
/// thread, medians over rounds.
/// </summary>
internal static class StepBench
{
    private const double SliceMilliseconds = 40;
    private const double WarmUpMilliseconds = 600;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    // The last is the setting of Wang, Teng, Perdikaris (2021): 128 points of the residual and of each side, drawn anew each step.
    private static readonly (string Name, string Problem, string Network, string Balancer, string Sampler, double Share, double? Arithmetic)[] Shapes =
    [
        ("4x50, 2,048 points", "burgers", "[50, 50, 50, 50]", "static", "{kind: uniform, interior: 2048, boundary: 128, initial: 128}", 0.15, null),
        ("8x20, 10,048 points", "burgers", "[20, 20, 20, 20, 20, 20, 20, 20]", "static", "{kind: uniform, interior: 10048, boundary: 128, initial: 128}", 0.15, null),
        ("4x50, 10,048 points", "burgers", "[50, 50, 50, 50]", "static", "{kind: uniform, interior: 10048, boundary: 128, initial: 128}", 0.15, null),
        ("4x128, 4,096 points", "burgers", "[128, 128, 128, 128]", "static", "{kind: uniform, interior: 4096, boundary: 128, initial: 128}", 0.15, null),
        ("4x50, 2,048 redrawn", "burgers", "[50, 50, 50, 50]", "learning-rate-annealing", "{kind: uniform, interior: 2048, boundary: 128, initial: 128, resample_every: 1}", 0.15, null),
        ("4x50, 128 a side redrawn", "helmholtz", "[50, 50, 50, 50]", "learning-rate-annealing", "{kind: uniform, interior: 128, boundary: 512, resample_every: 1}", 0.40, 2),
    ];

    public static int Run(ReadOnlySpan<string> args)
    {
        var (json, rounds, clock) = (false, 15, StepClock.Of("wall"));
        for (var i = 0; i < args.Length; i++)
        {
            string Value(ReadOnlySpan<string> all) => ++i < all.Length ? all[i] : throw new UserMistakeException($"{all[i - 1]} needs a value.");
            switch (args[i])
            {
                case "--json": json = true; break;
                case "--rounds": rounds = Counts.Of(Value(args)); break;
                case "--clock": clock = StepClock.Of(Value(args)); break;
                default: throw new UserMistakeException($"'{args[i]}' is no option of 'step'; there are --json, --rounds and --clock.");
            }
        }

        var rows = Shapes.Select(shape => Time(shape.Name, BenchTrial.Of(shape.Problem, shape.Network, shape.Balancer, shape.Sampler), shape.Share, shape.Arithmetic, rounds, clock));
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(rows, Json));
            return 0;
        }

        Console.WriteLine($"{"",-26}{"step µs",10}{"network µs",12}{"not network",13}{"",16}{"at gemm's rate µs",19}{"step ÷ that",13}");
        foreach (var row in rows)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Name,-26}{row.StepUs,10:f0}{row.NetworkUs,12:f0}{row.NotNetwork,13:p1}   {Verdict(row.NotNetwork, row.ShareBound),-13}{row.ArithmeticUs,19:f0}{row.OfArithmetic,13:f2}   {Verdict(row.OfArithmetic, row.ArithmeticBound)}"));
        }

        Console.WriteLine(OpenBlas.Description);
        return 0;
    }

    private static string Verdict(double value, double? bound) =>
        bound is null ? "" : string.Create(CultureInfo.InvariantCulture, $"≤ {bound:0.00} {(value <= bound ? "kept" : "OVER")}");

    private static StepRow Time(string name, TrialDescription description, double share, double? arithmetic, int rounds, StepClock clock)
    {
        using var training = new TrainingContender(description);
        using var passes = new Passes(description);
        using var product = new MatrixContender(Precision.Float32);
        using var other = OpenBlas.IsPresent ? new OpenBlasContender(Precision.Float32) : null;
        IContender[] contenders = [training, passes, product, .. other is null ? ReadOnlySpan<IContender>.Empty : [other]];
        var slices = contenders.Select(contender => Slice(contender, clock)).ToArray();
        var times = contenders.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var kind = 0; kind < contenders.Length; kind++)
            {
                var start = clock.Now;
                for (var step = 0; step < slices[kind]; step++)
                {
                    contenders[kind].Step();
                }

                times[kind][round] = 1000 * (clock.Now - start) / slices[kind];
            }
        }

        var medians = times.Select(Arithmetic.Median).ToArray();
        return new(name, medians[0], medians[1], passes.Operations / (MatrixContender.Operations / medians[2..].Min()), share, arithmetic);
    }

    /// <summary>Steps of a slice, after the runtime has compiled every method for good.</summary>
    private static int Slice(IContender contender, StepClock clock)
    {
        for (var begin = clock.Now; clock.Now - begin < WarmUpMilliseconds;)
        {
            contender.Step();
        }

        var start = clock.Now;
        contender.Step();
        return Math.Max(1, (int)(SliceMilliseconds / (clock.Now - start)));
    }

    private sealed class Passes : IContender
    {
        private readonly TrialAssembly _trial;
        private readonly ILossPass[] _passes;
        private readonly double[] _residuals;
        private readonly double[] _gradient;
        private readonly double[] _losses = new double[1];
        private readonly double[] _weighted = new double[1];

        public Passes(TrialDescription description)
        {
            _trial = PinnTrials.Assemble(description, "fused");
            _passes = [.. _trial.Problem.Terms.Select(term => _trial.Engine.CreatePass(_trial.Problem.Compile([term])))];
            for (var k = 0; k < _passes.Length; k++)
            {
                _passes[k].SetPoints(_trial.Sampler.Points(k));
                Operations += Arithmetic.Operations(_trial.Engine.Network, _passes[k].Program.Layout, _passes[k].PointCount);
            }

            _residuals = new double[_passes.Max(pass => pass.PointCount)];
            _gradient = new double[_trial.Theta.Length];
        }

        public double Operations { get; }

        public void Step()
        {
            _trial.Engine.SetParameters(_trial.Theta);
            foreach (var pass in _passes)
            {
                pass.Run([], _losses, _weighted, _residuals.AsSpan(0, pass.PointCount), _gradient);
            }
        }

        public void Dispose()
        {
            Array.ForEach(_passes, pass => pass.Dispose());
            _trial.Probe.Dispose();
            _trial.Engine.Dispose();
        }
    }
}
