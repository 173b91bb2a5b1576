using System.Text.Json;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Messages;

namespace PinnSweep.Studies.Tests.Contents;

public sealed class WarmUpTests
{
    [Fact]
    public void The_record_that_warms_up_is_one_that_can_be_packed_and_read()
    {
        var record = WarmUp.Smallest();

        var read = PackedResult.Open(PackedResult.Pack(record));

        Assert.Equal(JsonSerializer.Serialize(record, TrainerProtocol.Json), JsonSerializer.Serialize(read, TrainerProtocol.Json));
        Assert.Single(read.Curve);
    }
}
