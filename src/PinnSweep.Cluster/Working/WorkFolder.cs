using PinnSweep.Storage.Files;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// Where a node's trainers put checkpoints and results on their way to the store: a folder of our own inside the one that the user names, who
/// may have other things there; nobody else can look into it. One node at a time, held by a lock of the operating system; what an earlier one left is rubbish.
/// </summary>
public sealed class WorkFolder : IDisposable
{
    private const string Name = "pinnsweep-slots";
    private const string WayOut = "name a folder of your own by --work";

    private readonly FileStream _lock;

    private WorkFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Takes the folder inside this one; empties it, or makes it.</summary>
    /// <exception cref="UserMistakeException">It cannot be written to, or another node uses it.</exception>
    public static WorkFolder Take(string path)
    {
        var full = System.IO.Path.Combine(System.IO.Path.GetFullPath(path), Name);
        try
        {
            PrivateFiles.SharedFolder(System.IO.Path.GetDirectoryName(full)!, WayOut);
            // Checked before anything is taken away, and made anew for this user alone.
            PrivateFiles.Folder(full, WayOut);
            var held = PrivateFiles.Hold(full + ".lock", WayOut);
            try
            {
                Empty(full);
                PrivateFiles.Folder(full, WayOut);
                return new(full, held);
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException(
                $"{full}: cannot be used as the work folder ({refused.Message}); another node may be using it: give each node a --name or a --work of its own", refused);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Empty(Path);
        }
        catch (IOException)
        {
            // An orphan of a killed trainer is just about to end in it.
        }

        _lock.Dispose();
    }

    private static void Empty(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
