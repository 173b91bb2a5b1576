using System.Collections.Immutable;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Training.Checkpoints;

/// <summary>The frame of a checkpoint file: what it is, whose it is, and the curve.</summary>
public static class Checkpoint
{
    /// <summary>Changes whenever an older file could no longer be read.</summary>
    public const int FormatVersion = 3;

    private const string Magic = "pinnsweep-checkpoint";

    private static readonly CurvePoint NoPoint = new(0, 0, 0, 0, [], []);

    /// <summary>Format, trial and engine; files of another kind or version are refused.</summary>
    /// <returns>The key of the trial and the engine that wrote the state.</returns>
    internal static (string Owner, string Engine) Header(StateArchive archive, TrialKey key, string engine)
    {
        var version = FormatVersion;
        archive.Count(Magic, ref version);
        if (version != FormatVersion)
        {
            throw new InvalidDataException($"checkpoint of format {version}; this version reads {FormatVersion}");
        }

        var owner = key.Hex;
        archive.Text("key", ref owner);
        archive.Text("engine", ref engine);
        return (owner, engine);
    }

    /// <summary>
    /// Refuses the state of another trial. The end of the same training with fewer steps is one that this training comes by too, unless the
    /// budget divides it into stages.
    /// </summary>
    /// <param name="owner">The key in the file.</param>
    /// <param name="step">Steps taken.</param>
    /// <param name="description">The trial that goes on.</param>
    /// <param name="stages">Its stages.</param>
    internal static void CheckOwner(string owner, int step, TrialDescription description, int stages)
    {
        var key = description.Key();
        var isOnTheWay = stages == 1 && ShorterTrials.Of(description, step)
            .Any(shorter => ShorterTrials.MayServe(description, shorter.EvaluateEvery) && shorter.Key().Hex == owner);
        if (owner != key.Hex && !isOnTheWay)
        {
            throw new InvalidDataException($"checkpoint of trial {owner}, not of {key}");
        }
    }

    /// <summary>The evaluations.</summary>
    internal static void Curve(StateArchive archive, List<CurvePoint> curve)
    {
        var points = archive.List("curve", curve).Select(point => Point(archive, point ?? NoPoint)).ToList();
        if (archive.IsLoading)
        {
            curve.Clear();
            curve.AddRange(points);
        }
    }

    private static CurvePoint Point(StateArchive archive, CurvePoint point)
    {
        var step = point.Step;
        Span<double> numbers = [point.Seconds, point.RelativeL2, point.MaxError];
        double[] losses = [.. point.Losses];
        double[] weights = [.. point.Weights];
        archive.Count("step", ref step);
        archive.Vector("numbers", numbers);
        archive.Vector("losses", ref losses);
        archive.Vector("weights", ref weights);
        return new(step, numbers[0], numbers[1], numbers[2], [.. losses], [.. weights]) { Metrics = Metrics(archive, point.Metrics) };
    }

    private static ImmutableSortedDictionary<string, double> Metrics(StateArchive archive, ImmutableSortedDictionary<string, double> metrics)
    {
        var result = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var (key, number) in archive.List("metrics", metrics))
        {
            var (name, value) = (key, number);
            archive.Text("name", ref name);
            archive.Number("value", ref value);
            result.Add(name, value);
        }

        return result.ToImmutable();
    }
}
