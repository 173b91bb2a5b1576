using System.Net;
using System.Text.Json;

namespace PinnSweep.Tests.Api;

/// <summary>What the OpenAPI document says of access is what the node does.</summary>
[Collection("api")]
public sealed class AccessDocumentTests
{
    [Fact]
    public async Task Each_operation_needs_the_role_that_the_document_names()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);
        using var reader = api.ClientWith(TestApi.ReadToken);
        using var nobody = api.ClientWith(null);
        using var document = JsonDocument.Parse(await reader.GetStringAsync("openapi.json"));

        var needs = Operations(document).ToDictionary(operation => $"{operation.Method} {operation.Path}", operation => string.Join(", ", Roles(operation.Is)), StringComparer.Ordinal);

        Assert.Equal("read", needs["get /api/studies"]);
        Assert.Equal("operate", needs["post /api/studies"]);
        Assert.Equal("operate", needs["put /api/blobs/{sha256}"]);
        Assert.Equal("", needs["get /healthz/live"]);
        foreach (var (method, path, _) in Operations(document))
        {
            var need = needs[$"{method} {path}"];
            Assert.Equal((method, path, need.Length > 0), (method, path, await StatusAsync(nobody, method, path) == HttpStatusCode.Unauthorized));
            Assert.Equal((method, path, need == "operate"), (method, path, await StatusAsync(reader, method, path) == HttpStatusCode.Forbidden));
        }
    }

    [Fact]
    public async Task The_scheme_is_a_bearer_token_and_its_refusals_are_described()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);

        using var document = JsonDocument.Parse(await api.Client.GetStringAsync("openapi.json"));

        var scheme = document.RootElement.GetProperty("components").GetProperty("securitySchemes").GetProperty("Bearer");
        Assert.Equal(("http", "bearer"), (scheme.GetProperty("type").GetString(), scheme.GetProperty("scheme").GetString()));
        Assert.All(
            Operations(document).Where(operation => Roles(operation.Is).Any()),
            operation => Assert.Superset(new HashSet<string>(["401", "403"]), operation.Is.GetProperty("responses").EnumerateObject().Select(response => response.Name).ToHashSet()));
    }

    [Fact]
    public async Task Where_a_node_has_no_tokens_they_may_be_left_out()
    {
        await using var api = await TestApi.StartAsync();

        using var document = JsonDocument.Parse(await api.Client.GetStringAsync("openapi.json"));

        var ways = document.RootElement.GetProperty("paths").GetProperty("/api/studies").GetProperty("get").GetProperty("security").EnumerateArray().Select(way => way.EnumerateObject().Count());
        Assert.Equal([0, 1], ways);
    }

    private static IEnumerable<(string Method, string Path, JsonElement Is)> Operations(JsonDocument document) =>
        from path in document.RootElement.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (operation.Name, path.Name, operation.Value);

    private static IEnumerable<string> Roles(JsonElement operation) => operation.TryGetProperty("security", out var ways)
        ? ways.EnumerateArray().SelectMany(way => way.EnumerateObject()).SelectMany(scheme => scheme.Value.EnumerateArray()).Select(role => role.GetString()!)
        : [];

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new(method.ToUpperInvariant()), path.Replace("{number}", "1", StringComparison.Ordinal).Replace('{', '0').Replace('}', '0').TrimStart('/'));
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }
}
