using PinnSweep.Doctor;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Doctor;

public sealed class WorkFolderCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_that_can_be_used_is_left_as_it_was()
    {
        Assert.Equal(FindingState.Ok, WorkFolderCheck.Run(_folder.Path).State);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_not_made()
    {
        Assert.Equal(FindingState.Ok, WorkFolderCheck.Run(_folder["later"]).State);
        Assert.False(Directory.Exists(_folder["later"]));
    }

    [Fact]
    public void A_folder_where_nothing_can_be_written_is_named_with_the_way_out()
    {
        const string Kernels = "/proc/self";

        var finding = WorkFolderCheck.Run(Kernels);

        Assert.Equal(FindingState.Missing, finding.State);
        Assert.Contains(Kernels, finding.Text, StringComparison.Ordinal);
        Assert.Contains("PINNSWEEP_WORK", finding.Remedy, StringComparison.Ordinal);
    }
}
