using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using PinnSweep.Storage.Blobs;
using PinnSweep.Storage.Retries;
using Polly;
using LogEvents = PinnSweep.Cluster.Logging.LogEvents;

namespace PinnSweep.Cluster.Blobs;

/// <summary>
/// The blobs of a store on another node, by its HTTP interface. Both ways are streamed, and both sides check the hash. While nobody answers
/// it tries again, because a worker that waits loses less than one that gives up: a coordinator comes back, maybe at another address.
/// </summary>
/// <param name="address">The node's address now; null while no coordinator is known.</param>
/// <param name="handler">How it is reached.</param>
/// <param name="token">A token with the role <c>operate</c>; null where none is needed.</param>
/// <param name="clock">The clock of pauses.</param>
/// <param name="log">Told once an operation when it has to wait.</param>
public sealed class HttpBlobStore(Func<Uri?> address, HttpMessageHandler handler, string? token, TimeProvider clock, ILogger log) : IBlobStore, IDisposable
{
    /// <summary>Where blobs are, below a node's address.</summary>
    public const string Route = "api/blobs/";

    private const int ChunkBytes = 1 << 16;
    private const int FetchesOfDamage = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    // Without a byte for this long the other side counts as gone; the server hashes and stores a large blob before it answers.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource _ended = new();

    private readonly ResiliencePipeline<Obstacle?> _retry = EndlessRetry.Of<Obstacle?>(
        clock,
        FirstPause,
        LongestPause,
        attempt => attempt.Result is not null,
        (pauses, attempt) =>
        {
            if (pauses == 0 && attempt.Result is { } obstacle)
            {
                LogEvents.BlobWaits(log, obstacle.Sha256, obstacle.Reason);
            }
        });

    /// <inheritdoc/>
    public Task PutAsync(string path, string sha256, long bytes, CancellationToken cancel) => PersistAsync(sha256, async (url, stall) =>
    {
        await using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, ChunkBytes, FileOptions.Asynchronous | FileOptions.SequentialScan);
        if (source.Length != bytes)
        {
            throw new BlobCorruptException($"{path}: {source.Length} bytes where {bytes} were announced");
        }

        using var content = new ProgressingContent(source, bytes, stall);
        using var request = Request(HttpMethod.Put, url, content);
        // A refusal comes before the body is sent; a server that hangs up in the middle of it would look like one that is away.
        request.Headers.ExpectContinue = true;
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token);
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        // Its own hash may be wrong too, so this is said of the file, not of the way.
        if (response.StatusCode == HttpStatusCode.UnprocessableEntity)
        {
            throw new BlobCorruptException($"{path}: does not have the SHA-256 {sha256} that it was announced with");
        }

        await RefuseAsync(response, $"blob {sha256} of {bytes} bytes", stall.Token);
    }, cancel);

    /// <inheritdoc/>
    public async Task FetchAsync(string sha256, string path, CancellationToken cancel)
    {
        string? actual = null;
        for (var fetch = 0; fetch < FetchesOfDamage && actual != sha256; fetch++)
        {
            await PersistAsync(sha256, async (url, stall) => actual = await FetchOnceAsync(url, sha256, path, stall), cancel);
        }

        if (actual != sha256)
        {
            File.Delete(path);
            throw new BlobCorruptException($"blob {sha256} came with SHA-256 {actual}, {FetchesOfDamage} times");
        }
    }

    /// <summary>Ends what still waits.</summary>
    public void Dispose()
    {
        if (_ended.IsCancellationRequested)
        {
            return;
        }

        _ended.Cancel();
        _ended.Dispose();
        _client.Dispose();
    }

    private async Task<string> FetchOnceAsync(Uri url, string sha256, string path, CancellationTokenSource stall)
    {
        using var request = Request(HttpMethod.Get, url, null);
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            throw new KeyNotFoundException($"no blob {sha256} at {url.GetLeftPart(UriPartial.Authority)}");
        }

        if (!response.IsSuccessStatusCode)
        {
            await RefuseAsync(response, $"blob {sha256}", stall.Token);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var source = await response.Content.ReadAsStreamAsync(stall.Token);
        await using var target = File.Create(path);
        var buffer = new byte[ChunkBytes];
        for (int read; (read = await source.ReadAsync(buffer, stall.Token)) > 0;)
        {
            stall.CancelAfter(Patience);
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), stall.Token);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Again and again, until it is done, refused or cancelled.</summary>
    private async Task PersistAsync(string sha256, Func<Uri, CancellationTokenSource, Task> attempt, CancellationToken asked)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(asked, _ended.Token);
        await _retry.ExecuteAsync(async cancel => await TryAsync(sha256, attempt, cancel), either.Token);
    }

    /// <summary>Null when it is done, else what it waits for.</summary>
    private async Task<Obstacle?> TryAsync(string sha256, Func<Uri, CancellationTokenSource, Task> attempt, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (address() is not { } node)
        {
            return new(sha256, "no coordinator is known");
        }

        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stall.CancelAfter(Patience);
        try
        {
            await attempt(new($"{node.AbsoluteUri.TrimEnd('/')}/{Route}{sha256}"), stall);
            return null;
        }
        catch (Exception trouble) when (!cancel.IsCancellationRequested && IsPassing(trouble))
        {
            return new(sha256, $"{node}: {trouble.Message}");
        }
    }

    /// <summary>The way is broken, not what was asked. A local file that cannot be read is the caller's trouble.</summary>
    private static bool IsPassing(Exception trouble) => trouble switch
    {
        HttpRequestException or OperationCanceledException or HttpIOException => true,
        IOException { InnerException: System.Net.Sockets.SocketException } => true,
        _ => false,
    };

    private static async Task RefuseAsync(HttpResponseMessage response, string what, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        if (status >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
        {
            throw new HttpRequestException($"answered {status}");
        }

        var words = await response.Content.ReadAsStringAsync(cancel);
        var isOfWorker = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        var hint = isOfWorker ? "; the worker's PINNSWEEP_TOKEN must be an operate token of the coordinator's token file" : "";
        throw new BlobRefusedException($"{what} was refused with status {status}{hint}: {(words.Length > 500 ? words[..500] : words)}", isOfWorker);
    }

    private HttpRequestMessage Request(HttpMethod method, Uri url, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, url) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }

    /// <summary>Why a blob could not be moved now.</summary>
    private sealed record Obstacle(string Sha256, string Reason);

    /// <summary>A file as a body; each chunk that the other side takes renews its time.</summary>
    private sealed class ProgressingContent : HttpContent
    {
        private readonly Stream _source;
        private readonly long _bytes;
        private readonly CancellationTokenSource _stall;

        public ProgressingContent(Stream source, long bytes, CancellationTokenSource stall)
        {
            (_source, _bytes, _stall) = (source, bytes, stall);
            Headers.ContentType = new("application/octet-stream");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var buffer = new byte[ChunkBytes];
            for (int read; (read = await _source.ReadAsync(buffer, _stall.Token)) > 0;)
            {
                await stream.WriteAsync(buffer.AsMemory(0, read), _stall.Token);
                _stall.CancelAfter(Patience);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes;
            return true;
        }
    }
}
