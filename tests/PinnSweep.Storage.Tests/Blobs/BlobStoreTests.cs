using System.Security.Cryptography;
using PinnSweep.Storage.Blobs;

namespace PinnSweep.Storage.Tests.Blobs;

/// <summary>Watches the memory of the whole process.</summary>
[CollectionDefinition("memory", DisableParallelization = true)]
public sealed class MemoryCollection;

[Collection("memory")]
public sealed class SqliteBlobStoreTests() : BlobStoreTests(Database.Sqlite);

[Collection("memory")]
public sealed class PostgresBlobStoreTests() : BlobStoreTests(Database.Postgres);

public abstract class BlobStoreTests : IDisposable
{
    private readonly StoreFolder _folder;
    private readonly Store _store;

    protected BlobStoreTests(Database database)
    {
        _folder = new(database);
        _store = Store.Open(_folder.Path);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65536)]
    [InlineData(1_000_003)]
    public async Task A_blob_comes_back_byte_for_byte(int length)
    {
        var (path, hash, bytes) = SomeFile(length);

        await _store.Blobs.PutAsync(path, hash, length, CancellationToken.None);
        await _store.Blobs.FetchAsync(hash, _folder.File("back"), CancellationToken.None);

        Assert.Equal(bytes, File.ReadAllBytes(_folder.File("back")));
    }

    [Fact]
    public async Task The_same_content_is_kept_once()
    {
        var (path, hash, _) = SomeFile(100);

        await _store.Blobs.PutAsync(path, hash, 100, CancellationToken.None);
        await _store.Blobs.PutAsync(path, hash, 100, CancellationToken.None);

        Assert.Equal(1, Count());
    }

    [Fact]
    public async Task A_wrong_hash_is_refused_and_nothing_is_stored()
    {
        var (path, _, _) = SomeFile(100);

        await Assert.ThrowsAsync<BlobCorruptException>(() => _store.Blobs.PutAsync(path, new string('0', 64), 100, CancellationToken.None));
        Assert.Equal(0, Count());
    }

    [Fact]
    public async Task A_wrong_length_is_refused_and_nothing_is_stored()
    {
        var (path, hash, _) = SomeFile(100);

        await Assert.ThrowsAsync<BlobCorruptException>(() => _store.Blobs.PutAsync(path, hash, 101, CancellationToken.None));
        Assert.Equal(0, Count());
    }

    [Fact]
    public async Task Stored_bytes_that_changed_are_refused_and_leave_no_file()
    {
        var (path, hash, _) = SomeFile(100);
        await _store.Blobs.PutAsync(path, hash, 100, CancellationToken.None);
        _store.Connections.Query(_folder.Database == Database.Sqlite ? "update blobs set content = zeroblob(100)" : "update blob_parts set content = '\\x00'", row => 0);

        await Assert.ThrowsAsync<BlobCorruptException>(() => _store.Blobs.FetchAsync(hash, _folder.File("back"), CancellationToken.None));
        Assert.False(File.Exists(_folder.File("back")));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000_003)]
    public async Task Storing_a_content_again_replaces_stored_bytes_that_changed(int length)
    {
        var (path, hash, bytes) = SomeFile(length);
        await _store.Blobs.PutAsync(path, hash, length, CancellationToken.None);
        _store.Connections.Query(_folder.Database == Database.Sqlite ? "update blobs set content = zeroblob(7), bytes = 7" : "update blob_parts set content = '\\x00'", row => 0);

        await _store.Blobs.PutAsync(path, hash, length, CancellationToken.None);
        await _store.Blobs.FetchAsync(hash, _folder.File("back"), CancellationToken.None);

        Assert.Equal(bytes, File.ReadAllBytes(_folder.File("back")));
        Assert.Equal(1, Count());
    }

    [Fact]
    public async Task Fetch_of_an_unknown_hash_says_so() =>
        await Assert.ThrowsAsync<KeyNotFoundException>(() => _store.Blobs.FetchAsync(new string('0', 64), _folder.File("back"), CancellationToken.None));

    [Fact]
    public async Task Many_may_store_the_same_content_at_once()
    {
        var (path, hash, bytes) = SomeFile(1_000_003);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _store.Blobs.PutAsync(path, hash, bytes.Length, CancellationToken.None))));
        await _store.Blobs.FetchAsync(hash, _folder.File("back"), CancellationToken.None);

        Assert.Equal(1, Count());
        Assert.Equal(bytes, File.ReadAllBytes(_folder.File("back")));
    }

    [Fact]
    public async Task A_blob_is_never_in_memory_as_a_whole()
    {
        const int length = 40_000_000;
        var (path, hash, _) = SomeFile(length);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await _store.Blobs.PutAsync(path, hash, length, CancellationToken.None);
        var put = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.InRange(put, 0, length / 4);
    }

    [Fact]
    public async Task A_blob_whose_storing_was_cancelled_is_not_there()
    {
        var (path, hash, bytes) = SomeFile(1_000_003);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store.Blobs.PutAsync(path, hash, bytes.Length, cancelled.Token));
        Assert.Equal(0, Count());
    }

    private (string Path, string Hash, byte[] Bytes) SomeFile(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)((i * 31) + (i >> 8));
        }

        File.WriteAllBytes(_folder.File("blob"), bytes);
        return (_folder.File("blob"), Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes);
    }

    private long Count() => _store.Connections.Query("select count(*) from blobs", row => row.GetInt64(0)).Single();
}
