using System.Net;
using System.Text;

namespace PinnSweep.Logging;

/// <summary>
/// Sends events in smaller requests where a server says that one was too large (413), as a proxy before it may; the buffer would put all of
/// them aside otherwise. Halves of halves, until they fit; an event that is too large alone is left to the buffer, which keeps it there.
/// When a later half fails in another way, all are sent again: an event may then come twice, and none is lost.
/// </summary>
internal sealed class SmallerRequests() : DelegatingHandler(Connections())
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        return response.StatusCode == HttpStatusCode.RequestEntityTooLarge && request.Content is { } content
            ? await HalvesAsync(request, content, response, cancellationToken)
            : response;
    }

    private async Task<HttpResponseMessage> HalvesAsync(HttpRequestMessage request, HttpContent content, HttpResponseMessage refused, CancellationToken cancel)
    {
        var events = (await content.ReadAsStringAsync(cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (events.Length < 2)
        {
            return refused;
        }

        HttpResponseMessage? tooLarge = null;
        foreach (var half in (string[][])[events[..(events.Length / 2)], events[(events.Length / 2)..]])
        {
            using var part = Part(request, content, half);
            var response = await SendAsync(part, cancel);
            if (response.StatusCode == HttpStatusCode.RequestEntityTooLarge)
            {
                tooLarge = response;
            }
            else if (!response.IsSuccessStatusCode)
            {
                refused.Dispose();
                return response;
            }
            else
            {
                refused.Dispose();
                refused = response;
            }
        }

        return tooLarge ?? refused;
    }

    // A server that moved to another address is found again.
    private static SocketsHttpHandler Connections() => new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };

    private static HttpRequestMessage Part(HttpRequestMessage whole, HttpContent content, string[] events)
    {
        var part = new HttpRequestMessage(whole.Method, whole.RequestUri)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(string.Concat(events.Select(one => $"{one}\n")))),
        };
        part.Content.Headers.ContentType = content.Headers.ContentType;
        foreach (var (name, values) in whole.Headers)
        {
            part.Headers.TryAddWithoutValidation(name, values);
        }

        return part;
    }
}
