using System.Text.Json;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Tests.Messages;

public sealed class TrainerMessagesTests
{
    [Fact]
    public void Progress_is_a_line_that_trainers_and_workers_of_every_version_know()
    {
        var progress = new AttemptProgress(120, 1.5, 60, 0.25, double.NaN, 800);
        TrainerProtocol.Event line = TrainerProtocol.Progress.Of(3, progress);

        var text = JsonSerializer.Serialize(line, TrainerProtocol.Json);

        Assert.Equal(
            """{"type":"progress","attempt":3,"step":120,"done":1.5,"total":60,"loss":0.25,"relativeL2":"NaN","stepsPerSecond":800}""", text);
        Assert.Equal(
            progress, Assert.IsType<TrainerProtocol.Progress>(JsonSerializer.Deserialize<TrainerProtocol.Event>(text, TrainerProtocol.Json)).Told());
    }

    [Theory]
    [InlineData(30, 60, 0.5)]
    [InlineData(61, 60, 1)]
    [InlineData(30, 0, 0)]
    [InlineData(30, double.NaN, 0)]
    public void Share_is_a_part_of_the_budget_and_0_where_that_is_not_known(double completed, double total, double share) =>
        Assert.Equal(share, (AttemptProgress.None with { Completed = completed, Total = total }).Share);
}
