using System.ComponentModel;
using System.Net.Sockets;
using PinnSweep.Cluster.Machines;

namespace PinnSweep.Cluster.Tests.Machines;

public sealed class TroubleSignsTests
{
    [Theory]
    [InlineData("Unhandled exception. System.IO.IOException: No space left on device : '/scratch/1.checkpoint'\n   at System.IO", "Disk")]
    [InlineData("System.IO.IOException: Read-only file system : '/scratch'", "Disk")]
    [InlineData("System.IO.IOException: Disk quota exceeded : '/home'", "Disk")]
    [InlineData("System.UnauthorizedAccessException: Access to the path '/scratch' is denied.", "Disk")]
    [InlineData("pinnsweep-trainer: error while loading shared libraries: libgomp.so.1: cannot open shared object file", "Library")]
    [InlineData("System.DllNotFoundException: libtorch is not here: no libLibTorchSharp.so", "Library")]
    [InlineData("You must install or update .NET to run this application.", "Library")]
    [InlineData("Failed to create CoreCLR, HRESULT: 0x8007000E", "Memory")]
    [InlineData("RuntimeError: CUDA error: uncorrectable ECC error encountered", "Device")]
    [InlineData("GpuLostException: cuda/NVIDIA H200 failed at a launch: CUDA_ERROR_ECC_UNCORRECTABLE (uncorrectable ECC error encountered)", "Device")]
    [InlineData("Unable to determine the device handle for GPU0000:03:00.0: GPU is lost.  Reboot the system to recover this GPU", "Device")]
    [InlineData("NVRM: GPU 0000:03:00.0: GPU has fallen off the bus.", "Device")]
    [InlineData("CUDA error: an illegal memory access was encountered", "Context")]
    [InlineData("GpuLostException: cuda/NVIDIA H200 failed at a launch: CUDA_ERROR_LAUNCH_FAILED (unspecified launch failure)", "Context")]
    [InlineData("NotSupportedException: the CUDA driver finds no device", "Gpu")]
    [InlineData("Failed to initialize NVML: Driver/library version mismatch", "Gpu")]
    [InlineData("CUDA error: all CUDA-capable device(s) is/are busy or unavailable", "Gpu")]
    public void InWords_tells_the_machines_trouble_by_the_systems_own_words(string words, string kind)
    {
        var trouble = TroubleSigns.InWords(words)!;

        Assert.Equal(kind, trouble.Kind.ToString());
        Assert.DoesNotContain('\n', trouble.Reason);
    }

    [Theory]
    [InlineData("about to leave at step 3")]
    [InlineData("ArgumentException: a network without layers")]
    [InlineData("CUDA error: device-side assert triggered")]
    [InlineData("CUDA out of memory. Tried to allocate 20.00 GiB")]
    [InlineData("Segmentation fault")]
    [InlineData("")]
    public void InWords_leaves_to_the_trial_what_says_nothing_of_the_machine(string words) => Assert.Null(TroubleSigns.InWords(words));

    [Fact]
    public void OfFolder_passes_over_what_came_by_the_network()
    {
        Assert.Null(TroubleSigns.OfFolder(new IOException("broken pipe", new SocketException())));
        Assert.Null(TroubleSigns.OfFolder(new InvalidDataException()));
        Assert.Equal(TroubleKind.Disk, TroubleSigns.OfFolder(new UnauthorizedAccessException())!.Kind);
    }

    [Theory]
    [InlineData(2, "Trainer")]
    [InlineData(13, "Trainer")]
    [InlineData(8, "Trainer")]
    [InlineData(11, "Memory")]
    [InlineData(12, "Memory")]
    [InlineData(24, "Memory")]
    public void OfStart_tells_a_missing_trainer_from_a_machine_without_room_for_processes(int error, string kind) =>
        Assert.Equal(kind, TroubleSigns.OfStart(new Win32Exception(error)).Kind.ToString());

    [Theory]
    [InlineData(0, true)]
    [InlineData(1L << 30, false)]
    [InlineData(3L << 30, true)]
    [InlineData(15L << 30, true)]
    public void A_trainer_killed_for_memory_is_blamed_if_it_had_half_of_a_slots_share(long resident, bool isOfTrial) =>
        Assert.Equal(isOfTrial, MemoryBlame.IsOfTrial(resident, 16L << 30, 4));

    [Fact]
    public void A_checkpoint_that_newer_ones_replaced_is_no_trouble_and_one_whose_folder_is_gone_is()
    {
        var taken = new FileNotFoundException("no such file");

        Assert.Null(TroubleSigns.OfCheckpoint(taken, Path.GetTempPath()));
        Assert.Equal(TroubleKind.Disk, TroubleSigns.OfCheckpoint(taken, "/no/such/folder")?.Kind);
        Assert.Equal(TroubleKind.Disk, TroubleSigns.OfCheckpoint(new IOException("No space left on device"), Path.GetTempPath())?.Kind);
    }
}
