using System.Runtime.Versioning;
using PinnSweep.Cluster.Working;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Tests.Working;

public sealed class WorkFolderTests : IDisposable
{
    private readonly string _place = Directory.CreateTempSubdirectory("pinnsweep-work-").FullName;

    public void Dispose() => Directory.Delete(_place, recursive: true);

    [Fact]
    public void What_the_user_has_in_the_folder_stays_and_what_an_earlier_node_left_goes()
    {
        var thesis = Path.Combine(_place, "thesis.tex");
        File.WriteAllText(thesis, "years of work");
        string left;
        using (var earlier = WorkFolder.Take(_place))
        {
            left = Path.Combine(earlier.Path, "resume.checkpoint");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(left)!);
        File.WriteAllText(left, "rubbish");

        using var folder = WorkFolder.Take(_place);

        Assert.True(File.Exists(thesis));
        Assert.False(File.Exists(left));
        Assert.True(Directory.Exists(folder.Path));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Nobody_else_can_look_into_it_whatever_it_was_before()
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var slots = Path.Combine(_place, "pinnsweep-slots");
        Directory.CreateDirectory(slots);
        File.WriteAllText(slots + ".lock", "");
        File.SetUnixFileMode(slots, Owner | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(slots + ".lock", Owner | UnixFileMode.OtherRead);

        using var folder = WorkFolder.Take(_place);

        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
        Assert.Equal(Owner, File.GetUnixFileMode(folder.Path + ".lock"));
    }

    [Fact]
    public void A_second_node_is_refused()
    {
        using var first = WorkFolder.Take(_place);

        Assert.Contains("--work of its own", Assert.Throws<UserMistakeException>(() => WorkFolder.Take(_place)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_ends_leaves_nothing_behind_and_the_next_one_may_begin()
    {
        WorkFolder.Take(_place).Dispose();

        Assert.Empty(Directory.EnumerateFileSystemEntries(_place));
        WorkFolder.Take(_place).Dispose();
    }
}
