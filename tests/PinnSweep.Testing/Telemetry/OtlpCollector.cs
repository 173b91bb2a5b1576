using System.Collections.Concurrent;
using System.Net;
using System.Text;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Testing.Telemetry;

/// <summary>A collector on this machine that takes OTLP over HTTP with protobuf, and keeps what it was sent.</summary>
public sealed class OtlpCollector : IDisposable
{
    private readonly HttpListener _listener = new();

    /// <summary>Starts to listen.</summary>
    public OtlpCollector()
    {
        Address = $"http://127.0.0.1:{FreePort.Next()}";
        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>What it was sent, in order.</summary>
    public ConcurrentQueue<(string Path, string? ContentType, string? ApiKey, byte[] Body)> Requests { get; } = [];

    /// <summary>The spans that it was sent.</summary>
    public IReadOnlyList<OtlpSpan> Spans => [.. Requests.Where(request => request.Path == "/v1/traces").SelectMany(request => OtlpSpan.ReadAll(request.Body))];

    /// <summary>Whether a text stands in any of the metrics that it was sent.</summary>
    public bool HasMetric(string text) =>
        Requests.Any(request => request.Path == "/v1/metrics" && request.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    /// <inheritdoc/>
    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                Requests.Enqueue((context.Request.Url!.AbsolutePath, context.Request.ContentType, context.Request.Headers["x-key"], body.ToArray()));
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
