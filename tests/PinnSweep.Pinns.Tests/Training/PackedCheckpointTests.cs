using PinnSweep.Training.Checkpoints;

namespace PinnSweep.Pinns.Tests.Training;

public sealed class PackedCheckpointTests
{
    [Fact]
    public void What_is_packed_comes_back_and_what_is_not_is_read_as_it_is()
    {
        using var training = Trials.Begin(Trials.Small());
        training.Take(3);
        var checkpoint = training.Saved().ToArray();

        var packed = PackedCheckpoint.Pack(checkpoint);

        Assert.Equal(packed, PackedCheckpoint.Pack(checkpoint));
        Assert.True(packed.Length < checkpoint.Length);
        Assert.Equal(checkpoint, PackedCheckpoint.Open(packed).ToArray());
        Assert.Equal(checkpoint, PackedCheckpoint.Open(checkpoint).ToArray());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(-30)]
    public void A_damaged_one_is_refused(int place)
    {
        using var training = Trials.Begin(Trials.Small());
        training.Take(3);
        var packed = PackedCheckpoint.Pack(training.Saved().ToArray());
        packed[place < 0 ? packed.Length + place : place] ^= 0xff;
        using var again = Trials.Begin(Trials.Small());

        var refused = Record.Exception(() => again.Load(PackedCheckpoint.Open(packed)));

        Assert.True(refused is InvalidDataException or IOException, $"{refused}");
    }
}
