using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace PinnSweep.Tests.Logging;

/// <summary>An HTTP endpoint that takes events as Seq documents it, and keeps what it was sent.</summary>
internal sealed class LoopbackSeq : IDisposable
{
    private readonly HttpListener _listener = new();

    public LoopbackSeq()
    {
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

    public ConcurrentQueue<(string Path, string? ContentType, string Body)> Requests { get; } = [];

    /// <summary>Events of all requests to the documented path.</summary>
    public IEnumerable<JsonElement> Events => Requests.SelectMany(request => request.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(line => JsonDocument.Parse(line).RootElement);

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                Requests.Enqueue((context.Request.Url!.AbsolutePath, context.Request.ContentType, await reader.ReadToEndAsync()));

                // Seq answers 201 with the level it wants; null asks for everything.
                context.Response.StatusCode = 201;
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync("{\"MinimumLevelAccepted\":null}"u8.ToArray());
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
