using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Cluster.Alerts;

/// <summary>
/// Sends alerts over HTTP. Follows no redirection, waits ten seconds in all, reads no more than 4 KiB of an answer, and goes through the
/// proxy that the usual variables name. Never throws for what a hook or the network does.
/// </summary>
public sealed class AlertSender : IDisposable
{
    private const int MostRead = 4096;
    private const int Shown = 160;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client = new(Connections()) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly TimeProvider _clock;
    private readonly TimeSpan _patience;

    /// <param name="clock">The clock of timestamps and of patience.</param>
    public AlertSender(TimeProvider clock)
        : this(clock, Patience)
    {
    }

    internal AlertSender(TimeProvider clock, TimeSpan patience) => (_clock, _patience) = (clock, patience);

    /// <summary>Sends a test to a hook.</summary>
    /// <param name="hook">Where.</param>
    /// <param name="cluster">What the cluster is called.</param>
    /// <param name="node">The machine that tries it.</param>
    /// <param name="cancel">Ends it.</param>
    public Task<AlertAnswer> TestAsync(AlertHook hook, string cluster, string node, CancellationToken cancel)
    {
        var alert = AlertTexts.Test(Guid.NewGuid().ToString("N"), _clock.GetUtcNow());
        return SendAsync(hook, alert.Id, AlertBody.Write(alert, cluster, node), cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    internal async Task<AlertAnswer> SendAsync(AlertHook hook, string id, string body, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(_patience, _clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            using var request = Request(hook, id, AlertBody.In(hook.Format, body));
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
            return Judge(hook, response, await BeginningAsync(response, end.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(false, string.Create(CultureInfo.InvariantCulture, $"no answer within {_patience.TotalSeconds:0.#} s"), "is a firewall or a proxy between? (HTTPS_PROXY, NO_PROXY); else the receiver is slow, and should answer before it does its work");
        }
        catch (HttpRequestException failure)
        {
            return Explain(failure);
        }
        catch (IOException failure)
        {
            return new(false, $"the connection broke: {FirstLine(failure.Message)}", "look at the log of the receiver");
        }
    }

    private static SocketsHttpHandler Connections() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = Patience,
        MaxResponseDrainSize = 0,
        // A receiver that moved to another address is found again.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };

    private HttpRequestMessage Request(AlertHook hook, string id, string body)
    {
        var timestamp = AlertSignature.Timestamp(_clock.GetUtcNow());
        var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("PinnSweep", null));
        request.Headers.Add(AlertSignature.TimestampHeader, timestamp);
        request.Headers.Add(AlertSignature.DeliveryHeader, id);
        if (hook.Secret is { } secret)
        {
            request.Headers.Add(AlertSignature.Header, AlertSignature.Of(secret, timestamp, body));
        }

        return request;
    }

    private static async Task<string> BeginningAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var bytes = new byte[MostRead];
        return Encoding.UTF8.GetString(bytes, 0, await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel));
    }

    private static AlertAnswer Judge(AlertHook hook, HttpResponseMessage response, string beginning)
    {
        var status = (int)response.StatusCode;
        var words = string.Create(CultureInfo.InvariantCulture, $"answered {status}{(response.ReasonPhrase is { Length: > 0 } reason ? $" {FirstLine(reason)}" : "")}");
        return new(response.IsSuccessStatusCode, words, response.IsSuccessStatusCode ? "" : Advice(response.StatusCode))
        {
            Wait = response.Headers.RetryAfter?.Delta,
            Excerpt = IsHarmless(hook, beginning) ? FirstLine(beginning) : "",
        };
    }

    private static string Advice(HttpStatusCode status) => (int)status switch
    {
        >= 300 and < 400 => "redirections are not followed: name the address that it points to",
        400 or 415 or 422 => "the receiver does not understand it; a chat wants `format: chat`",
        401 or 403 => "the receiver refuses it: compare the secret on both sides, and whatever of the address is secret",
        404 or 405 or 410 => "nobody takes alerts at this address: compare it with what the receiver gave you",
        407 => "the proxy wants a user: name it in HTTPS_PROXY",
        413 => "the receiver, or a proxy before it, takes no body of a few KiB",
        429 => "the receiver has had enough for now; alerts are tried again",
        >= 500 => "the receiver is in trouble: look at its log",
        _ => "look at the log of the receiver",
    };

    private static AlertAnswer Explain(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => new(false, "its host has no address", "is the host of `url` spelled rightly, and known to this machine?"),
        HttpRequestError.ConnectionError => new(false, $"nobody answers there: {FirstLine((failure.InnerException ?? failure).Message)}", "is the receiver up, and its port right? Behind a proxy: HTTPS_PROXY, HTTP_PROXY, NO_PROXY"),
        HttpRequestError.SecureConnectionError => new(
            false,
            $"no TLS with it: {FirstLine((failure.InnerException as AuthenticationException ?? (Exception)failure).Message)}",
            "is its certificate one that this machine trusts, for this host? (SSL_CERT_FILE, SSL_CERT_DIR)"),
        // What the library says of a proxy may hold its password.
        HttpRequestError.ProxyTunnelError => new(
            false, string.Create(CultureInfo.InvariantCulture, $"the proxy does not let it through{(failure.StatusCode is { } status ? $" ({(int)status})" : "")}"), "look at HTTPS_PROXY and NO_PROXY"),
        _ => new(false, $"what answers speaks no HTTP: {FirstLine(failure.Message)}", "is the port of `url` right, and http or https?"),
    };

    // A receiver may repeat the address in its answer, and with it what is secret of it.
    private static bool IsHarmless(AlertHook hook, string answer) =>
        !hook.Url.PathAndQuery.Split(['/', '?', '&', '=']).Append(hook.Secret ?? "").Any(part => part.Length >= 6 && answer.Contains(part, StringComparison.OrdinalIgnoreCase));

    private static string FirstLine(string text)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        return VisibleText.Line((line.Length > Shown ? line[..Shown] : line).ToString());
    }
}
