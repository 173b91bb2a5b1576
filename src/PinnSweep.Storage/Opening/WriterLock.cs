using System.Globalization;
using PinnSweep.Storage.Files;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Storage.Opening;

/// <summary>
/// One writer a store: an operating-system lock on a file beside it, which the system releases however its process ends. A locked file
/// cannot be read, so the writer's process id, which the message to a second writer names, stands in another file.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private const string WayOut = "choose a store in a folder of your own with --store";

    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    public static WriterLock Take(string storePath)
    {
        var path = storePath + ".lock";
        try
        {
            var file = PrivateFiles.Hold(path, WayOut);
            Tell(storePath);
            return new(file);
        }
        catch (IOException refused) when (File.Exists(path) && HolderOf(storePath) is { } holder)
        {
            throw new UserMistakeException(
                $"{storePath}: process {holder} is writing to this store; wait for it, stop it, or choose another store with --store", refused);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException(
                $"{storePath}: cannot write in this folder ({refused.Message}); choose a store elsewhere with --store", refused);
        }
    }

    public void Dispose() => _file.Dispose();

    private static void Tell(string storePath)
    {
        try
        {
            PrivateFiles.WriteText(HolderPath(storePath), Environment.ProcessId.ToString(CultureInfo.InvariantCulture), WayOut);
        }
        catch (IOException)
        {
            // A full disk: the lock holds without the name of its holder, and the store says what is wrong.
        }
    }

    private static string HolderPath(string storePath) => storePath + ".writer";

    /// <summary>The process that wrote it; null when there is no such file, so that the reason must be another.</summary>
    private static string? HolderOf(string storePath) =>
        File.Exists(HolderPath(storePath)) ? File.ReadAllText(HolderPath(storePath)) is { Length: > 0 } id ? id : "of another command" : null;
}
