using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PinnSweep.Tests.Api;

namespace PinnSweep.Tests.Fuzz;

/// <summary>Whatever comes over HTTP, it is answered, never with a defect, and the node goes on.</summary>
[Collection("fuzz")]
public sealed class ApiFuzzTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Methods = ["GET", "GET", "GET", "POST", "POST", "PUT", "HEAD", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"];

    private static readonly string[] Paths =
    [
        "/", "/api/studies", "/api/studies/{0}", "/api/studies/{0}/trials", "/api/studies/{0}/pause", "/api/studies/{0}/resume", "/api/studies/{0}/cancel", "/api/studies/{0}/retry", "/api/studies/{0}/report", "/api/studies/{0}/ask", "/api/studies/{0}/tell",
        "/api/studies/{0}/tags", "/api/studies/{0}/notes", "/api/studies/{0}/notes/{0}", "/api/studies/{0}/external",
        "/studies/{0}", "/studies/{0}/trials", "/trials/{0}", "/cluster", "/login", "/live/studies/{0}", "/orders/{0}", "/api/studies/{0}/cells", "/api/studies/{0}/curves", "/api/studies/{0}/events", "/api/studies/{0}/figures", "/api/trials/{0}/curve", "/api/trials/{0}/field.svg", "/compare", "/metrics",
        "/api/trials/{0}", "/api/trials/{0}/why", "/api/workers", "/api/workers/{0}", "/api/workers/{0}/drain", "/api/workers/{0}/undrain", "/api/studies/{0}/priority", "/api/blobs/{0}", "/api/version", "/healthz/live", "/healthz/ready", "/openapi.json", "/api/{0}", "/{0}",
    ];

    private static readonly string[] Names =
    [
        "quick", "..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%00", "%ff%fe", "a%0d%0aSet-Cookie:%20x", new string('a', 3000), "''; drop table studies; --", "%27%20or%201=1", "абв", "%F0%9D%84%9E", "quick%20", ".quick", "-", "%", "%zz", "\\..\\..", "con", "a/b/c", "0", "deadbeef",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "{id}", "*", "?", "#",
    ];

    private static readonly string[] Queries =
    [
        "", "?skip=0&take=1", "?skip=-1", "?take=99999999999", "?take=abc", "?skip=2147483647&take=2147483647", "?set=a", "?set=seeds%3D2&set=seeds%3D3", "?set=.%3D1", "?set=a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a%3D1", "?priority=x", "?priority=2147483648", "?maxRunning=0", "?device=tpu",
        "?format=md", "?format=csv&table=../x", "?format=zip", "?file=%00", "?file=../../x.yaml", "?source=%00", "?tag=%00", "?%00=%00", "?&&&===", "?set=%5B%5B%5B%5B",
    ];

    private static readonly string[] Headers =
    [
        "", "Content-Type: application/yaml", "Content-Type: application/json", "Content-Type: multipart/form-data", "Content-Type: ;;;", "Accept: text/event-stream", "Last-Event-ID: 99999999999999999999999", "Authorization: Bearer x", "Authorization: Basic eDp5", "Range: bytes=0-0,5-1", "Expect: 100-continue",
        "If-Match: *", "X-HTTP-Method-Override: PUT", "Cookie: a=b", "Transfer-Encoding: identity",
    ];

    [Fact]
    public Task A_thousand_requests_are_answered_without_a_defect() => RunAsync(1000);

    [Fact(Explicit = true)]
    public Task Ten_thousand_requests_are_answered_without_a_defect() => RunAsync(10_000);

    [Fact]
    public async Task Bombs_are_refused_over_http_and_the_node_goes_on()
    {
        await using var api = await TestApi.StartAsync();

        foreach (var (name, text) in Bombs.All)
        {
            using var answer = await api.SubmitAsync(text).WaitAsync(Patience);
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, $"{name}: {answer.StatusCode}");
        }

        await api.SubmittedAsync(TestApi.Study);
        Assert.Equal(["quick"], api.Store.Studies.List().Select(study => study.Name));
    }

    private async Task RunAsync(int inputs)
    {
        await using var api = await TestApi.StartAsync(change: options => options with { MaximumTrials = 500 });
        await api.SubmittedAsync(TestApi.Study);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < inputs; seed++)
        {
            var (request, line, isWhole) = Request(new Mutator(seed));
            var status = await SendAsync(api.Url, request, isWhole).WaitAsync(Patience);
            Assert.True(status is null or (>= 200 and < 500) or 503, $"input {seed}: {status} to {line}");
            var kind = status?.ToString(CultureInfo.InvariantCulture) ?? "closed";
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }

        output.WriteLine(string.Join(", ", counts.Select(count => $"{count.Key}: {count.Value}")));
        Assert.True(counts.GetValueOrDefault("200") + counts.GetValueOrDefault("201") > inputs / 50, "hardly anything got through");
        using var list = await api.Client.GetAsync("api/studies");
        using var live = await api.Client.GetAsync("healthz/live");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (list.StatusCode, live.StatusCode));
    }

    private static (byte[] Bytes, string Line, bool IsWhole) Request(Mutator mutator)
    {
        if (mutator.Next(30) == 0)
        {
            return (mutator.Noise(1 + mutator.Next(500)), "noise", false);
        }

        var method = mutator.One(Methods);
        var path = mutator.One(Paths).Replace("{0}", mutator.One(Names), StringComparison.Ordinal);
        if (mutator.Next(4) == 0)
        {
            (method, path) = ("POST", "/api/studies");
        }

        var body = method is "GET" or "HEAD" or "OPTIONS" or "TRACE" ? [] : mutator.Next(5) == 0 ? mutator.Noise(mutator.Next(2000)) : mutator.Study();
        var length = mutator.Next(40) == 0 ? mutator.One([-1L, long.MaxValue, 5_000_000_000, body.Length / 2]) : body.Length;
        var line = $"{method} {path}{mutator.One(Queries)} HTTP/1.1";
        var head = $"{line}\r\nHost: {(mutator.Next(40) == 0 ? "evil.example" : "localhost")}\r\nConnection: close\r\nContent-Length: {length}\r\n{mutator.One(Headers)}\r\n\r\n".Replace("\r\n\r\n\r\n", "\r\n\r\n", StringComparison.Ordinal);
        return ([.. Encoding.UTF8.GetBytes(head), .. body], line, length == body.Length);
    }

    /// <summary>The status; null when the node hung up without one, as it may on what is no HTTP.</summary>
    private static async Task<int?> SendAsync(Uri url, byte[] request, bool isWhole)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, url.Port);
        var stream = client.GetStream();
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request);
            if (!isWhole)
            {
                // Otherwise the node waits for the rest, as long as its limits allow.
                client.Client.Shutdown(SocketShutdown.Send);
            }

            await stream.CopyToAsync(answer);
        }
        catch (Exception closed) when (closed is IOException or SocketException)
        {
            // The node may hang up before it has read everything; what it said before is there.
        }

        var text = Encoding.ASCII.GetString(answer.ToArray());
        // An interim answer may come first.
        var final = text.StartsWith("HTTP/1.1 100", StringComparison.Ordinal) ? text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..] : text;
        return final.Length > 12 && int.TryParse(final.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null;
    }
}
