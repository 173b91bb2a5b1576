using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace PinnSweep.Tests.Logging;

/// <summary>An HTTP endpoint that takes events as Seq documents it, and keeps what it was sent and took.</summary>
internal sealed class LoopbackSeq : IDisposable
{
    private static readonly (int Status, string Body) Taken = (201, """{"MinimumLevelAccepted":null}""");
    private readonly HttpListener _listener = new();
    private readonly Func<string, (int Status, string Body)?>? _answer;

    /// <param name="answer">Status and body for a payload; null, or without it, Seq takes the events and asks for every level.</param>
    public LoopbackSeq(Func<string, (int Status, string Body)?>? answer = null)
    {
        _answer = answer;
        using (var port = new TcpListener(IPAddress.Loopback, 0))
        {
            port.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Requests that were taken.</summary>
    public ConcurrentQueue<(string Path, string? ContentType, string Body)> Requests { get; } = [];

    /// <summary>Statuses of those that were refused.</summary>
    public ConcurrentQueue<int> Refused { get; } = [];

    /// <summary>The API key of the last request.</summary>
    public string? ApiKey { get; private set; }

    /// <summary>Events that were taken.</summary>
    public IEnumerable<JsonElement> Events => Requests.SelectMany(request => Lines(request.Body)).Select(line => JsonDocument.Parse(line).RootElement);

    /// <summary>The events of a payload.</summary>
    public static string[] Lines(string body) => body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                var body = await reader.ReadToEndAsync();
                ApiKey = context.Request.Headers["X-Seq-ApiKey"];
                var (status, answer) = _answer?.Invoke(body) ?? Taken;
                if (status < 300)
                {
                    Requests.Enqueue((context.Request.Url!.AbsolutePath, context.Request.ContentType, body));
                }
                else
                {
                    Refused.Enqueue(status);
                }

                context.Response.StatusCode = status;
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
