namespace PinnSweep.Storage.Blobs;

/// <summary>
/// Files by the SHA-256 of their content, 64 lower-case hexadecimal digits. Storing the same content twice keeps it once.
/// </summary>
public interface IBlobStore
{
    /// <summary>Stores a file's content if it has the length and hash it is said to have.</summary>
    /// <exception cref="BlobCorruptException">It has not; nothing is stored.</exception>
    Task PutAsync(string path, string sha256, long bytes, CancellationToken cancel);

    /// <summary>Writes a stored content to a file, checked while it is read.</summary>
    /// <exception cref="BlobCorruptException">The stored bytes do not have the hash; no file is left behind.</exception>
    /// <exception cref="KeyNotFoundException">Nothing is stored under this hash.</exception>
    Task FetchAsync(string sha256, string path, CancellationToken cancel);
}

/// <summary>Bytes that do not have the hash or length they should have.</summary>
public sealed class BlobCorruptException(string message) : Exception(message);
