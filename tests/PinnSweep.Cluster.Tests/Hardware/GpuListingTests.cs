using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.Machines;

namespace PinnSweep.Cluster.Tests.Hardware;

public class GpuListingTests
{
    // The shape of nvidia-smi's answer on a machine of two cards of different kinds.
    private const string TwoCards = """
        0, GPU-1b5fa1c6-6f2d-4a55-8a38-3d0c2f6f9e01, NVIDIA H100 80GB HBM3, 81559
        1, GPU-7c9e2d4a-0b1e-4c64-9f3b-52a8c0de7702, NVIDIA GeForce RTX 4090, 24564

        """;

    [Fact]
    public void Parse_two_cards_gives_number_uuid_name_and_memory()
    {
        var gpus = GpuListing.Parse(TwoCards);

        Assert.Equal(
            [
                new Gpu(0, "GPU-1b5fa1c6-6f2d-4a55-8a38-3d0c2f6f9e01", "NVIDIA H100 80GB HBM3", 81559L << 20),
                new Gpu(1, "GPU-7c9e2d4a-0b1e-4c64-9f3b-52a8c0de7702", "NVIDIA GeForce RTX 4090", 24564L << 20),
            ],
            gpus);
    }

    // The shape of nvidia-smi -L where the first card is divided.
    private const string Slices = """
        GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-1b5fa1c6-6f2d-4a55-8a38-3d0c2f6f9e01)
          MIG 3g.40gb     Device  0: (UUID: MIG-0a1b2c3d-1111-5222-8333-444455556666)
          MIG 1g.10gb     Device  1: (UUID: MIG-0a1b2c3d-7777-5888-8999-aaaabbbbcccc)
        GPU 1: NVIDIA GeForce RTX 4090 (UUID: GPU-7c9e2d4a-0b1e-4c64-9f3b-52a8c0de7702)

        """;

    [Fact]
    public void WithSlices_puts_the_slices_of_a_divided_card_in_its_place()
    {
        var gpus = GpuListing.WithSlices(GpuListing.Parse(TwoCards), Slices);

        Assert.Equal(
            [
                new Gpu(0, "MIG-0a1b2c3d-1111-5222-8333-444455556666", "NVIDIA H100 80GB HBM3 3g.40gb", null),
                new Gpu(0, "MIG-0a1b2c3d-7777-5888-8999-aaaabbbbcccc", "NVIDIA H100 80GB HBM3 1g.10gb", null),
                new Gpu(1, "GPU-7c9e2d4a-0b1e-4c64-9f3b-52a8c0de7702", "NVIDIA GeForce RTX 4090", 24564L << 20),
            ],
            gpus);
        Assert.Equal("MIG-0a1b2c3d-7777-5888-8999-aaaabbbbcccc", Assert.Single(GpuListing.Visible(gpus, "MIG-0a1b2c3d-7777")).CudaName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-1b5fa1c6-6f2d-4a55-8a38-3d0c2f6f9e01)\nGPU 1: NVIDIA GeForce RTX 4090 (UUID: GPU-7c9e2d4a-0b1e-4c64-9f3b-52a8c0de7702)\n")]
    [InlineData("  MIG 3g.40gb     Device  0: (UUID: MIG-0a1b2c3d-1111-5222-8333-444455556666)\n")]
    public void WithSlices_leaves_undivided_cards_as_they_are(string output) =>
        Assert.Equal(GpuListing.Parse(TwoCards).AsEnumerable(), GpuListing.WithSlices(GpuListing.Parse(TwoCards), output).AsEnumerable());

    [Theory]
    [InlineData("")]
    [InlineData("No devices were found\n")]
    [InlineData("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver, make sure it runs, please.\n")]
    [InlineData("Field \"uuid\" is not a valid field to query.\n")]
    public void Parse_an_answer_without_cards_gives_none(string answer) => Assert.Empty(GpuListing.Parse(answer));

    [Fact]
    public void ParseLoad_gives_memory_and_use_of_each_card_and_leaves_unknown_what_is_not_told()
    {
        var loads = GpuListing.ParseLoad("0, 12034, 87\n1, [N/A], [N/A]\nNo devices were found\n\n");

        Assert.Equal([new(0, 12034L << 20, 0.87), new(1, null, null)], loads);
    }

    [Fact]
    public void Parse_a_card_that_shares_the_processors_memory_leaves_its_memory_unknown()
    {
        var gpu = Assert.Single(GpuListing.Parse("0, GPU-5aa7b3c1-aaaa-bbbb-cccc-0123456789ab, NVIDIA GB10, [N/A]\r\n"));

        Assert.Equal((0, "NVIDIA GB10", null), (gpu.Index, gpu.Name, gpu.MemoryBytes));
    }

    [Fact]
    public void OfDeviceFiles_takes_cards_in_the_order_of_their_numbers_and_passes_over_control_files()
    {
        var gpus = GpuListing.OfDeviceFiles(["/dev/nvidiactl", "/dev/nvidia10", "/dev/nvidia2", "/dev/nvidia-uvm", "/dev/nvidia-modeset"]);

        Assert.Equal([2, 10], gpus.Select(gpu => gpu.Index));
        Assert.Equal(["2", "10"], gpus.Select(gpu => gpu.CudaName));
    }

    [Theory]
    [InlineData(null, "0 1")]
    [InlineData("", "")]
    [InlineData("-1", "")]
    [InlineData("NoDevFiles", "")]
    [InlineData("1", "1")]
    [InlineData("1, 0", "1 0")]
    [InlineData("0,7,1", "0")]
    [InlineData("GPU-7c9e2d4a", "1")]
    public void Visible_takes_what_the_batch_system_left(string? visibleDevices, string indices)
    {
        var visible = GpuListing.Visible(GpuListing.Parse(TwoCards), visibleDevices);

        Assert.Equal(indices, string.Join(' ', visible.Select(gpu => gpu.Index)));
    }
}
