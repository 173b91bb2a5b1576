using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PinnSweep.Cluster.Blobs;
using PinnSweep.Storage.Blobs;
using PinnSweep.Testing;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Cluster.Tests.Blobs;

/// <summary>The client's part by a scripted other side; the two together are tested where the server is.</summary>
public sealed class HttpBlobStoreTests : IDisposable
{
    private static readonly Uri Node = new("http://hub:8053/");
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Content));
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new() { AutoAdvanceAmount = TimeSpan.Zero };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Put_while_the_node_is_away_is_tried_again_until_it_answers()
    {
        var script = new Script(
            _ => throw new HttpRequestException("connection refused"),
            _ => new(HttpStatusCode.ServiceUnavailable),
            _ => new(HttpStatusCode.BadGateway),
            _ => new(HttpStatusCode.Created));
        using var blobs = Store(script, () => Node);

        await Advancing(blobs.PutAsync(Written(), Hash, Content.Length, CancellationToken.None));

        Assert.Equal(4, script.Bodies.Count);
        Assert.All(script.Bodies, body => Assert.Equal(Content, body));
        Assert.All(script.Requests, request => Assert.Equal($"PUT http://hub:8053/api/blobs/{Hash} Bearer secret", request));
    }

    [Fact]
    public async Task Put_before_an_address_is_known_waits_for_it()
    {
        var script = new Script(_ => new(HttpStatusCode.Created));
        var asked = 0;
        using var blobs = Store(script, () => ++asked < 4 ? null : Node);

        await Advancing(blobs.PutAsync(Written(), Hash, Content.Length, CancellationToken.None));

        Assert.Equal(4, asked);
        Assert.Single(script.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "PINNSWEEP_TOKEN")]
    [InlineData(HttpStatusCode.Forbidden, "PINNSWEEP_TOKEN")]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, "413")]
    public async Task Put_refused_for_good_gives_up(HttpStatusCode status, string said)
    {
        using var blobs = Store(new Script(_ => new(status)), () => Node);

        var refused = await Assert.ThrowsAsync<BlobRefusedException>(() => blobs.PutAsync(Written(), Hash, Content.Length, CancellationToken.None));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_of_a_content_with_another_hash_says_so()
    {
        using var blobs = Store(new Script(_ => new(HttpStatusCode.UnprocessableEntity)), () => Node);

        await Assert.ThrowsAsync<BlobCorruptException>(() => blobs.PutAsync(Written(), Hash, Content.Length, CancellationToken.None));
    }

    [Fact]
    public async Task Put_of_a_file_of_another_length_is_not_sent()
    {
        var script = new Script();
        using var blobs = Store(script, () => Node);

        await Assert.ThrowsAsync<BlobCorruptException>(() => blobs.PutAsync(Written(), Hash, 5, CancellationToken.None));

        Assert.Empty(script.Requests);
    }

    [Fact]
    public async Task Fetch_damaged_on_the_way_is_fetched_again()
    {
        var script = new Script(_ => Answer(Content[..^1]), _ => Answer(Content));
        using var blobs = Store(script, () => Node);

        await Advancing(blobs.FetchAsync(Hash, _folder["fetched"], CancellationToken.None));

        Assert.Equal(Content, File.ReadAllBytes(_folder["fetched"]));
    }

    [Fact]
    public async Task Fetch_of_damage_that_stays_leaves_no_file()
    {
        using var blobs = Store(new Script(_ => Answer([1]), _ => Answer([1]), _ => Answer([1])), () => Node);

        await Assert.ThrowsAsync<BlobCorruptException>(() => Advancing(blobs.FetchAsync(Hash, _folder["fetched"], CancellationToken.None)));

        Assert.False(File.Exists(_folder["fetched"]));
    }

    [Fact]
    public async Task Fetch_of_what_is_not_there_is_said_as_by_a_local_store()
    {
        using var blobs = Store(new Script(_ => new(HttpStatusCode.NotFound)), () => Node);

        await Assert.ThrowsAsync<KeyNotFoundException>(() => blobs.FetchAsync(Hash, _folder["fetched"], CancellationToken.None));
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled_or_the_store_is_disposed()
    {
        using var cancel = new CancellationTokenSource();
        using var blobs = Store(new Script(), () => null);
        var cancelled = blobs.FetchAsync(Hash, _folder["a"], cancel.Token);
        var disposed = blobs.FetchAsync(Hash, _folder["b"], CancellationToken.None);

        await cancel.CancelAsync();
        blobs.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => disposed);
    }

    private static HttpResponseMessage Answer(byte[] content) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };

    private HttpBlobStore Store(HttpMessageHandler handler, Func<Uri?> address) => new(address, handler, "secret", _clock, NullLogger.Instance);

    private string Written()
    {
        File.WriteAllBytes(_folder["blob"], Content);
        return _folder["blob"];
    }

    /// <summary>Lets the clock run while something waits by it.</summary>
    private async Task Advancing(Task waiting)
    {
        await Waiting.UntilAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(20));
                return waiting.IsCompleted;
            },
            Waiting.Patience,
            () => "still waiting");
        await waiting;
    }

    private sealed class Script(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) : HttpMessageHandler
    {
        private int _next;

        public List<string> Requests { get; } = [];

        public List<byte[]> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add($"{request.Method} {request.RequestUri} {request.Headers.Authorization}");
            Bodies.Add(request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken));
            return answers[_next++](request);
        }
    }
}
