using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PinnSweep.Benchmarks.Logs;

/// <summary>A Seq that takes events, at once, late or not at all; it keeps their number, each counted once.</summary>
internal sealed class SeqEndpoint : IDisposable
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, byte> _events = new(StringComparer.Ordinal);
    private HttpListener? _listener;

    public SeqEndpoint()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
    }

    public string Address { get; }

    /// <summary>Events that came, each once.</summary>
    public int Taken => _events.Count;

    /// <summary>Whether it answers only after five seconds.</summary>
    public bool IsSlow { get; set; }

    /// <summary>From now on it takes connections; before, and after <see cref="Close"/>, it refuses them.</summary>
    public void Open()
    {
        _listener = new();
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync(_listener);
    }

    public void Close() => _listener?.Close();

    public void Dispose() => Close();

    private async Task ServeAsync(HttpListener listener)
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await listener.GetContextAsync());
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // It refuses connections now.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var reader = new StreamReader(context.Request.InputStream);
            var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (IsSlow)
            {
                await Task.Delay(Slow, TimeProvider.System);
            }

            context.Response.StatusCode = 201;
            await context.Response.OutputStream.WriteAsync("{\"MinimumLevelAccepted\":null}"u8.ToArray());
            context.Response.Close();
            foreach (var line in lines)
            {
                _events.TryAdd(line, 0);
            }
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException)
        {
            // Who asked did not wait.
        }
    }
}
