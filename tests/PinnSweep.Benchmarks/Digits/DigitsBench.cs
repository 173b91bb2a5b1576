using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials;
using PinnSweep.Training;

namespace PinnSweep.Benchmarks.Digits;

/// <summary>
/// Keys and digits of some hundred short trials over the whole catalog, on both engines, a line each: engine, beginning of the key, final
/// error and loss in full, digests of θ and of the checkpoint after two thirds of the steps, which the rest goes on from. Two versions of
/// the program that print the same lines on one machine compute the same.
/// </summary>
internal static class DigitsBench
{
    private const int CheckpointAt = 8;

    public static async Task<int> RunAsync(string[] args)
    {
        string[] engines = args switch
        {
            [] => ["fused", "torch"],
            ["--engine", "fused" or "torch"] => [args[1]],
            ["--engine", ..] => throw new UserMistakeException("--engine takes fused or torch."),
            _ => throw new UserMistakeException($"'{args[0]}' is no option of 'digits'; there is --engine fused|torch."),
        };
        var trials = DigitsTrials.All().DistinctBy(trial => trial.Description.Key().Hex).ToArray();
        foreach (var engine in engines)
        {
            foreach (var (name, description) in trials)
            {
                await Console.Out.WriteLineAsync($"{engine} {description.Key().Hex[..16]} {Train(description, engine)} {name}");
            }
        }

        return 0;
    }

    private static string Train(TrialDescription description, string engine)
    {
        var clock = new StoppedClock();
        using var kept = new MemoryStream();
        using (var first = new TrainingLoop(PinnTrials.Assemble(description, engine), clock))
        {
            while (first.Step < CheckpointAt && !first.IsFinished)
            {
                first.Advance();
            }

            first.Save(kept);
        }

        kept.Position = 0;
        using var training = new TrainingLoop(PinnTrials.Assemble(description, engine), clock);
        training.Load(kept);
        while (!training.IsFinished)
        {
            training.Advance();
        }

        var last = training.Curve[^1];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{last.RelativeL2:r} {training.Loss:r} {Digest(MemoryMarshal.AsBytes(training.Theta))} {Digest(kept.ToArray())}");
    }

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];

    /// <summary>No time passes: checkpoints hold the seconds trained.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
