using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Tests.Contents;

public class PackedResultTests
{
    /// <summary>A content of format 1 as this version wrote it on 30 November 2026: later ones must read it.</summary>
    private const string First = "n1BTUgG0A9wBE7MBAAQimFvqV/lh8p1IYk38N0dl25EmgcrWZIG9UNZFuyzMJAywuyindJtBj0FPIJLNaV/0zS+tvdEvlb1QEsn8hYRxl/pUIy+U7x/heL9lx946/WYhSssRyNpd0clYeFWBmdTQmRCk4YqOhwsB0A31OOVGIGCsV/T7F1HndsgMisiOfV/fnEWEUJApxatH6RG4LSh2Gn+xxAcHCnwBpXLmHrk4k4kznrjjsS52MBICi3NTPQl/gULaHpAs7iWpb+58aVukoMKaAzSHnSWH/fmeXKxhpVnKzkz+A4EBUhOAAADE/3a+H5ZZnb+8wKOgu6iMiiybznY3ko+zucEBakhBgglmYTYPG2NX6Er0ciMibtTZ/vEp3QssuBEJ2XJjBX7nJ0K9kZ3Rm9wLqk7PRQIlHRMkAAAEnGPOXKxJ+JtdgiKeCKSQaag53ghT1JYL";

    /// <summary>A content of versions before there was a format.</summary>
    private const string Plain =
        """
        {"key":{"hex":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","short":"aaaaaaaa"},"description":"{}","outcome":"converged","steps":10,"parameterCount":3,"seconds":0.5,"terms":["pde"],"curve":[{"step":0,"seconds":0,"relativeL2":"NaN","maxError":2,"losses":[1],"weights":[1],"metrics":{"residual_l2":0.25}},{"step":10,"seconds":0.5,"relativeL2":0.1,"maxError":0.3,"losses":[0.2],"weights":[1],"metrics":{"residual_l2":0.125}}],"events":{},"evidence":{"commit":"c","versions":{},"machine":"m","engine":"e","streams":[],"started":"2026-11-01T00:00:00+00:00","finished":"2026-11-01T00:00:01+00:00"},"notices":[],"termTraits":[],"stageEnds":[],"referenceMeanSquare":null,"field":{"output":"u","axes":["x","y"],"first":[0,1],"second":[0],"predicted":"AACAPwAAAEA=","reference":"AACAPwAAgD8="},"floor":null,"final":{"step":10,"seconds":0.5,"relativeL2":0.1,"maxError":0.3,"losses":[0.2],"weights":[1],"metrics":{"residual_l2":0.125}}}
        """;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    public void What_is_read_is_what_was_written_bit_for_bit(int points)
    {
        var result = Made(points);

        Same(result, PackedResult.Open(PackedResult.Pack(result)));
        Assert.Equal(PackedResult.Pack(result), PackedResult.Pack(PackedResult.Open(PackedResult.Pack(result))));
    }

    [Fact]
    public void Numbers_that_are_none_zeros_with_a_sign_and_odd_times_stay_what_they_are()
    {
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon, double.MaxValue, 1 / 3.0, 1e300];
        var result = Made(3) with
        {
            Curve = [.. odd.Select((value, i) => new CurvePoint(int.MaxValue - i, value, value, -value, [value, -value], [value]) { Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("m", value) })],
            Field = Grid([float.NaN, float.PositiveInfinity, -0f, 0f, float.Epsilon, float.MaxValue, float.MinValue, 1 / 3f, -1e-30f], [0f, -0f, float.NaN, 1f, float.NegativeInfinity, float.MaxValue, 2f, 3f, 4f]),
        };

        var back = PackedResult.Open(PackedResult.Pack(result));

        Same(result, back);
        Assert.Equal(odd.Select(BitConverter.DoubleToInt64Bits), back.Curve.Select(point => BitConverter.DoubleToInt64Bits(point.Seconds)));
        Assert.Equal(odd.Select(BitConverter.DoubleToInt64Bits), back.Curve.Select(point => BitConverter.DoubleToInt64Bits(point.RelativeL2)));
    }

    [Fact]
    public void What_is_no_columns_and_no_grid_stays_in_the_record()
    {
        var result = Made(2);
        CurvePoint other = result.Curve[0] with { Losses = [1] };
        TrialResult[] uneven =
        [
            result with { Curve = [.. result.Curve, other] },
            result with { Curve = [.. result.Curve, result.Curve[0] with { Metrics = ImmutableSortedDictionary<string, double>.Empty }] },
            result with { Field = result.Field! with { Predicted = "AAAAAA==" } },
            result with { Field = result.Field! with { Reference = "no Base64" } },
        ];

        Assert.All(uneven, made => Same(made, PackedResult.Open(PackedResult.Pack(made))));
    }

    [Fact]
    public void A_plain_record_of_an_earlier_version_is_read()
    {
        var content = System.Text.Encoding.UTF8.GetBytes(Plain);
        var result = PackedResult.Open(content);

        Assert.Equal(Plain, JsonSerializer.Serialize(result, TrainerProtocol.Json));
        Assert.Equal(new string('a', 64), PackedResult.KeyOf(content));
        Same(result, PackedResult.Open(PackedResult.Pack(result)));
    }

    [Fact]
    public void A_content_of_format_1_is_read()
    {
        Assert.Equal(Plain, JsonSerializer.Serialize(PackedResult.Open(Convert.FromBase64String(First)), TrainerProtocol.Json));
        Assert.Equal(new string('a', 64), PackedResult.KeyOf(Convert.FromBase64String(First)));
    }

    [Theory]
    [InlineData(ResultParts.None)]
    [InlineData(ResultParts.Curve)]
    [InlineData(ResultParts.Field)]
    public void Parts_are_read_alone(ResultParts parts)
    {
        var result = Made(5);
        var wanted = result with { Curve = parts.HasFlag(ResultParts.Curve) ? result.Curve : [], Field = parts.HasFlag(ResultParts.Field) ? result.Field : null };
        var plain = JsonSerializer.SerializeToUtf8Bytes(result, TrainerProtocol.Json);
        string Text(TrialResult read) => JsonSerializer.Serialize(read with { Curve = read.Curve.IsEmpty ? result.Curve : read.Curve }, TrainerProtocol.Json);

        Assert.All([PackedResult.Pack(result), plain], content =>
        {
            var read = PackedResult.Open(content, parts);

            Assert.Equal(wanted.Curve.Length, read.Curve.Length);
            Assert.Equal(Text(wanted), Text(read));
        });
    }

    [Fact]
    public void A_damaged_content_is_told_and_nothing_else_happens()
    {
        var content = PackedResult.Pack(Made(12));
        var chance = new RandomStream(1, "damage");
        var refused = 0;
        for (var time = 0; time < 400; time++)
        {
            byte[] damaged = time % 4 == 0 ? content[..(int)(content.Length * chance.NextDouble())] : [.. content];
            if (time % 4 != 0)
            {
                damaged[(int)(content.Length * chance.NextDouble())] ^= (byte)(1 << (time % 8));
            }

            try
            {
                PackedResult.KeyOf(damaged);
                PackedResult.Open(damaged);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 100, 400);
    }

    [Fact]
    public void A_content_of_a_later_format_says_so()
    {
        var content = PackedResult.Pack(Made(2));
        content[4] = PackedResult.Format + 1;

        Assert.Contains("a record of format 2, where this version of PinnSweep reads 1", Assert.Throws<InvalidDataException>(() => PackedResult.Open(content)).Message, StringComparison.Ordinal);
        Assert.Null(PackedResult.KeyOf(content));
    }

    [Fact]
    public void A_record_with_curve_and_field_takes_a_third_of_its_JSON()
    {
        var result = Made(36);

        Assert.InRange(3.0 * PackedResult.Pack(result).Length / JsonSerializer.SerializeToUtf8Bytes(result, TrainerProtocol.Json).Length, 0.1, 1);
    }

    private static void Same(TrialResult expected, TrialResult actual) => Assert.Equal(Text(expected), Text(actual));

    // The last evaluation of an empty curve cannot be written.
    private static string Text(TrialResult result) => result.Curve.IsEmpty ? $"empty {JsonSerializer.Serialize(result with { Curve = [new(0, 0, 0, 0, [], [])] }, TrainerProtocol.Json)}" : JsonSerializer.Serialize(result, TrainerProtocol.Json);

    private static TrialResult Made(int points)
    {
        const int side = 33;
        var noise = new RandomStream(7, "packed");
        double Noisy(double value) => value * (1 + (0.1 * noise.NextDouble()));
        float[] u = [.. Enumerable.Range(0, side * side).Select(i => (float)(Math.Sin(0.3 * (i / side)) * Math.Cos(0.2 * (i % side))))];
        return new(
            new(new string('a', 64)),
            """{"balancer":{"kind":"static"},"seed":7}""",
            Outcome.Stalled,
            points * 50,
            5301,
            1.25,
            ["residual", "boundary"],
            [.. Enumerable.Range(0, points).Select(i => new CurvePoint(50 * i, i * 0.0123456, Noisy(1.0 / (i + 1)), Noisy(2.0 / (i + 1)), [(float)Noisy(3), Noisy(4)], [1, 1]) { Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("residual_l2", Noisy(5)).Add("constraint/boundary", Noisy(6)) })],
            ImmutableSortedDictionary<string, int>.Empty.Add("clamped", 3),
            new("commit", ImmutableSortedDictionary<string, string>.Empty.Add("dotnet", "10"), "machine", "fused", ["init"], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(2)) { Lanes = 1 })
        {
            Notices = ["patented"],
            ReferenceMeanSquare = 0.25,
            Floor = double.NaN,
            Field = Grid([.. u.Select(value => value * (1 + (1e-3f * (float)noise.NextDouble())))], u) with { Axes = ["x", "y"] },
            TrivialScores = ImmutableSortedDictionary<string, double>.Empty.Add("zero", 1),
        };
    }

    private static SolutionField Grid(float[] predicted, float[] reference)
    {
        var side = (int)Math.Sqrt(predicted.Length);
        ImmutableArray<float> axis = [.. Enumerable.Range(0, side).Select(i => i / (float)side)];
        return new("u", ["x", "t"], axis, axis, SolutionField.Pack(predicted), SolutionField.Pack(reference));
    }
}
