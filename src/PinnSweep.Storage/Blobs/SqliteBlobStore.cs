using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using PinnSweep.Storage.Databases;

namespace PinnSweep.Storage.Blobs;

/// <summary>
/// Blobs as rows, streamed in and out, so a store stays one file to copy. The driver works synchronously: call from a thread that may wait.
/// </summary>
internal sealed class SqliteBlobStore(SqliteConnections connections, TimeProvider clock) : IBlobStore
{
    private const int ChunkBytes = 1 << 16;

    // SQLite's numbers: a row that is no blob any more, and a damaged page.
    private const int Generic = 1;
    private const int Corrupt = 11;

    public Task PutAsync(string path, string sha256, long bytes, CancellationToken cancel)
    {
        using var source = File.OpenRead(path);
        if (source.Length != bytes)
        {
            throw new BlobCorruptException($"{path}: {source.Length} bytes where {bytes} were announced");
        }

        using var connection = connections.OpenSqlite();
        using var transaction = connection.BeginTransaction(deferred: false);
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var isNew = connection.Execute(
            "insert into blobs (sha256, bytes, created_at, content) values ($1, $2, $3, zeroblob($2)) on conflict (sha256) do nothing",
            sha256, bytes, now) == 1;
        if (!isNew)
        {
            // A content that is stored again will be referred to soon: its age starts anew, so that it does not count as an old orphan.
            connection.Execute("update blobs set created_at = $2 where sha256 = $1", sha256, now);
        }

        var id = connection.Scalar<long>("select id from blobs where sha256 = $1", sha256);
        var isThere = !isNew && IsSound(connection, id, sha256, cancel);
        if (!isNew && !isThere)
        {
            // A row of the same name whose bytes have changed: what is acknowledged must be what was sent.
            connection.Execute("update blobs set bytes = $2, content = zeroblob($2) where id = $1", id, bytes);
        }

        string actual;
        using (var target = isThere ? Stream.Null : new SqliteBlob(connection, "blobs", "content", id))
        {
            actual = Copy(source, target, cancel);
        }

        if (actual != sha256)
        {
            throw new BlobCorruptException($"{path}: the content has SHA-256 {actual} where {sha256} was announced");
        }

        transaction.Commit();
        return Task.CompletedTask;
    }

    public Task FetchAsync(string sha256, string path, CancellationToken cancel)
    {
        using var connection = connections.OpenSqlite();
        var id = connection.Scalar<long>("select id from blobs where sha256 = $1", sha256);
        if (id == 0)
        {
            throw new KeyNotFoundException($"no blob {sha256} in the store");
        }

        string actual;
        try
        {
            using var source = new SqliteBlob(connection, "blobs", "content", id, readOnly: true);
            using var target = File.Create(path);
            actual = Copy(source, target, cancel);
        }
        catch (SqliteException damage) when (damage.SqliteErrorCode is Generic or Corrupt)
        {
            File.Delete(path);
            throw new BlobCorruptException($"blob {sha256} of the store cannot be read: {damage.Message}");
        }

        if (actual != sha256)
        {
            File.Delete(path);
            throw new BlobCorruptException($"blob {sha256} of the store has SHA-256 {actual}");
        }

        return Task.CompletedTask;
    }

    private static bool IsSound(SqliteConnection connection, long id, string sha256, CancellationToken cancel)
    {
        try
        {
            using var stored = new SqliteBlob(connection, "blobs", "content", id, readOnly: true);
            return Copy(stored, Stream.Null, cancel) == sha256;
        }
        catch (SqliteException)
        {
            // Not even of the kind that can be read: damaged too.
            return false;
        }
    }

    private static string Copy(Stream source, Stream target, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            for (int read; (read = source.Read(buffer, 0, ChunkBytes)) > 0;)
            {
                cancel.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
                target.Write(buffer, 0, read);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
