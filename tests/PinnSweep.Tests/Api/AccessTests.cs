using System.Net;
using PinnSweep.Api;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Tests.Api;

[Collection("api")]
public sealed class AccessTests
{
    public static TheoryData<string, string, string?, HttpStatusCode> Requests { get; } = new()
    {
        { "GET", "api/studies", null, HttpStatusCode.Unauthorized },
        { "GET", "api/studies", "wrong-token-0123456789", HttpStatusCode.Unauthorized },
        { "GET", "api/studies", TestApi.ReadToken, HttpStatusCode.OK },
        { "GET", "api/studies", TestApi.OperateToken, HttpStatusCode.OK },
        { "GET", "api/workers", null, HttpStatusCode.Unauthorized },
        { "GET", "openapi.json", null, HttpStatusCode.Unauthorized },
        { "GET", "openapi.json", TestApi.ReadToken, HttpStatusCode.OK },
        { "GET", "api/version", TestApi.ReadToken, HttpStatusCode.OK },
        { "GET", "healthz/live", null, HttpStatusCode.OK },
        { "GET", "healthz/ready", null, HttpStatusCode.OK },
        { "POST", "api/studies", TestApi.ReadToken, HttpStatusCode.Forbidden },
        { "POST", "api/studies", null, HttpStatusCode.Unauthorized },
        { "POST", "api/studies/quick/cancel", TestApi.ReadToken, HttpStatusCode.Forbidden },
        { "GET", "api/studies/quick/ask", null, HttpStatusCode.Unauthorized },
        { "GET", "api/studies/quick/ask", TestApi.ReadToken, HttpStatusCode.NotFound },
        { "POST", "api/studies/quick/tell", TestApi.ReadToken, HttpStatusCode.Forbidden },
        { "GET", "api/studies/quick/tags", null, HttpStatusCode.Unauthorized },
        { "GET", "api/studies/quick/tags", TestApi.ReadToken, HttpStatusCode.NotFound },
        { "PUT", "api/studies/quick/tags", TestApi.ReadToken, HttpStatusCode.Forbidden },
        { "GET", "api/studies/quick/notes", TestApi.ReadToken, HttpStatusCode.NotFound },
        { "POST", "api/studies/quick/notes", TestApi.ReadToken, HttpStatusCode.Forbidden },
        { "DELETE", "api/studies/quick/notes/1", TestApi.ReadToken, HttpStatusCode.Forbidden },
        { "GET", "api/studies/quick/external", TestApi.ReadToken, HttpStatusCode.NotFound },
        { "POST", "api/studies/quick/external", TestApi.ReadToken, HttpStatusCode.Forbidden },
        { "DELETE", "api/studies/quick/external?source=x", TestApi.ReadToken, HttpStatusCode.Forbidden },
        { "GET", "api/workers/test", null, HttpStatusCode.Unauthorized },
        { "GET", "api/workers/test", TestApi.ReadToken, HttpStatusCode.NotFound },
        { "POST", "api/workers/test/drain", TestApi.ReadToken, HttpStatusCode.Forbidden },
        { "POST", "api/workers/test/undrain", TestApi.ReadToken, HttpStatusCode.Forbidden },
        { "POST", "api/studies/quick/priority", TestApi.ReadToken, HttpStatusCode.Forbidden },
        { "PUT", $"api/blobs/{new string('a', 64)}", TestApi.ReadToken, HttpStatusCode.Forbidden },
        { "GET", $"api/blobs/{new string('a', 64)}", TestApi.ReadToken, HttpStatusCode.NotFound },
        { "DELETE", "api/studies", TestApi.OperateToken, HttpStatusCode.MethodNotAllowed },
        { "DELETE", "api/studies", TestApi.ReadToken, HttpStatusCode.Forbidden },
        { "DELETE", "api/studies", null, HttpStatusCode.Unauthorized },
        { "GET", "api/nothing", null, HttpStatusCode.NotFound },
    };

    [Fact]
    public async Task Each_request_needs_the_role_of_what_it_does()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        await api.UntilReadyAsync();

        foreach (var (method, path, token, expected) in Requests.Select(row => row.Data))
        {
            using var client = api.ClientWith(token);
            using var request = new HttpRequestMessage(new(method), path);
            using var answer = await client.SendAsync(request);

            Assert.True(expected == answer.StatusCode, $"{method} {path} with {token ?? "no token"}: {answer.StatusCode}");
            Assert.Equal(expected == HttpStatusCode.Unauthorized, answer.Headers.WwwAuthenticate.Count == 1);
        }
    }

    [Theory]
    [InlineData("GET", null, "expected the header Authorization: Bearer TOKEN; the command line takes the token by --token or PINNSWEEP_TOKEN")]
    [InlineData("GET", "wrong-token-0123456789", "the token is not one of this node's")]
    [InlineData("POST", TestApi.ReadToken, "the token may only read; this needs one with the role operate")]
    public async Task A_refusal_says_what_is_needed(string method, string? token, string said)
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        using var client = api.ClientWith(token);
        using var request = new HttpRequestMessage(new(method), "api/studies");

        using var answer = await client.SendAsync(request);

        Assert.Equal(said, (await TestApi.ProblemOf(answer)).Detail);
    }

    [Theory]
    [InlineData("Host", "evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Host", "localhost", HttpStatusCode.OK)]
    public async Task Without_tokens_a_page_of_another_site_has_no_power(string header, string value, HttpStatusCode expected)
    {
        await using var api = await TestApi.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/studies");
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await api.Client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Beyond_this_machine_nothing_is_served_without_tokens()
    {
        var mistake = await Assert.ThrowsAsync<UserMistakeException>(async () =>
        {
            await using var api = await TestApi.StartAsync(change: options => options with { Address = ApiAddress.Parse("http://0.0.0.0:0") });
        });

        Assert.Contains("--tokens", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_without_the_store_tells_health_and_version_alone()
    {
        await using var api = await TestApi.StartAsync(hasStore: false);
        await api.UntilReadyAsync();

        using var version = await api.Client.GetAsync("api/version");
        using var studies = await api.Client.GetAsync("api/studies");

        Assert.Equal(HttpStatusCode.OK, version.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, studies.StatusCode);
    }
}
