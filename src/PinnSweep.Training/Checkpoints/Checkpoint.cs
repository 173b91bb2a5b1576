using System.Collections.Immutable;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Training.Checkpoints;

/// <summary>The frame of a checkpoint file: what it is, whose it is, and the curve.</summary>
public static class Checkpoint
{
    /// <summary>Changes whenever an older file could no longer be read.</summary>
    public const int FormatVersion = 3;

    private const string Magic = "pinnsweep-checkpoint";

    /// <summary>Writes format, trial and engine.</summary>
    internal static void WriteHeader(StateWriter writer, TrialKey key, string engine)
    {
        writer.Write(Magic, (long)FormatVersion);
        writer.Write("key", key.Hex);
        writer.Write("engine", engine);
    }

    /// <summary>Reads the header and refuses files of another kind, version or trial.</summary>
    /// <returns>The engine that wrote the state.</returns>
    internal static string ReadHeader(StateReader reader, TrialKey key)
    {
        var version = reader.ReadLong(Magic);
        if (version != FormatVersion)
        {
            throw new InvalidDataException($"checkpoint of format {version}; this version reads {FormatVersion}");
        }

        var owner = reader.ReadText("key");
        return owner == key.Hex ? reader.ReadText("engine") : throw new InvalidDataException($"checkpoint of trial {owner}, not of {key}");
    }

    /// <summary>Writes the evaluations.</summary>
    internal static void WriteCurve(StateWriter writer, IReadOnlyCollection<CurvePoint> curve)
    {
        writer.Write("curve", (long)curve.Count);
        foreach (var point in curve)
        {
            writer.Write("step", (long)point.Step);
            writer.Write("numbers", [point.Seconds, point.RelativeL2, point.MaxError]);
            writer.Write("losses", point.Losses.AsSpan());
            writer.Write("weights", point.Weights.AsSpan());
            writer.Write("metrics", (long)point.Metrics.Count);
            foreach (var (name, value) in point.Metrics)
            {
                writer.Write("name", name);
                writer.Write("value", value);
            }
        }
    }

    /// <summary>The inverse of <see cref="WriteCurve"/>.</summary>
    internal static IEnumerable<CurvePoint> ReadCurve(StateReader reader)
    {
        for (var n = reader.ReadLong("curve"); n > 0; n--)
        {
            var step = checked((int)reader.ReadLong("step"));
            var numbers = reader.ReadVector("numbers");
            yield return new(step, numbers[0], numbers[1], numbers[2], [.. reader.ReadVector("losses")], [.. reader.ReadVector("weights")]) { Metrics = ReadMetrics(reader) };
        }
    }

    private static ImmutableSortedDictionary<string, double> ReadMetrics(StateReader reader)
    {
        var metrics = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        for (var n = reader.ReadLong("metrics"); n > 0; n--)
        {
            metrics.Add(reader.ReadText("name"), reader.ReadDouble("value"));
        }

        return metrics.ToImmutable();
    }
}
