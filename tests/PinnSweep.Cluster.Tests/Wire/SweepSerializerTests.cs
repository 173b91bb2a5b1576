using System.Reflection;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Wire;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Tests.Wire;

public sealed class SweepSerializerTests
{
    private const int SealBytes = 11;
    private static readonly SweepSerializer Serializer = new(null!);

    [Fact]
    public void Every_event_and_every_message_has_a_row()
    {
        var events = typeof(SweepEvent).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(SweepEvent)));
        var messages = typeof(IClusterMessage).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IClusterMessage)));

        Assert.Empty(events.Concat(messages).Except(WireTable.Types));
        Assert.Equal(WireTable.Types.ToHashSet(), [.. Samples.All.Select(sample => sample.GetType())]);
    }

    [Fact]
    public void Every_value_comes_back_as_it_was() => Assert.All(Samples.All, sample =>
    {
        var back = Serializer.FromBinary(Serializer.ToBinary(sample), Serializer.Manifest(sample));

        Assert.Equal(Describe(sample), Describe(back));
    });

    [Fact]
    public void Bytes_written_before_are_written_still_and_can_be_read()
    {
        var golden = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Wire", "golden.txt"))
            .Select(line => line.Split(' '))
            .ToDictionary(parts => parts[0], parts => parts[1]);

        Assert.Equal(WireTable.Manifests.ToHashSet(), [.. golden.Keys]);
        foreach (var sample in Samples.All.DistinctBy(sample => sample.GetType()))
        {
            var manifest = Serializer.Manifest(sample);
            // What rests in the journal has a seal behind it, which readers of any version pass over.
            Assert.Equal(golden[manifest], Convert.ToHexStringLower(Serializer.ToBinary(sample))[..golden[manifest].Length]);
            Assert.Equal(sample is SweepEvent or CoordinatorState ? SealBytes : 0, Serializer.ToBinary(sample).Length - (golden[manifest].Length / 2));
            Assert.Equal(Describe(sample), Describe(Serializer.FromBinary(Convert.FromHexString(golden[manifest]), manifest)));
        }
    }

    [Fact]
    public void An_unknown_manifest_is_refused() =>
        Assert.Throws<SerializationException>(() => Serializer.FromBinary([], "System.Diagnostics.Process, System"));

    [Fact]
    public void A_type_without_a_row_is_refused() => Assert.Throws<SerializationException>(() => Serializer.ToBinary(new Version(1, 0)));

    [Fact]
    public void Bytes_cut_short_are_refused()
    {
        var sample = Samples.All.OfType<TrialAccepted>().First();
        var bytes = Serializer.ToBinary(sample);

        // Without its seal alone it is what versions before it wrote.
        for (var length = 0; length < bytes.Length - SealBytes; length++)
        {
            var cut = bytes[..length];
            Assert.ThrowsAny<Exception>(() => Assert.Equal(sample, Serializer.FromBinary(cut, Serializer.Manifest(sample))));
        }
    }

    [Fact]
    public void What_rests_in_the_journal_is_refused_when_one_bit_of_it_has_changed() => Assert.All(
        Samples.All.Where(sample => sample is SweepEvent or CoordinatorState).DistinctBy(sample => sample.GetType()),
        sample =>
        {
            var bytes = Serializer.ToBinary(sample);
            for (var bit = 0; bit < 8 * (bytes.Length - SealBytes); bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.ThrowsAny<Exception>(() => Serializer.FromBinary(bytes, Serializer.Manifest(sample)));
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            Assert.Equal(Describe(sample), Describe(Serializer.FromBinary(bytes, Serializer.Manifest(sample))));
        });

    [Fact]
    public void The_json_serializer_refuses_both_ways()
    {
        var refusing = new RefusingSerializer((ExtendedActorSystem)null!);

        Assert.Equal(1, refusing.Identifier);
        Assert.Throws<SerializationException>(() => refusing.ToBinary("text"));
        Assert.Throws<SerializationException>(() => refusing.FromBinary("{}"u8.ToArray(), typeof(object)));
    }

    /// <summary>A value as text, collections item by item: records with collections compare by reference, texts do not.</summary>
    private static string Describe(object? value)
    {
        switch (value)
        {
            case null or string or DateTimeOffset or TimeSpan or Enum or ValueType and IFormattable or bool:
                return $"{value}";
            case System.Collections.IEnumerable items:
                var described = items.Cast<object>().Select(Describe);
                // Hashed collections come back in another order.
                return $"[{string.Join(", ", items is System.Collections.IDictionary ? described.Order(StringComparer.Ordinal) : described)}]";
            case CoordinatorState state:
                return Describe(new object[] { state.Epoch, state.Studies, state.Trials, state.Places, state.Running.Order(Comparer<PinnSweep.Studies.Trials.TrialKey>.Create((a, b) => string.CompareOrdinal(a.Hex, b.Hex))) });
        }

        var text = new StringBuilder(value.GetType().Name).Append('(');
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0))
        {
            text.Append(property.Name).Append('=').Append(Describe(property.GetValue(value))).Append(' ');
        }

        return text.Append(')').ToString();
    }
}
