using System.Globalization;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks;

/// <summary>
/// <c>bench nested</c>: nested autograd alone, in the main thread as a Python program has it, driven by the other benchmarks through standard
/// input. With candidates a step is a round of RAD instead: residuals of all candidates at once, and the choice.
/// </summary>
internal static class NestedBench
{
    /// <summary>Starts it.</summary>
    public static StepProcess Start(string shape, int points, Precision precision, int trial, string clock, bool tuned, int candidates = 0) => StepProcess.OfThisProgram(
        $"bench nested ({shape})",
        [
            "nested", "--shape", shape, "--points", Number(points), "--precision", precision == Precision.Float64 ? "float64" : "float32",
            "--trial", Number(trial), "--clock", clock, "--candidates", Number(candidates),
        ],
        tuned);

    public static int Run(string[] args)
    {
        var words = new Dictionary<string, string>();
        foreach (var pair in args.Chunk(2))
        {
            words[pair[0]] = pair.Length > 1 ? pair[1] : throw new UserMistakeException($"{pair[0]} needs a value.");
        }

        int Count(string name) => Counts.Of(words[name], least: 0);
        if (words.Count < 6)
        {
            throw new UserMistakeException("bench nested is what `bench engine` and `bench resampling` start; it needs all of its options.");
        }

        var (shape, precision) = (EngineBench.ShapeOf(words["--shape"]), EngineBench.PrecisionOf(words["--precision"]));
        var theta = shape.Graph().Initialize(new RandomStream(1, "init"));
        var points = new ShapePoints(shape, Count("--points"), Count("--trial"));
        using var timer = new ContenderTimer(
            Count("--candidates") is > 0 and var candidates ? new NestedRound(shape, precision, points, theta, candidates) : new NestedContender(shape, precision, points, theta),
            StepClock.Of(words["--clock"]));
        return StepProcess.Serve(timer);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
