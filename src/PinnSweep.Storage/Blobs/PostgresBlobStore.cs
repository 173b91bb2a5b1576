using System.Buffers;
using System.Data;
using System.Security.Cryptography;
using Npgsql;
using PinnSweep.Storage.Databases;

namespace PinnSweep.Storage.Blobs;

/// <summary>Blobs as rows of parts, streamed in and out one part at a time.</summary>
internal sealed class PostgresBlobStore(PostgresConnections connections, TimeProvider clock) : IBlobStore
{
    private const int PartBytes = 1 << 18;

    public async Task PutAsync(string path, string sha256, long bytes, CancellationToken cancel)
    {
        await using var source = File.OpenRead(path);
        if (source.Length != bytes)
        {
            throw new BlobCorruptException($"{path}: {source.Length} bytes where {bytes} were announced");
        }

        await using var connection = new NpgsqlConnection(connections.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Waits while another process stores the same content. A content that is stored again will be referred to soon, so its age starts
        // anew and it does not count as an old orphan. xmax = 0 says that the row is new; an existing one was locked by the update.
        await using var enter = connection.Prepare(
            "insert into blobs (sha256, bytes, created_at) values ($1, $2, $3) on conflict (sha256) do update set created_at = excluded.created_at returning xmax = 0",
            sha256, bytes, clock.GetUtcNow().ToUnixTimeSeconds());
        var isNew = (bool)(await enter.ExecuteScalarAsync(cancel))!;
        var isThere = !isNew && await CopyPartsAsync(connection, Stream.Null, sha256, cancel) == sha256;
        if (!isNew && !isThere)
        {
            // A blob of the same name whose bytes have changed: what is acknowledged must be what was sent.
            await using var clear = connection.Prepare("delete from blob_parts where sha256 = $1", sha256);
            await clear.ExecuteNonQueryAsync(cancel);
            await using var length = connection.Prepare("update blobs set bytes = $2 where sha256 = $1", sha256, bytes);
            await length.ExecuteNonQueryAsync(cancel);
        }

        var actual = await PutPartsAsync(source, isThere ? null : connection, sha256, cancel);
        if (actual != sha256)
        {
            throw new BlobCorruptException($"{path}: the content has SHA-256 {actual} where {sha256} was announced");
        }

        await transaction.CommitAsync(cancel);
    }

    public async Task FetchAsync(string sha256, string path, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(connections.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await using var find = connection.Prepare("select bytes from blobs where sha256 = $1", sha256);
        if (await find.ExecuteScalarAsync(cancel) is null)
        {
            throw new KeyNotFoundException($"no blob {sha256} in the store");
        }

        string actual;
        await using (var target = File.Create(path))
        {
            actual = await CopyPartsAsync(connection, target, sha256, cancel);
        }

        if (actual != sha256)
        {
            File.Delete(path);
            throw new BlobCorruptException($"blob {sha256} of the store has SHA-256 {actual}");
        }
    }

    /// <summary>Hashes what is stored while it is copied.</summary>
    private static async Task<string> CopyPartsAsync(NpgsqlConnection connection, Stream target, string sha256, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var parts = connection.Prepare("select content from blob_parts where sha256 = $1 order by n", sha256);
        await using var reader = await parts.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancel);
        while (await reader.ReadAsync(cancel))
        {
            var part = await reader.GetFieldValueAsync<byte[]>(0, cancel);
            hash.AppendData(part);
            await target.WriteAsync(part, cancel);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Hashes a content and stores it, unless it is stored already.</summary>
    private static async Task<string> PutPartsAsync(FileStream source, NpgsqlConnection? target, string sha256, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(PartBytes);
        try
        {
            int read;
            for (var part = 0L; (read = await source.ReadAtLeastAsync(buffer.AsMemory(0, PartBytes), PartBytes, throwOnEndOfStream: false, cancel)) > 0; part++)
            {
                hash.AppendData(buffer, 0, read);
                if (target is not null)
                {
                    await using var insert = target.Prepare(
                        "insert into blob_parts (sha256, n, content) values ($1, $2, $3)", sha256, part, new ArraySegment<byte>(buffer, 0, read));
                    await insert.ExecuteNonQueryAsync(cancel);
                }
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
