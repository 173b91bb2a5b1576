using System.Data.Common;
using PinnSweep.Storage.Blobs;
using PinnSweep.Studies;
using PinnSweep.Studies.Lifecycle;
using PinnSweep.Testing;

namespace PinnSweep.Storage.Tests.Postgres;

/// <summary>A server that crashes and comes back.</summary>
public sealed class OutageTests
{
    /// <summary>The SHA-256 of "content".</summary>
    private const string Hash = "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73";

    private static readonly TrialKey Key = new(new string('a', 64));

    [Fact]
    public async Task While_the_server_is_gone_everything_fails_soon_and_once_it_is_back_everything_works()
    {
        using var folder = new TemporaryFolder();
        using var server = PostgresServer.StartNew();
        using var store = Store.Open(server.CreateDatabase());
        await store.Lease!.TryAcquireAsync("one", TimeSpan.FromMinutes(5), default);
        var blob = folder.Write("blob", "content");
        await store.Blobs.PutAsync(blob, Hash, 7, default);
        store.Decisions.Write([new TrialCheckpointed(Key, 1, new(Hash, 7, 1), default)], 1);

        server.Stop();
        Assert.ThrowsAny<DbException>(() => store.Decisions.Write([], 2));
        Assert.ThrowsAny<DbException>(() => store.Studies.List());
        Assert.ThrowsAny<DbException>(() => store.Curves.Append([new(Key, 1, new(1, 1, double.NaN, double.NaN, 1, 1), default)]));
        await Assert.ThrowsAnyAsync<DbException>(() => store.Blobs.PutAsync(blob, Hash, 7, default));
        await Assert.ThrowsAnyAsync<DbException>(() => store.Lease.RenewAsync(1, TimeSpan.FromMinutes(5), default));
        server.Start();

        store.Decisions.Write([], 2);
        Assert.Equal(2, store.Decisions.Position());
        Assert.True(await store.Lease.RenewAsync(1, TimeSpan.FromMinutes(5), default));
        await store.Blobs.FetchAsync(Hash, folder["back"], default);
        Assert.Equal("content", await File.ReadAllTextAsync(folder["back"]));
    }

    [Fact]
    public async Task Connections_that_broke_unseen_cost_one_attempt_not_one_each()
    {
        using var server = PostgresServer.StartNew();
        using var store = Store.Open(server.CreateDatabase());
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.Lease!.TryAcquireAsync("one", TimeSpan.FromMinutes(5), default)));

        server.Stop();
        server.Start();

        Assert.ThrowsAny<DbException>(() => store.Decisions.Position());
        Assert.Equal(0, store.Decisions.Position());
    }

    [Fact]
    public async Task A_patient_blob_store_waits_until_the_server_is_back()
    {
        using var folder = new TemporaryFolder();
        using var server = PostgresServer.StartNew();
        using var store = Store.Open(server.CreateDatabase());
        var blobs = new PatientBlobStore(store.Blobs, TimeProvider.System);
        server.Stop();

        var putting = blobs.PutAsync(folder.Write("blob", "content"), Hash, 7, default);
        await Assert.ThrowsAsync<TimeoutException>(() => putting.WaitAsync(TimeSpan.FromMilliseconds(500)));
        server.Start();
        await putting.WaitAsync(TimeSpan.FromSeconds(60));

        await blobs.FetchAsync(Hash, folder["back"], default);
        Assert.Equal("content", await File.ReadAllTextAsync(folder["back"]));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => blobs.FetchAsync(new string('0', 64), folder["other"], default));
        await Assert.ThrowsAsync<BlobCorruptException>(() => blobs.PutAsync(folder["back"], new string('0', 64), 7, default));
    }
}
