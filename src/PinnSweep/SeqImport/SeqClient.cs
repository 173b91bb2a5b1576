using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.SeqImport;

/// <summary>
/// Seq's HTTP interface, as far as an import needs it: a root with links to kinds of entities, each kind with links to all of its entities
/// and to one. Whatever the user can mend is a <see cref="UserMistakeException"/>.
/// </summary>
internal sealed class SeqClient : IDisposable
{
    private const string KeyHeader = "X-Seq-ApiKey";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly HttpClient _client;
    private readonly bool _hasKey;

    public SeqClient(Uri url, string? key)
    {
        Url = url;
        _hasKey = key is not null;

        _client = new(Connections()) { BaseAddress = new(url.AbsoluteUri.TrimEnd('/') + "/"), Timeout = Patience };
        _client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (key is not null)
        {
            _client.DefaultRequestHeaders.Add(KeyHeader, key.All(letter => letter is > ' ' and < '\x7f')
                ? key
                : throw new UserMistakeException("--api-key: an API key of Seq has printable letters of ASCII, no blanks"));
        }
    }

    /// <summary>The server.</summary>
    public Uri Url { get; }

    /// <summary>The root: version, and links to kinds.</summary>
    public async Task<SeqRoot> RootAsync(CancellationToken cancel)
    {
        var root = await SendAsync(HttpMethod.Get, "api", null, "Read", null, cancel);
        return root is JsonObject { } found && found["Links"] is JsonObject links
            ? new((string?)found["Version"] ?? "of an unknown version", links)
            : throw NoSeq("its root has no links");
    }

    /// <summary>The shared entities of a kind, and where one of them is written.</summary>
    /// <exception cref="UserMistakeException">This version does not have the kind.</exception>
    public async Task<SeqCollection> ListAsync(SeqRoot root, SeqKind kind, CancellationToken cancel)
    {
        var missing = new UserMistakeException($"{Url}: Seq {root.Version} has no {kind.Word}s over HTTP; the templates are for Seq 2025.2 and later");
        var group = Link(root.Links, kind.Link) is { } link ? await SendAsync(HttpMethod.Get, link, null, "Read", missing, cancel) : throw missing;
        if (group is not JsonObject { } found || found["Links"] is not JsonObject links || Link(links, "Items") is not { } items || Link(links, "Item") is not { } item)
        {
            throw missing;
        }

        var listed = await SendAsync(HttpMethod.Get, $"{Before(items)}?shared=true", null, "Read", missing, cancel);
        return listed is JsonArray all
            ? new(Before(items), item, [.. all.OfType<JsonObject>()])
            : throw NoSeq($"its list of {kind.Word}s is none");
    }

    /// <summary>Adds an entity.</summary>
    public Task CreateAsync(SeqCollection where, SeqTemplate template, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, where.Items, template.Entity, "Write", null, cancel, template.File);

    /// <summary>Writes an entity over the one with its id.</summary>
    public Task UpdateAsync(SeqCollection where, string id, JsonObject entity, string file, CancellationToken cancel) =>
        SendAsync(HttpMethod.Put, where.Item.Replace("{id}", Uri.EscapeDataString(id), StringComparison.Ordinal), entity, "Write", null, cancel, file);

    public void Dispose() => _client.Dispose();

    private async Task<JsonNode?> SendAsync(
        HttpMethod method, string link, JsonObject? body, string permission, UserMistakeException? missing, CancellationToken cancel, string file = "")
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(_client.BaseAddress!, link));
            request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await _client.SendAsync(request, cancel);
            var text = await response.Content.ReadAsStringAsync(cancel);
            return response.IsSuccessStatusCode
                ? string.IsNullOrWhiteSpace(text) ? null : JsonNode.Parse(text)
                : throw (response.StatusCode == HttpStatusCode.NotFound ? missing : null) ?? SeqRefusal.Of(Url, response, text, permission, _hasKey, file);
        }
        catch (HttpRequestException unreachable)
        {
            throw new UserMistakeException($"{Url}: nobody answers ({unreachable.InnerException?.Message ?? unreachable.Message}). Start Seq, or name its address by --url", unreachable);
        }
        catch (JsonException foreign)
        {
            throw NoSeq(foreign.Message, foreign);
        }
        catch (OperationCanceledException late) when (late.InnerException is TimeoutException)
        {
            throw new UserMistakeException($"{Url}: no answer within {Patience.TotalSeconds:0} s", late);
        }
    }

    // A key must not follow a redirection to somewhere else.
    private static SocketsHttpHandler Connections() => new() { AllowAutoRedirect = false };

    private UserMistakeException NoSeq(string why, Exception? cause = null) =>
        new($"{Url}: what answers is no Seq ({why}). --url is the address of its pages without a path, for instance http://localhost:5341", cause);

    private static string? Link(JsonObject links, string name) => links[name] is JsonValue value && value.TryGetValue(out string? link) ? link : null;

    // Of a template such as api/signals{?ownerId,shared}.
    private static string Before(string link) => link.Split("{?")[0];
}
