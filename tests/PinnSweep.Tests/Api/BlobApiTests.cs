using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using PinnSweep.Cluster.Blobs;
using PinnSweep.Cluster.Security;

namespace PinnSweep.Tests.Api;

/// <summary>The worker's side and the coordinator's together, over a real connection.</summary>
[Collection("api")]
public sealed class BlobApiTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1_000_000).Select(i => (byte)(i * 31 >> 3))];
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Content));

    [Fact]
    public async Task A_blob_goes_to_the_store_and_comes_back()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        using var handler = NodeTls.HttpHandler(null);
        using var blobs = new HttpBlobStore(() => api.Url, handler, TestApi.OperateToken, TimeProvider.System, NullLogger.Instance);
        var (source, target) = (Path.Combine(api.Folder, "source"), Path.Combine(api.Folder, "target"));
        await File.WriteAllBytesAsync(source, Content);

        await blobs.PutAsync(source, Hash, Content.Length, CancellationToken.None);
        await blobs.PutAsync(source, Hash, Content.Length, CancellationToken.None);
        await blobs.FetchAsync(Hash, target, CancellationToken.None);
        await api.Store.Blobs.FetchAsync(Hash, source, CancellationToken.None);

        Assert.Equal(Content, await File.ReadAllBytesAsync(target));
        Assert.Equal(Content, await File.ReadAllBytesAsync(source));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(api.Folder, "http")));
    }

    [Fact]
    public async Task A_body_with_another_hash_is_refused_and_nothing_is_stored()
    {
        await using var api = await TestApi.StartAsync();
        using var body = new ByteArrayContent(Content[1..]);

        using var answer = await api.Client.PutAsync($"api/blobs/{Hash}", body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TestApi.ProblemOf(answer)).Status);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => api.Store.Blobs.FetchAsync(Hash, Path.Combine(api.Folder, "none"), CancellationToken.None));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(api.Folder, "http")));
    }

    [Fact]
    public async Task A_blob_beyond_the_limit_or_without_a_length_is_refused()
    {
        await using var api = await TestApi.StartAsync(change: options => options with { MaximumBlobBytes = 100_000 });
        using var large = new ByteArrayContent(Content);
        using var endless = new StreamContent(new MemoryStream(Content));
        using var chunked = new HttpRequestMessage(HttpMethod.Put, $"api/blobs/{Hash}") { Content = endless, Headers = { TransferEncodingChunked = true } };

        using var tooLarge = await api.Client.PutAsync($"api/blobs/{Hash}", large);
        using var noLength = await api.Client.SendAsync(chunked);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await TestApi.ProblemOf(tooLarge)).Status);
        Assert.Equal(HttpStatusCode.LengthRequired, (await TestApi.ProblemOf(noLength)).Status);
    }

    [Fact]
    public async Task A_worker_with_a_wrong_token_is_told_what_to_mend()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        using var handler = NodeTls.HttpHandler(null);
        using var blobs = new HttpBlobStore(() => api.Url, handler, TestApi.ReadToken, TimeProvider.System, NullLogger.Instance);
        var source = Path.Combine(api.Folder, "source");
        await File.WriteAllBytesAsync(source, Content);

        var refused = await Assert.ThrowsAsync<BlobRefusedException>(() => blobs.PutAsync(source, Hash, Content.Length, CancellationToken.None));

        Assert.Contains("PINNSWEEP_TOKEN", refused.Message, StringComparison.Ordinal);
    }
}
