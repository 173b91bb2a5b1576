using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using PinnSweep.Storage.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Storage.Tests.Files;

/// <summary>Folders and files of one's own, and the traps that other users can lay.</summary>
[SupportedOSPlatform("linux")]
public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;
    private const uint Stranger = 61234;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folder_that_is_not_there_is_made_with_its_parents_for_the_owner_alone()
    {
        var path = _folder["state/pinnsweep/node"];

        PrivateFiles.Folder(path, "");

        Assert.All((string[])["state", "state/pinnsweep", "state/pinnsweep/node"], made => Assert.Equal(OwnerFolder, File.GetUnixFileMode(_folder[made])));
    }

    [Fact]
    public void Folder_of_ours_that_others_can_enter_is_tightened()
    {
        Directory.CreateDirectory(_folder["work"]);
        File.SetUnixFileMode(_folder["work"], OwnerFolder | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);

        PrivateFiles.Folder(_folder["work"], "");

        Assert.Equal(OwnerFolder, File.GetUnixFileMode(_folder["work"]));
    }

    [Fact]
    public void Folder_of_another_user_is_refused_with_the_way_out()
    {
        Directory.CreateDirectory(_folder["work"]);
        GiveAway(_folder["work"]);

        var refused = Assert.Throws<UserMistakeException>(() => PrivateFiles.Folder(_folder["work"], "name another by --work"));

        Assert.Contains($"belongs to user {Stranger}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--work", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_taken_below_a_state_folder_that_somebody_else_made()
    {
        Directory.CreateDirectory(_folder["pinnsweep-1000"]);
        GiveAway(_folder["pinnsweep-1000"]);

        Assert.Throws<UserMistakeException>(() => OwnFolders.Take(_folder["pinnsweep-1000"], "node", ""));
        Assert.Equal(_folder["own/node"], OwnFolders.Take(_folder["own"], "node", ""));
    }

    [Fact]
    public void A_link_that_another_user_made_is_followed_neither_to_a_folder_nor_to_a_file()
    {
        Directory.CreateDirectory(_folder["precious"]);
        File.WriteAllText(_folder["precious/file"], "mine");
        File.CreateSymbolicLink(_folder["trap"], _folder["precious"]);
        File.CreateSymbolicLink(_folder["trap.lock"], _folder["precious/file"]);
        GiveAway(_folder["trap"]);
        GiveAway(_folder["trap.lock"]);

        Assert.Throws<UserMistakeException>(() => PrivateFiles.Folder(_folder["trap"], ""));
        Assert.Throws<UserMistakeException>(() => PrivateFiles.Folder(_folder["trap/below"], ""));
        Assert.Throws<UserMistakeException>(() => PrivateFiles.SharedFolder(_folder["trap"], ""));
        Assert.Throws<UserMistakeException>(() => PrivateFiles.Hold(_folder["trap.lock"], "").Dispose());
        Assert.Throws<UserMistakeException>(() => PrivateFiles.WriteText(_folder["trap.lock"], "theirs", ""));
        Assert.Throws<IOException>(() => PrivateFiles.Create(_folder["trap.lock"]).Dispose());

        Assert.Equal("mine", File.ReadAllText(_folder["precious/file"]));
        Assert.False(Directory.Exists(_folder["precious/below"]));
    }

    [Fact]
    public void A_folder_that_the_user_has_for_other_things_is_closed_to_the_world_and_no_more()
    {
        Directory.CreateDirectory(_folder["project"]);
        File.SetUnixFileMode(_folder["project"], (UnixFileMode)Convert.ToInt32("777", 8));
        Assert.False(PrivateFiles.IsOwn(_folder["project"]));

        PrivateFiles.SharedFolder(_folder["project"], "");

        Assert.Equal((UnixFileMode)Convert.ToInt32("775", 8), File.GetUnixFileMode(_folder["project"]));
        Assert.True(PrivateFiles.IsOwn(_folder["project"]));
        Assert.False(PrivateFiles.IsOwn("/tmp"));
    }

    [Fact]
    public void A_link_of_ones_own_is_followed()
    {
        Directory.CreateDirectory(_folder["disk"]);
        File.CreateSymbolicLink(_folder["work"], _folder["disk"]);

        PrivateFiles.Folder(_folder["work/node"], "");

        Assert.True(Directory.Exists(_folder["disk/node"]));
    }

    [Fact]
    public void Files_are_for_their_owner_alone_whatever_they_were()
    {
        File.WriteAllText(_folder["held"], "");
        File.SetUnixFileMode(_folder["held"], OwnerFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        PrivateFiles.Hold(_folder["held"], "").Dispose();
        PrivateFiles.Create(_folder["new"]).Dispose();
        PrivateFiles.WriteText(_folder["text"], "words", "");

        Assert.All((string[])["held", "new", "text"], file => Assert.Equal(OwnerFile, File.GetUnixFileMode(_folder[file])));
    }

    [Theory]
    [InlineData("600", null)]
    [InlineData("400", null)]
    [InlineData("640", "its group")]
    [InlineData("604", "everybody")]
    [InlineData("644", "everybody")]
    [InlineData("602", "everybody")]
    public void A_secret_is_for_its_owner_alone(string mode, string? readers)
    {
        File.WriteAllText(_folder["tokens"], "operate 0123456789abcdef");
        File.SetUnixFileMode(_folder["tokens"], (UnixFileMode)Convert.ToInt32(mode, 8));

        var refused = Record.Exception(() => PrivateFiles.RequireSecret(_folder["tokens"], "--tokens"));

        Assert.Equal(readers is null, refused is null);
        if (readers is not null)
        {
            Assert.Contains(readers, Assert.IsType<UserMistakeException>(refused).Message, StringComparison.Ordinal);
            Assert.Contains("chmod 600", refused!.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("777", true)]
    [InlineData("1777", false)]
    [InlineData("755", false)]
    public void A_secret_in_a_folder_where_everybody_could_replace_it_is_refused(string mode, bool isRefused)
    {
        Directory.CreateDirectory(_folder["etc"]);
        File.WriteAllText(_folder["etc/tokens"], "operate 0123456789abcdef");
        File.SetUnixFileMode(_folder["etc/tokens"], OwnerFile);
        File.SetUnixFileMode(_folder["etc"], (UnixFileMode)Convert.ToInt32(mode, 8));

        Assert.Equal(isRefused, Record.Exception(() => PrivateFiles.RequireSecret(_folder["etc/tokens"], "--tokens")) is UserMistakeException);
    }

    [Fact]
    public void A_file_that_is_tightened_keeps_what_its_owner_may()
    {
        File.WriteAllText(_folder["a"], "");
        File.SetUnixFileMode(_folder["a"], UnixFileMode.UserRead | UnixFileMode.OtherRead);

        PrivateFiles.Tighten(_folder["a"], _folder["absent"]);

        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(_folder["a"]));
    }

    private static void GiveAway(string path)
    {
        using var chown = Process.Start("chown", ["-h", Stranger.ToString(CultureInfo.InvariantCulture), path]);
        chown.WaitForExit();
        if (chown.ExitCode != 0)
        {
            Assert.Skip("only root can give a file to another user");
        }
    }
}
