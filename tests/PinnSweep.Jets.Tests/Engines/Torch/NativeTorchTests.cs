using PinnSweep.Jets.Engines.Torch;

namespace PinnSweep.Jets.Tests.Engines.Torch;

public sealed class NativeTorchTests
{
    [Fact]
    public void Libtorch_loads_from_the_trainers_folder_and_says_which_standard_library_it_found()
    {
        var status = NativeTorch.Inspect();

        Assert.True(status.Loads, status.Problem);
        Assert.NotEqual(AppContext.BaseDirectory, status.Folder);
        Assert.StartsWith("GLIBCXX_3.4.", status.StandardLibraryVersion, StringComparison.Ordinal);
    }
}
