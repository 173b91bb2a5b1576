using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace PinnSweep.Pages.Live;

/// <summary>
/// One who looks, as a stream of server-sent events: at once everything that was told last, then what changes, each time the newest. Events
/// are numbered on from the Last-Event-ID that a returning reader names, which may have read at another node. A reader is let go now and
/// then and comes back by itself, so that its session is looked at again.
/// </summary>
internal static class LiveEvents
{
    /// <summary>The name of the sign of life.</summary>
    public const string Beat = "beat";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);
    private static readonly byte[] BeatEvent = Encoding.ASCII.GetBytes($"event: {Beat}\ndata: 1\n\n");

    /// <summary>Sends until the reader leaves, the node stops, or it has lasted long enough.</summary>
    public static async Task SendAsync(HttpContext context, LiveTopic topic, TimeSpan beatEvery, TimeProvider clock, CancellationToken stopping)
    {
        context.Response.ContentType = "text/event-stream";
        // For proxies that would keep events until there are more.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        end.CancelAfter(Longest);
        try
        {
            await SendAsync(context.Response, topic, NumberOf(context.Request), beatEvery, clock, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The stream ends here, and the reader decides whether to come back.
        }
        catch (IOException)
        {
            // The reader left while it was being told something.
        }
    }

    private static async Task SendAsync(HttpResponse response, LiveTopic topic, long number, TimeSpan beatEvery, TimeProvider clock, CancellationToken cancel)
    {
        await response.Body.WriteAsync("retry: 2000\n\n"u8.ToArray(), cancel);
        await response.Body.FlushAsync(cancel);
        var seen = 0L;
        while (true)
        {
            var (version, events, changed) = topic.After(seen);
            seen = version;
            foreach (var one in events)
            {
                await response.Body.WriteAsync(one, cancel);
            }

            if (!events.IsEmpty)
            {
                await response.Body.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {++number}\n\n")), cancel);
                await response.Body.FlushAsync(cancel);
                continue;
            }

            using var waited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            if (await Task.WhenAny(changed, Task.Delay(beatEvery, clock, waited.Token)) != changed)
            {
                cancel.ThrowIfCancellationRequested();
                await response.Body.WriteAsync(BeatEvent, cancel);
                await response.Body.FlushAsync(cancel);
            }

            await waited.CancelAsync();
        }
    }

    private static long NumberOf(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last < long.MaxValue / 2 ? last : 0;
}
