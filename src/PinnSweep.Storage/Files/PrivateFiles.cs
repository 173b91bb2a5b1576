using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Storage.Files;

/// <summary>
/// Folders and files that only their owner may read. They are made with these permissions, and refused where another user prepared the
/// place: in a folder that all may write to (the temporary one) another user can guess a name and put a link to one of our files there, or
/// a folder of their own in which they could read everything.
/// </summary>
public static class PrivateFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>A folder for its owner alone: made, or tightened where it is ours and open to others.</summary>
    /// <param name="path">The folder; parents that are not there are made for the owner alone too.</param>
    /// <param name="wayOut">What the user can do when it is refused.</param>
    /// <exception cref="UserMistakeException">It is another user's, or leads over a link that another user made.</exception>
    public static void Folder(string path, string wayOut)
    {
        Make(path, wayOut);
        if (RequireOurs(path, wayOut) is { } found && (found.Permissions & Others) != 0)
        {
            TrySetMode(path, OwnerFolder);
        }
    }

    /// <summary>
    /// A folder that the user may have for other things too: made for its owner alone; one that is there must not be another user's, nor
    /// open to the world.
    /// </summary>
    /// <exception cref="UserMistakeException">It is another user's, or a link that another user made.</exception>
    public static void SharedFolder(string path, string wayOut)
    {
        Make(path, wayOut);
        if (FileOwner.Of(path, followsLinks: true) is not { } found)
        {
            return;
        }

        if (!found.IsTrusted && FileOwner.Self != 0)
        {
            throw new UserMistakeException($"{path}: belongs to user {found.User}, who could read and change what is written there; {wayOut}");
        }

        if ((found.Permissions & (UnixFileMode.OtherWrite | UnixFileMode.StickyBit)) == UnixFileMode.OtherWrite && found.User == FileOwner.Self)
        {
            TrySetMode(path, found.Permissions & ~UnixFileMode.OtherWrite);
        }
    }

    /// <summary>Whether a folder is there, is this user's, and is no place where everybody may lay things.</summary>
    public static bool IsOwn(string path) => FileOwner.Of(path, followsLinks: true) is { } found
        ? found.IsFolder && found.User == FileOwner.Self && (found.Permissions & UnixFileMode.OtherWrite) == 0
        : Directory.Exists(path);

    /// <summary>Opens a file that one process holds, and that its owner alone can read; makes it where it is not there.</summary>
    /// <exception cref="UserMistakeException">Another user laid it there.</exception>
    /// <exception cref="IOException">Another process holds it, or the folder cannot be written to.</exception>
    public static FileStream Hold(string path, string wayOut)
    {
        RefuseForeignLinks(path, wayOut);
        var file = Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        Tighten(path);
        return file;
    }

    /// <summary>A new file that its owner alone can read; whatever has the name already, a link too, is not touched.</summary>
    /// <exception cref="IOException">There is one, or the folder cannot be written to.</exception>
    public static FileStream Create(string path) => Open(path, FileMode.CreateNew, FileAccess.Write);

    /// <summary>Writes a small text that its owner alone can read.</summary>
    /// <exception cref="UserMistakeException">Another user laid a link there.</exception>
    public static void WriteText(string path, string text, string wayOut)
    {
        RefuseForeignLinks(path, wayOut);
        using (var writer = new StreamWriter(Open(path, FileMode.Create, FileAccess.Write)))
        {
            writer.Write(text);
        }

        Tighten(path);
    }

    /// <summary>
    /// Removes permissions of other users that an earlier version or a umask gave. Files of other users and missing files stay as they are.
    /// </summary>
    public static void Tighten(params IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            if (!OperatingSystem.IsWindows() && File.Exists(path) && (FileOwner.Of(path, followsLinks: true)?.User ?? FileOwner.Self) == FileOwner.Self)
            {
                TryTighten(path);
            }
        }
    }

    /// <summary>Refuses a path over a link that another user made, because that user decides where it leads.</summary>
    /// <exception cref="UserMistakeException">It does.</exception>
    public static void RefuseForeignLinks(string path, string wayOut)
    {
        for (var place = Path.GetFullPath(path); place is not null; place = Path.GetDirectoryName(place))
        {
            if (FileOwner.Of(place) is { IsLink: true, IsTrusted: false } link)
            {
                throw new UserMistakeException($"{place}: is a link that user {link.User} made, so it leads where that user wants; {wayOut}");
            }
        }
    }

    /// <summary>
    /// Refuses a file of secrets that others can read, or could replace. A file of root's may be readable by its group, because that is how
    /// Kubernetes and administrators hand secrets to a service that is not root.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="what">How the message begins, for instance the option and the path.</param>
    /// <exception cref="UserMistakeException">It is not secret.</exception>
    public static void RequireSecret(string path, string what)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
        {
            return;
        }

        var full = Path.GetFullPath(path);
        var wayOut = $"keep it in a folder of your own, with `chmod 600 {path}`";
        RefuseForeignLinks(full, wayOut);
        var owner = FileOwner.Of(full, followsLinks: true);
        if (owner is { IsTrusted: false } foreign && FileOwner.Self != 0)
        {
            throw new UserMistakeException($"{what}: belongs to user {foreign.User}, who can change it; make it yours with `chown`, and {wayOut}");
        }

        var isHandedOver = owner is { User: 0 } && FileOwner.Self != 0;
        var tooMuch = File.GetUnixFileMode(full) & Others & ~(isHandedOver ? UnixFileMode.GroupRead | UnixFileMode.GroupExecute : 0);
        if (tooMuch != 0)
        {
            throw new UserMistakeException($"{what}: other users of this machine can read or change it ({Words(tooMuch)}), so it is no secret; `chmod 600 {path}`, and make new ones if somebody may have read these");
        }

        var folder = Path.GetDirectoryName(full)!;
        if ((File.GetUnixFileMode(folder) & (UnixFileMode.OtherWrite | UnixFileMode.StickyBit)) == UnixFileMode.OtherWrite)
        {
            throw new UserMistakeException($"{what}: everybody may write to its folder, and so replace it; `chmod o-w {folder}`, or {wayOut}");
        }
    }

    private static FileStream Open(string path, FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        return new(path, options);
    }

    private static void Make(string path, string wayOut)
    {
        var full = Path.GetFullPath(path);
        RefuseForeignLinks(full, wayOut);
        if (Directory.Exists(full))
        {
            return;
        }

        if (Path.GetDirectoryName(full) is { } parent && !Directory.Exists(parent))
        {
            Make(parent, wayOut);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(full);
        }
        else
        {
            Directory.CreateDirectory(full, OwnerFolder);
        }
    }

    private static FileOwner? RequireOurs(string path, string wayOut) => FileOwner.Of(path, followsLinks: true) switch
    {
        null => null,
        { IsFolder: false } => throw new UserMistakeException($"{path}: is no folder; {wayOut}"),
        { } found when found.User != FileOwner.Self => throw new UserMistakeException($"{path}: belongs to user {found.User}, who could read and change what is written there; {wayOut}"),
        var found => found,
    };

    private static void TryTighten(string path)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode && (mode & Others) != 0)
        {
            TrySetMode(path, mode & ~Others);
        }
    }

    private static void TrySetMode(string path, UnixFileMode mode)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, mode);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // A file system without permissions, as some shared folders of virtual machines; there everybody is one user.
        }
    }

    private static string Words(UnixFileMode tooMuch) => string.Join(", ", new[]
    {
        (tooMuch & (UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute)) != 0 ? "its group" : null,
        (tooMuch & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute)) != 0 ? "everybody" : null,
    }.OfType<string>());
}
