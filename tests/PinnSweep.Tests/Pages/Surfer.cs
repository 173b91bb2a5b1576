using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PinnSweep.Tests.Api;

namespace PinnSweep.Tests.Pages;

/// <summary>A person with a browser: asks for pages, keeps cookies, follows nothing by itself.</summary>
internal sealed class Surfer : IDisposable
{
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, CookieContainer = new() };
    private readonly HttpClient _client;
    private readonly Uri _url;

    public Surfer(Uri url)
    {
        _url = url;
        _client = new(_handler) { BaseAddress = url, Timeout = TimeSpan.FromSeconds(60) };
        _client.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    }

    public CookieCollection Cookies => _handler.CookieContainer.GetCookies(_url);

    public HttpClient Client => _client;

    /// <summary>Somebody who logged in with a token.</summary>
    public static async Task<Surfer> WithAsync(TestApi api, string token)
    {
        var surfer = new Surfer(api.Url);
        using var answer = await surfer.PostAsync("login", ("token", token), ("next", "/"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return surfer;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path);

    /// <summary>A page that is to be shown.</summary>
    public async Task<IHtmlDocument> PageAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await _client.GetAsync(path);
        Assert.True(status == answer.StatusCode, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await PageOf(answer);
    }

    public static async Task<IHtmlDocument> PageOf(HttpResponseMessage answer)
    {
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStreamAsync());
    }

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) => SendAsync(path, null, fields);

    public async Task<HttpResponseMessage> SendAsync(string path, string? origin, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await _client.SendAsync(request);
    }

    /// <summary>Sends a form of a page as it stands there.</summary>
    public Task<HttpResponseMessage> SubmitAsync(IElement form) => PostAsync(
        form.GetAttribute("action")!.TrimStart('/'),
        [.. form.QuerySelectorAll("input[name], select[name]").Select(field => (field.GetAttribute("name")!, field is IHtmlSelectElement select ? select.Value ?? "" : field.GetAttribute("value") ?? ""))]);

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }
}
