using System.Collections.Immutable;
using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Working;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Tests.Hardware;

public class SlotPlanTests
{
    private static readonly ImmutableArray<Gpu> Two = [new(0, "GPU-a", "A", 1L << 30), new(1, "GPU-b", "B", null)];

    [Theory]
    [InlineData(null, 0, "cpu0 cpu1 cpu2 cpu3")]
    [InlineData(null, 2, "gpu0 gpu1")]
    [InlineData("2", 0, "cpu0 cpu1")]
    [InlineData("1", 2, "gpu0")]
    [InlineData("3", 2, "gpu0 gpu1 gpu0")]
    [InlineData("cpu=2", 2, "cpu0 cpu1")]
    [InlineData("cpu=1, gpu=2", 2, "gpu0 gpu1 cpu0")]
    public void Of_makes_one_slot_a_gpu_or_core_unless_told_otherwise(string? slots, int gpus, string expected)
    {
        var made = SlotPlan.Of(slots, [.. Two.Take(gpus)], 4);

        Assert.Equal(expected, string.Join(' ', made.Select(slot => $"{slot.Kind}{slot.Index}")));
    }

    [Theory]
    [InlineData("cuda", "gpu=2,cpu=1", 64, true)]
    [InlineData("torch/cuda", "gpu=2,cpu=1", 64, true)]
    [InlineData("torch", "gpu=2,cpu=1", 1, false)]
    public void Lanes_are_found_out_on_gpus_that_run_several_trials_as_one_program_and_are_1_on_cores(string engine, string slots, int expected, bool isProbed)
    {
        var made = SlotPlan.Of(slots, Two, 4, SlotPlan.Lanes("auto"), engine);

        Assert.Equal((2 * expected) + 1, made.Length);
        Assert.All(made.Take(2 * expected), slot => Assert.Equal((expected, isProbed), (slot.Lanes, slot.IsProbed)));
        Assert.Equal((1, false), (made[^1].Lanes, made[^1].IsProbed));
        var packs = new WorkerSettings("w", made.Length, null!, "") { Devices = made }.Packs();
        Assert.Equal([.. Enumerable.Repeat(0, expected), .. Enumerable.Repeat(1, expected), 2], packs);
    }

    [Fact]
    public void Slots_that_leave_the_device_to_the_trainer_share_one_by_the_workers_lanes() =>
        Assert.Equal([0, 0, 0, 1, 1], new WorkerSettings("w", 5, null!, "") { Lanes = 3 }.Packs());

    [Theory]
    [InlineData("0")]
    [InlineData("1025")]
    [InlineData("many")]
    [InlineData("-3")]
    public void Lanes_that_are_none_are_told(string lanes) =>
        Assert.Contains("expected auto or a number from 1 to 1024", Assert.Throws<UserMistakeException>(() => SlotPlan.Lanes(lanes)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1025")]
    [InlineData("many")]
    [InlineData("tpu=1")]
    [InlineData("cpu=1,cpu=2")]
    [InlineData("cpu=")]
    [InlineData("")]
    public void Of_a_value_that_is_none_says_what_is_expected(string slots)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => SlotPlan.Of(slots, Two, 4));

        Assert.Contains("gpu=2,cpu=8", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_gpu_slots_without_a_gpu_points_to_the_doctor()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => SlotPlan.Of("gpu=1", [], 4));

        Assert.Contains("doctor", mistake.Message, StringComparison.Ordinal);
    }
}
