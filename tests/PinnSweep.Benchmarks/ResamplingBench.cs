using System.Globalization;
using System.Text.Json;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks;

/// <summary>
/// The row of <c>bench resampling</c>: medians in milliseconds. A round of ours is what it adds to the step that it comes before: candidates,
/// their residuals, the choice, the new points. A step of nested autograd has no optimizer.
/// </summary>
internal sealed record ResamplingRow(int Candidates, int Every, double StepMs, double RoundMs, double NestedStepMs, double NestedRoundMs)
{
    /// <summary>A round in steps, ours.</summary>
    public double RoundSteps => RoundMs / StepMs;

    /// <summary>A round in steps of nested autograd.</summary>
    public double NestedRoundSteps => NestedRoundMs / NestedStepMs;

    /// <summary>Nested autograd's time over ours, of as many steps as lie between rounds and one round.</summary>
    public double Speedup => ((Every * NestedStepMs) + NestedRoundMs) / ((Every * StepMs) + RoundMs);

    /// <summary>The same without rounds.</summary>
    public double SpeedupWithout => NestedStepMs / StepMs;
}

/// <summary>
/// What RAD costs: Allen–Cahn, 4 × 128, 4,096 points, one thread. Our training without rounds, and with one before every step; nested
/// autograd's step, and its round, in processes with a tuned allocator. All in turns, medians over rounds.
/// </summary>
internal static class ResamplingBench
{
    private const int Points = 4096;
    private const double SliceMilliseconds = 100;
    private const double WarmUpMilliseconds = 1000;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static int Run(ReadOnlySpan<string> args)
    {
        var (json, rounds, candidates, every, clock) = (false, 9, 100_000, 100, "wall");
        for (var i = 0; i < args.Length; i++)
        {
            string Value(ReadOnlySpan<string> all) => ++i < all.Length ? all[i] : throw new UserMistakeException($"{all[i - 1]} needs a value.");
            switch (args[i])
            {
                case "--json": json = true; break;
                case "--rounds": rounds = Counts.Of(Value(args)); break;
                case "--candidates": candidates = Counts.Of(Value(args)); break;
                case "--every": every = Counts.Of(Value(args)); break;
                case "--clock": clock = Value(args); break;
                default: throw new UserMistakeException($"'{args[i]}' is no option of 'resampling'; there are --json, --rounds, --candidates, --every and --clock.");
            }
        }

        var row = Time(candidates, every, rounds, clock);
        Console.WriteLine(json ? JsonSerializer.Serialize(row, Json) : string.Create(CultureInfo.InvariantCulture, $"""
            {"",-20}{"step ms",10}{"round ms",10}{"round in steps",16}
            {"ours",-20}{row.StepMs,10:f2}{row.RoundMs,10:f1}{row.RoundSteps,16:f1}
            {"nested autograd",-20}{row.NestedStepMs,10:f2}{row.NestedRoundMs,10:f1}{row.NestedRoundSteps,16:f1}
            {candidates} candidates every {every} steps: {row.Speedup:f2}× nested autograd, {row.SpeedupWithout:f2}× without rounds
            """));
        return 0;
    }

    private static ResamplingRow Time(int candidates, int every, int rounds, string clock)
    {
        var shape = EngineBench.AllenCahn.Name;
        IStepTimer[] timers =
        [
            Ours("uniform", "", clock),
            Ours("rad", string.Create(CultureInfo.InvariantCulture, $", every: 1, candidates: {candidates}"), clock),
            NestedBench.Start(shape, Points, Precision.Float32, 0, clock, tuned: true),
            NestedBench.Start(shape, Points, Precision.Float32, 0, clock, tuned: true, candidates),
        ];
        try
        {
            var steps = Array.ConvertAll(timers, timer => timer.WarmUp(WarmUpMilliseconds, SliceMilliseconds));
            var times = Array.ConvertAll(timers, _ => new double[rounds]);
            for (var round = 0; round < rounds; round++)
            {
                for (var i = 0; i < timers.Length; i++)
                {
                    times[i][round] = timers[i].Time(steps[i]);
                }
            }

            var medians = Array.ConvertAll(times, Arithmetic.Median);
            return new(candidates, every, medians[0], medians[1] - medians[0], medians[2], medians[3]);
        }
        finally
        {
            Array.ForEach(timers, timer => timer.Dispose());
        }
    }

    private static ContenderTimer Ours(string sampler, string more, string clock) => new(
        new TrainingContender(BenchTrial.Of("allen-cahn", "[128, 128, 128, 128]", "static", $"{{kind: {sampler}, interior: {Points}, initial: 128{more}}}")),
        StepClock.Of(clock));
}
