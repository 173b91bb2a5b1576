using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Client;

/// <summary>A node that answers while no coordinator does: "not now" to the first so many requests, then a study that is settled.</summary>
internal sealed class BetweenCoordinators : IDisposable
{
    public const string Words = "no coordinator answers; it may be starting or moving to another node";

    private static readonly StudyModel Settled = new(new('a', 64), "quick", 3, 3, 0, 0, 0, 0, 0, false, false, true, 0, null, null);

    private readonly HttpListener _listener = new();
    private int _refusals;

    public BetweenCoordinators(int refusals)
    {
        _refusals = refusals;
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/");
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var study = JsonSerializer.Serialize(Settled, ApiJson.Options);
                var (status, type, body) = _refusals-- > 0 ? (503, "application/problem+json", JsonSerializer.Serialize(new { detail = Words }))
                    : context.Request.Url!.AbsolutePath.EndsWith("/watch", StringComparison.Ordinal) ? (200, "text/event-stream", $"event: {WatchEndpoint.Status}\ndata: {study}\n\nevent: {WatchEndpoint.End}\ndata: null\n\n")
                    : (200, "application/json", study);
                context.Response.StatusCode = status;
                context.Response.ContentType = type;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
