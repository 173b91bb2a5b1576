using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Cluster.Security;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Client;

/// <summary>
/// Talks to a node over HTTP. Whatever the user can mend (address, token, name, study) is a <see cref="UserMistakeException"/>.
/// </summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly HttpClient _client;
    private readonly AuthorityFile? _trusted;

    public ApiClient(Uri url, string? token, string? authority)
    {
        Url = url;
        _trusted = authority is null ? null : new(authority);
        _client = new(NodeTls.HttpHandler(_trusted is null ? null : _trusted.WhyNot)) { BaseAddress = new(url.AbsoluteUri.TrimEnd('/') + "/"), Timeout = Patience };
        if (token is not null)
        {
            _client.DefaultRequestHeaders.Authorization = token.All(letter => letter is > ' ' and < '\x7f')
                ? new AuthenticationHeaderValue("Bearer", token)
                : throw new UserMistakeException("--token: a token has printable letters of ASCII, no blanks");
        }
    }

    /// <summary>The node.</summary>
    public Uri Url { get; }

    /// <summary>A name as a part of a path.</summary>
    public static string Part(string name) => name is "." or ".."
        ? throw new UserMistakeException($"'{name}' is no name")
        : Uri.EscapeDataString(name);

    public Task<T> GetAsync<T>(string path, CancellationToken cancel) => SendAsync<T>(HttpMethod.Get, path, null, cancel);

    public Task<T> PostAsync<T>(string path, HttpContent? body, CancellationToken cancel) => SendAsync<T>(HttpMethod.Post, path, body, cancel);

    public Task<T> PutAsync<T>(string path, HttpContent body, CancellationToken cancel) => SendAsync<T>(HttpMethod.Put, path, body, cancel);

    public Task<T> DeleteAsync<T>(string path, CancellationToken cancel) => SendAsync<T>(HttpMethod.Delete, path, null, cancel);

    /// <summary>An answer that is no JSON, written to a stream.</summary>
    public Task CopyAsync(string path, Stream target, CancellationToken cancel) => AskAsync(async () =>
    {
        using var response = await _client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancel);
        await RequireAsync(response, cancel);
        await response.Content.CopyToAsync(target, cancel);
        return true;
    });

    /// <summary>Server-sent events until the connection ends; <paramref name="handle"/> says whether to go on.</summary>
    /// <returns>Whether the handler ended it.</returns>
    public Task<bool> ListenAsync(string path, string? lastEventId, Func<SseItem<string>, bool> handle, CancellationToken cancel) => AskAsync(async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.Add(new("text/event-stream"));
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        await RequireAsync(response, cancel);
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancel))
        {
            if (!handle(item))
            {
                return true;
            }
        }

        return false;
    });

    public void Dispose()
    {
        _client.Dispose();
        _trusted?.Dispose();
    }

    private Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? body, CancellationToken cancel) => AskAsync(async () =>
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body };
        using var response = await _client.SendAsync(request, cancel);
        await RequireAsync(response, cancel);
        return (await response.Content.ReadFromJsonAsync<T>(ApiJson.Options, cancel))!;
    });

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (HttpRequestException unreachable) when (unreachable.StatusCode is null)
        {
            throw new UnreachableException(
                $"{Url}: nobody answers ({unreachable.InnerException?.Message ?? unreachable.Message}). Start a node with `pinnsweep node`, or name one that runs by --url or PINNSWEEP_URL", unreachable);
        }
        catch (IOException broken)
        {
            throw new UnreachableException($"{Url}: the connection broke ({broken.Message})", broken);
        }
        catch (JsonException foreign)
        {
            throw new UserMistakeException($"{Url}: what answers is no node of PinnSweep ({foreign.Message})", foreign);
        }
        catch (OperationCanceledException late) when (late.InnerException is TimeoutException)
        {
            throw new UnreachableException($"{Url}: no answer within {Patience.TotalMinutes:0} minutes", late);
        }
    }

    private async Task RequireAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var words = Detail(await response.Content.ReadAsStringAsync(cancel)) ?? $"answered with status {(int)response.StatusCode}";
        throw response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new UserMistakeException($"{Url}: {words}"),
            HttpStatusCode.BadRequest => new UserMistakeException(words),
            HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => new UnreachableException($"{Url}: what stands before the node does not reach it ({words})", null),
            HttpStatusCode.ServiceUnavailable => new UnreachableException($"{Url}: {words}", null) { IsNotNow = true },
            < HttpStatusCode.InternalServerError => new UserMistakeException($"{Url}: {words}"),
            _ => new HttpRequestException($"{Url}: {words}", null, response.StatusCode),
        };
    }

    private static string? Detail(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement is { ValueKind: JsonValueKind.Object } problem && problem.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
