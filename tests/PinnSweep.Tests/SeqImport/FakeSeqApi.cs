using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace PinnSweep.Tests.SeqImport;

/// <summary>
/// Seq's HTTP interface as it is documented, as far as an import goes: a root with links, groups with links, shared entities with ids,
/// links and defaults that the server adds.
/// </summary>
internal sealed class FakeSeqApi : IDisposable
{
    private readonly HttpListener _listener = new();
    private int _ids;

    public FakeSeqApi()
    {
        using (var port = new TcpListener(IPAddress.Loopback, 0))
        {
            port.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>What it has, by kind: <c>signals</c>, <c>dashboards</c>, <c>alerts</c>. A kind that is removed is one that the version lacks.</summary>
    public Dictionary<string, List<JsonObject>> Entities { get; } = new() { ["signals"] = [], ["dashboards"] = [], ["alerts"] = [] };

    /// <summary>Requests that wrote something.</summary>
    public List<string> Writes { get; } = [];

    /// <summary>The key that reads and writes; null for a server without authentication.</summary>
    public string? Key { get; set; }

    /// <summary>A key that only reads.</summary>
    public string? ReadingKey { get; set; }

    /// <summary>In place of any other answer.</summary>
    public (int Status, string Body)? Always { get; set; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                var (status, body) = Always ?? Answer(context.Request, await reader.ReadToEndAsync());
                context.Response.StatusCode = status;
                context.Response.ContentType = "application/json";
                if (status == 302)
                {
                    context.Response.Headers["Location"] = "https://seq.example/";
                }

                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private (int Status, string Body) Answer(HttpListenerRequest request, string body)
    {
        var key = request.Headers["X-Seq-ApiKey"];
        var path = request.Url!.AbsolutePath.Trim('/').Split('/');
        if (path is ["api"])
        {
            var links = new JsonObject();
            foreach (var kind in Entities.Keys)
            {
                links[$"{char.ToUpperInvariant(kind[0])}{kind[1..]}Resources"] = $"api/{kind}/resources";
            }

            return (200, new JsonObject { ["Product"] = "Seq", ["Version"] = "2025.2.0", ["Links"] = links }.ToJsonString());
        }

        if (Key is not null && key != Key && key != ReadingKey)
        {
            return (401, """{"Error":"Authentication required."}""");
        }

        if (request.HttpMethod != "GET" && Key is not null && key != Key)
        {
            return (403, """{"Error":"The Write permission is required."}""");
        }

        return path is ["api", var group, ..] && Entities.TryGetValue(group, out var entities)
            ? Answer(request, group, path[2..], entities, body)
            : (404, """{"Error":"Not found."}""");
    }

    private (int Status, string Body) Answer(HttpListenerRequest request, string kind, string[] rest, List<JsonObject> entities, string body)
    {
        switch (request.HttpMethod, rest)
        {
            case ("GET", ["resources"]):
                return (200, new JsonObject { ["Links"] = new JsonObject { ["Items"] = $"api/{kind}/{{?ownerId,shared}}", ["Item"] = $"api/{kind}/{{id}}" } }.ToJsonString());
            case ("GET", [] or [""]) when request.QueryString["shared"] == "true":
                return (200, new JsonArray([.. entities.Select(entity => entity.DeepClone())]).ToJsonString());
            case ("POST", [] or [""]):
                var added = (JsonObject)JsonNode.Parse(body)!;
                Complete(added, kind, $"{kind}-{++_ids}");
                entities.Add(added);
                Writes.Add($"POST {kind} {added["Title"]}");
                return (201, added.ToJsonString());
            case ("PUT", [var id]) when entities.FindIndex(entity => (string?)entity["Id"] == id) is >= 0 and var at:
                entities[at] = (JsonObject)JsonNode.Parse(body)!;
                Writes.Add($"PUT {kind} {entities[at]["Title"]}");
                return (200, "");
            default:
                return (404, """{"Error":"Not found."}""");
        }
    }

    private static void Complete(JsonObject entity, string kind, string id)
    {
        Assert.False(entity.ContainsKey("$entity"), "what a template is called is no property of the entity");
        entity["Id"] = id;
        entity["Links"] = new JsonObject { ["Self"] = $"api/{kind}/{id}" };
        entity["NotificationChannels"] ??= new JsonArray();
        foreach (var chart in entity["Charts"]?.AsArray() ?? [])
        {
            chart!["Id"] = $"chart-{id}";
            chart["Queries"]![0]!["Joins"] = new JsonArray();
        }
    }
}
