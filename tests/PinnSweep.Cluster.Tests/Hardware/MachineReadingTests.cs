using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.Machines;
using PinnSweep.Cluster.Protocol;

namespace PinnSweep.Cluster.Tests.Hardware;

public sealed class MachineReadingTests
{
    [Theory]
    [InlineData("model name\t: AMD EPYC 9354 32-Core Processor", "AMD EPYC 9354 32-Core Processor")]
    [InlineData("model name\t: a: b", "a: b")]
    [InlineData("model name\t:", null)]
    [InlineData("model\t\t: 17", null)]
    [InlineData("", null)]
    public void ProcessorOf_reads_the_line_with_the_name(string line, string? name) => Assert.Equal(name, MachineReading.ProcessorOf(line));

    [Theory]
    [InlineData("1.25 0.80 0.50 3/812 4711", 1.25)]
    [InlineData("", null)]
    [InlineData("much", null)]
    [InlineData(null, null)]
    public void LoadOf_reads_the_average_of_a_minute(string? line, double? load) => Assert.Equal(load, MachineReading.LoadOf(line));

    [Fact]
    public void Facts_name_each_gpu_of_the_slots_once_and_what_computes()
    {
        var gpu = SlotDevice.Of(new Gpu(3, "GPU-x", "NVIDIA H200", 139L << 30));

        var facts = MachineReading.Facts([gpu, gpu, SlotDevice.Cpu(0)], "auto");

        Assert.Equal([new DeviceFacts(3, "NVIDIA H200", 139L << 30)], facts.Devices);
        Assert.Equal("cuda, auto", facts.Engine);
        Assert.Equal(Environment.ProcessorCount, facts.Cores);
        Assert.InRange(facts.MemoryBytes!.Value, 1L << 26, 1L << 60);
        Assert.NotEmpty(facts.Processor!);
    }

    [Fact]
    public void This_machine_has_free_memory_and_no_more_than_it_has()
    {
        var load = MachineReading.Load(withGpus: false);

        Assert.InRange(load.FreeMemoryBytes!.Value, 1, 1L << 60);
        Assert.Empty(load.Devices);
    }

    [Fact]
    public void What_a_machine_says_of_itself_is_cut_to_what_a_list_has_room_for()
    {
        var endless = string.Concat(Enumerable.Repeat("é\n", 1000));

        var facts = new MachineFacts(endless, 1, null, endless, null) { Devices = [.. Enumerable.Range(0, 100).Select(index => new DeviceFacts(index, endless, null))] }.Bounded();

        Assert.All([facts.Processor, facts.System, .. facts.Devices.Select(device => device.Name)], text => Assert.True(text!.Length == 80 && text.All(letter => letter == '?')));
        Assert.Null(facts.Engine);
        Assert.Equal(16, facts.Devices.Length);
    }
}
