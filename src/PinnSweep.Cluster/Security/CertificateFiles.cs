using PinnSweep.Storage.Files;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Security;

/// <summary>
/// Writes certificates and keys. Nobody else may read them, not even for a moment, and a node that reads them meanwhile sees the old file
/// or the new one.
/// </summary>
internal static class CertificateFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    /// <summary>A new file.</summary>
    public static void Write(string path, string text)
    {
        using var file = PrivateFiles.Create(path);
        using var writer = new StreamWriter(file) { NewLine = "\n" };
        writer.WriteLine(text.TrimEnd());
        writer.Flush();
        file.Flush(flushToDisk: true);
    }

    /// <summary>A file in place of one that may be there.</summary>
    public static void Replace(string path, string text)
    {
        var beside = path + ".new";
        // Left by a renewal that was interrupted.
        File.Delete(beside);
        Write(beside, text);
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Failures of the disk as the user's to mend.</summary>
    public static T Writing<T>(string folder, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"{folder}: certificates cannot be written here: {refused.Message}", refused);
        }
    }
}
