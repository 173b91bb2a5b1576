using System.Globalization;
using PinnSweep.Storage.Files;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// A folder that this process alone uses while it lives, emptied at the start and gone at the end. The lock is the operating system's, so
/// it falls away with its process however that ends. Where another process has the folder, the next one is taken: the same name with a
/// number.
/// </summary>
public sealed class OwnFolder : IDisposable
{
    private const int Most = 99;

    private readonly FileStream _lock;

    private OwnFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Takes the folder, or the first with a number that nobody uses.</summary>
    /// <param name="path">The folder wanted.</param>
    /// <param name="wayOut">What the user can do where it cannot be used.</param>
    /// <exception cref="UserMistakeException">It cannot be written to.</exception>
    public static OwnFolder Take(string path, string wayOut)
    {
        for (var number = 1; number <= Most; number++)
        {
            var candidate = number == 1 ? path : string.Create(CultureInfo.InvariantCulture, $"{path}-{number}");
            try
            {
                if (TryTake(candidate, wayOut, mustBeEmpty: false) is { } taken)
                {
                    return taken;
                }
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new UserMistakeException($"{candidate}: cannot be used as a folder for files on their way to the store ({refused.Message}); {wayOut}", refused);
            }
        }

        throw new UserMistakeException($"{path}: {Most} other processes use folders of this name; {wayOut}");
    }

    /// <summary>Takes this folder and no other; null when another process has it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="wayOut">What the user can do where it cannot be used.</param>
    /// <param name="mustBeEmpty">Whether it is a failure that something an earlier process left cannot be taken away.</param>
    /// <exception cref="IOException">It cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be used.</exception>
    /// <exception cref="UserMistakeException">It is another user's.</exception>
    internal static OwnFolder? TryTake(string path, string wayOut, bool mustBeEmpty)
    {
        PrivateFiles.SharedFolder(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!, wayOut);
        // A holder that is just letting go takes the file of the lock with it; the next one is ours.
        if ((Hold($"{path}.lock", wayOut) ?? Hold($"{path}.lock", wayOut)) is not { } held)
        {
            return null;
        }

        try
        {
            // Checked before anything is taken away, and made anew for this user alone.
            PrivateFiles.Folder(path, wayOut);
            Empty(path, mustBeEmpty);
            PrivateFiles.Folder(path, wayOut);
            return new(path, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Empty(Path, mustBeEmpty: false);
        try
        {
            // Before it is let go: whoever opens it after that makes one of its own.
            File.Delete(_lock.Name);
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            // An empty file that says nothing.
        }

        _lock.Dispose();
    }

    /// <summary>Null when another process holds it, or let it go in between.</summary>
    private static FileStream? Hold(string path, string wayOut)
    {
        FileStream? held = null;
        try
        {
            held = PrivateFiles.Hold(path, wayOut);

            // The file may have been deleted between opening and locking; then the lock is on a file that nobody else will find. Its length
            // is all that others' locks let be seen of it.
            var token = 1 + (Guid.NewGuid().ToByteArray()[0] << 8) + Guid.NewGuid().ToByteArray()[0];
            held.SetLength(token);
            if (new FileInfo(path) is not { Exists: true } found || found.Length != token)
            {
                return null;
            }

            held.SetLength(0);
            var kept = held;
            held = null;
            return kept;
        }
        catch (IOException) when (held is null && File.Exists(path))
        {
            return null;
        }
        finally
        {
            held?.Dispose();
        }
    }

    private static void Empty(string path, bool mustBeEmpty)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception left) when (!mustBeEmpty && left is (IOException or UnauthorizedAccessException))
        {
            // An orphan of a killed trainer is just about to end in it.
        }
    }
}
