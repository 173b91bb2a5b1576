using PinnSweep.Cluster.Working;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Cluster.Tests.Working;

public sealed class OwnFolderTests : IDisposable
{
    private readonly TemporaryFolder _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void A_second_user_of_one_folder_gets_another_and_neither_sees_the_others_files()
    {
        using var first = OwnFolder.Take(_place["spool"], "");
        File.WriteAllText(Path.Combine(first.Path, "body"), "on its way");
        using var second = OwnFolder.Take(_place["spool"], "");

        Assert.Equal([_place["spool"], _place["spool-2"]], [first.Path, second.Path]);
        Assert.True(File.Exists(Path.Combine(first.Path, "body")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(second.Path));
    }

    [Fact]
    public void What_a_crashed_owner_left_is_rubbish_and_its_lock_holds_nobody_up()
    {
        Directory.CreateDirectory(_place["spool"]);
        File.WriteAllText(Path.Combine(_place["spool"], "body"), "left");
        File.WriteAllText(_place["spool.lock"], "left too");

        using (var folder = OwnFolder.Take(_place["spool"], ""))
        {
            Assert.Equal(_place["spool"], folder.Path);
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_place.Path));
    }

    [Fact]
    public void A_place_that_cannot_be_used_is_the_users_to_mend()
    {
        _place.Write("file", "");

        Assert.Contains("--spool", Assert.Throws<UserMistakeException>(() => OwnFolder.Take(_place["file/spool"], "name another one by --spool")).Message, StringComparison.Ordinal);
    }
}
