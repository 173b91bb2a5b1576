using System.Globalization;
using System.Text;
using PinnSweep.Studies;

namespace PinnSweep.Storage.Opening;

/// <summary>
/// One writer a store: an operating-system lock on a file beside it, released by the system however its process ends.
/// The file holds the process id for the message of whoever comes second.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    public static WriterLock Take(string storePath)
    {
        var path = storePath + ".lock";
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException refused) when (HolderOf(path) is { } holder)
        {
            throw new UserMistakeException(
                $"{storePath}: process {holder} is writing to this store; wait for it, stop it, or choose another store with --store", refused);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException(
                $"{storePath}: cannot write in this folder ({refused.Message}); choose a store elsewhere with --store", refused);
        }

        file.SetLength(0);
        file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        file.Flush();
        return new(file);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The process that wrote the file; null when there is no file, so that the reason must be another.</summary>
    private static string? HolderOf(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return reader.ReadToEnd() is { Length: > 0 } id ? id : "(unknown)";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return "(unknown)";
        }
    }
}
