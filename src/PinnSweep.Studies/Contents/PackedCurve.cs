using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Contents;

/// <summary>
/// A curve as columns. Steps are told by their distances, and so are times where they are whole ticks of a <see cref="TimeSpan"/>; the
/// digits of a measured error are noise, which nothing makes shorter.
/// </summary>
internal static class PackedCurve
{
    private const int Bytes = sizeof(ulong);

    // In seconds: so many ticks are whole numbers of a double.
    private const double LongestTime = 1e8;

    /// <summary>The columns; null where points do not have all the same losses, weights and metrics.</summary>
    public static byte[]? Write(ImmutableArray<CurvePoint> curve)
    {
        if (curve is not [var first, ..] || first.Losses.IsDefault || first.Weights.IsDefault)
        {
            return null;
        }

        string[] metrics = [.. first.Metrics.Keys];
        if (!curve.All(point => IsLike(point, first) && point.Metrics.Count == metrics.Length && point.Metrics.Keys.SequenceEqual(metrics)))
        {
            return null;
        }

        using var bytes = new MemoryStream();
        using var target = new BinaryWriter(bytes, Encoding.UTF8);
        target.Write7BitEncodedInt(curve.Length);
        target.Write7BitEncodedInt(first.Losses.Length);
        target.Write7BitEncodedInt(first.Weights.Length);
        target.Write7BitEncodedInt(metrics.Length);
        Array.ForEach(metrics, target.Write);
        var areTicks = curve.All(point => IsTicks(point.Seconds));
        target.Write(areTicks);
        BytePlanes.Write(target, Distances(curve.Select(point => (long)point.Step)), Bytes);
        BytePlanes.Write(target, areTicks ? Distances(curve.Select(point => Ticks(point.Seconds))) : Bits(curve, point => point.Seconds), Bytes);
        BytePlanes.Write(target, Bits(curve, point => point.RelativeL2), Bytes);
        BytePlanes.Write(target, Bits(curve, point => point.MaxError), Bytes);
        for (var term = 0; term < first.Losses.Length; term++)
        {
            BytePlanes.Write(target, Bits(curve, point => point.Losses[term]), Bytes);
        }

        for (var term = 0; term < first.Weights.Length; term++)
        {
            BytePlanes.Write(target, Bits(curve, point => point.Weights[term]), Bytes);
        }

        foreach (var metric in metrics)
        {
            BytePlanes.Write(target, Bits(curve, point => point.Metrics[metric]), Bytes);
        }

        return bytes.ToArray();
    }

    /// <summary>The inverse of <see cref="Write"/>.</summary>
    public static ImmutableArray<CurvePoint> Read(byte[] packed)
    {
        using var source = new BinaryReader(new MemoryStream(packed), Encoding.UTF8);
        var (count, losses, weights) = (BytePlanes.Count(source), BytePlanes.Count(source), BytePlanes.Count(source));
        var names = new string[BytePlanes.Count(source)];
        for (var i = 0; i < names.Length; i++)
        {
            // One text for all points of all trials.
            names[i] = string.Intern(source.ReadString());
        }

        var areTicks = source.ReadBoolean();
        ulong[] Column() => BytePlanes.Read(source, count, Bytes);
        ulong[][] Columns(int several) => [.. Enumerable.Range(0, several).Select(_ => Column())];
        var (steps, seconds) = (Sums(Column()), Column());
        var times = areTicks ? Array.ConvertAll(Sums(seconds), Seconds) : Array.ConvertAll(seconds, BitConverter.UInt64BitsToDouble);
        var (relative, largest, loss, weight, metrics) = (Column(), Column(), Columns(losses), Columns(weights), Columns(names.Length));
        var points = ImmutableArray.CreateBuilder<CurvePoint>(count);
        for (var i = 0; i < count; i++)
        {
            var measured = ImmutableSortedDictionary<string, double>.Empty;
            for (var metric = 0; metric < names.Length; metric++)
            {
                measured = measured.Add(names[metric], BitConverter.UInt64BitsToDouble(metrics[metric][i]));
            }

            points.Add(new(
                checked((int)steps[i]),
                times[i],
                BitConverter.UInt64BitsToDouble(relative[i]),
                BitConverter.UInt64BitsToDouble(largest[i]),
                At(loss, i),
                At(weight, i))
            {
                Metrics = measured,
            });
        }

        return points.MoveToImmutable();
    }

    private static bool IsLike(CurvePoint point, CurvePoint first) =>
        !point.Losses.IsDefault && !point.Weights.IsDefault && point.Losses.Length == first.Losses.Length && point.Weights.Length == first.Weights.Length;

    private static ImmutableArray<double> At(ulong[][] columns, int row)
    {
        var values = new double[columns.Length];
        for (var column = 0; column < values.Length; column++)
        {
            values[column] = BitConverter.UInt64BitsToDouble(columns[column][row]);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    private static ulong[] Bits(ImmutableArray<CurvePoint> curve, Func<CurvePoint, double> of) => [.. curve.Select(point => BitConverter.DoubleToUInt64Bits(of(point)))];

    // Both turn round the same way whatever the numbers are.
    private static ulong[] Distances(IEnumerable<long> numbers)
    {
        var before = 0L;
        var distances = new List<ulong>();
        foreach (var number in numbers)
        {
            distances.Add(unchecked((ulong)(number - before)));
            before = number;
        }

        return [.. distances];
    }

    private static long[] Sums(ulong[] distances)
    {
        var sum = 0L;
        return Array.ConvertAll(distances, distance => sum = unchecked(sum + (long)distance));
    }

    // As TimeSpan.TotalSeconds has it, so that the same time is the same number.
    private static double Seconds(long ticks) => ticks / (double)TimeSpan.TicksPerSecond;

    private static long Ticks(double seconds) => (long)Math.Round(seconds * TimeSpan.TicksPerSecond);

    private static bool IsTicks(double seconds) =>
        Math.Abs(seconds) < LongestTime && BitConverter.DoubleToInt64Bits(Seconds(Ticks(seconds))) == BitConverter.DoubleToInt64Bits(seconds);
}
