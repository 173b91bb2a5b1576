using System.Collections.Concurrent;
using System.Net;
using System.Text;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Testing.Hooks;

/// <summary>A real HTTP endpoint on loopback that takes alerts, or does not, as a test says.</summary>
public sealed class HookServer : IDisposable
{
    private readonly ConcurrentQueue<HookCall> _taken = [];
    private readonly ConcurrentQueue<HookCall> _refused = [];
    private readonly int _port = FreePort.Next();
    private HttpListener? _listener;

    /// <summary>Listens at once.</summary>
    public HookServer() => Listen();

    /// <summary>Where it is, with a path that is a secret.</summary>
    public Uri Url => new($"http://127.0.0.1:{_port}/hook/very-secret-path");

    /// <summary>The status for a call; 200 where nothing is said.</summary>
    public Func<HookCall, int> Status { get; set; } = _ => 200;

    /// <summary>What it answers with.</summary>
    public string Answer { get; set; } = "ok";

    /// <summary>What it waits for before it answers.</summary>
    public Task Before { get; set; } = Task.CompletedTask;

    /// <summary>Calls that it took.</summary>
    public IReadOnlyCollection<HookCall> Taken => _taken;

    /// <summary>Calls that it refused.</summary>
    public IReadOnlyCollection<HookCall> Refused => _refused;

    /// <summary>Begins again after <see cref="Close"/>, at the same address.</summary>
    public void Listen()
    {
        _listener = new();
        _listener.Prefixes.Add($"http://127.0.0.1:{_port}/");
        _listener.Start();
        _ = ServeAsync(_listener);
    }

    /// <summary>Is dead from now on.</summary>
    public void Close() => _listener?.Close();

    /// <inheritdoc/>
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
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // It is dead, or the test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var reader = new StreamReader(context.Request.InputStream);
            var body = await reader.ReadToEndAsync();
            var call = new HookCall(context.Request.Headers.AllKeys.ToDictionary(key => key!, key => context.Request.Headers[key]!, StringComparer.OrdinalIgnoreCase), body);
            await Before;
            var status = Status(call);
            (status is >= 200 and < 300 ? _taken : _refused).Enqueue(call);
            context.Response.StatusCode = status;
            if (status is >= 300 and < 400)
            {
                context.Response.RedirectLocation = Url + "-elsewhere";
            }

            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Answer));
            context.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException)
        {
            // Whoever asked is gone.
        }
    }
}
