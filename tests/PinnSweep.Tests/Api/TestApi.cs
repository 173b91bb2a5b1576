using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PinnSweep.Api;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Cluster.Trainers;
using PinnSweep.Pages;
using PinnSweep.Storage;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Testing;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Api;

/// <summary>The HTTP interface of a real node with a real store; its trainers are fake.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    public const string ReadToken = "read-token-0123456789";
    public const string OperateToken = "operate-token-0123456789";

    /// <summary>Two trials, done at once by the fake trainer.</summary>
    public const string Study = """
        study: quick
        seeds: 2
        factors: {problem: [helmholtz]}
        budget: {steps: 50}
        """;

    /// <summary>Four trials that do not end in a test's time.</summary>
    public const string LongStudy = """
        study: long
        seeds: 2
        factors: {problem: [helmholtz], balancer: [static, relobralo]}
        budget: {steps: 2000000000}
        """;

    private readonly TemporaryFolder _folder = new();
    private Store? _store;
    private ClusterNode? _node;
    private ApiHost? _host;

    public Store Store => _store!;

    public ClusterNode Node => _node!;

    public Uri Url => _host!.Address;

    public string Folder => _folder.Path;

    /// <summary>A client with the token that operates, or none where there are no tokens.</summary>
    public HttpClient Client { get; private set; } = null!;

    public static async Task<TestApi> StartAsync(bool hasTokens = false, int slots = 0, Func<ApiOptions, ApiOptions>? change = null, bool hasStore = true, ILoggerFactory? loggers = null, long diskFloor = 0, Action<Store>? fill = null)
    {
        var api = new TestApi();
        var log = loggers ?? NullLoggerFactory.Instance;
        api._store = Store.Open(api._folder["store.db"]);
        fill?.Invoke(api._store);
        var trainer = new TrainerLaunch(RepositoryPaths.BuildOutput("PinnSweep.FakeTrainer", "pinnsweep-fake-trainer"), new Dictionary<string, string>());
        api._node = await ClusterNode.StartAsync(
            new(
                "test",
                new(new LeasePolicy(TimeSpan.FromSeconds(60), 2)) { StatusEvery = TimeSpan.FromSeconds(0.1), TickEvery = TimeSpan.FromSeconds(0.2) },
                slots == 0 ? null : new("test", slots, trainer, api._folder["work"]) { ProgressEvery = TimeSpan.FromSeconds(0.1), CheckpointEvery = TimeSpan.FromSeconds(0.5), DiskFloor = diskFloor }),
            api._store,
            api._store.Blobs,
            log,
            TimeProvider.System);
        var options = new ApiOptions(ApiAddress.Parse("http://127.0.0.1:0"))
        {
            Tokens = hasTokens ? TokenFile.Parse($"read {ReadToken}\noperate {OperateToken}\n", "tokens") : null,
            WorkFolder = api._folder["http"],
            Pages = new WebPages(),
            // A busy machine may take a while to bring the coordinator up.
            AskTimeout = TimeSpan.FromSeconds(25),
        };
        api._host = await ApiHost.StartAsync(change?.Invoke(options) ?? options, api._node, "test", hasStore ? api._store : null, log, TimeProvider.System);
        api.Client = api.ClientWith(hasTokens ? OperateToken : null);
        return api;
    }

    /// <summary>Stops to serve, while the node goes on.</summary>
    public async Task StopServingAsync()
    {
        await _host!.DisposeAsync();
        _host = null;
    }

    public HttpClient ClientWith(string? token)
    {
        var client = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public Task<HttpResponseMessage> SubmitAsync(string yaml, string query = "") =>
        Client.PostAsync($"api/studies{query}", new StringContent(yaml, Encoding.UTF8, "application/yaml"));

    /// <summary>Submits what is to be taken.</summary>
    public async Task<SubmittedModel> SubmittedAsync(string yaml, string query = "")
    {
        using var answer = await SubmitAsync(yaml, query);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<SubmittedModel>(ApiJson.Options))!;
    }

    public async Task<T> GetAsync<T>(string path) => (await Client.GetFromJsonAsync<T>(path, ApiJson.Options))!;

    /// <summary>Polls a study until it is as expected.</summary>
    public Task<StudyModel> UntilAsync(string study, Func<StudyModel, bool> condition) =>
        Waiting.UntilAsync(() => GetAsync<StudyModel>($"api/studies/{study}"), condition, Waiting.Patience);

    /// <summary>A node with a store that was filled before, once its coordinator answers: it has to mend its journal first.</summary>
    public static async Task<TestApi> FilledAsync(Action<Store> fill)
    {
        var api = await StartAsync(change: options => options with { AskTimeout = TimeSpan.FromSeconds(2) }, fill: fill);
        await Waiting.UntilAsync(
            async () =>
            {
                using var answer = await api.Client.GetAsync("api/studies");
                return answer.StatusCode;
            },
            status => status == HttpStatusCode.OK,
            Waiting.Patience);
        return api;
    }

    /// <summary>Polls until the node says that it is ready.</summary>
    public Task UntilReadyAsync() => Waiting.UntilAsync(
        async () =>
        {
            using var answer = await Client.GetAsync("healthz/ready");
            return (answer.StatusCode, Said: await answer.Content.ReadAsStringAsync());
        },
        answer => answer.StatusCode == HttpStatusCode.OK,
        Waiting.Patience);

    public static async Task<(HttpStatusCode Status, string Detail)> ProblemOf(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var json = (await response.Content.ReadFromJsonAsync<Dictionary<string, System.Text.Json.JsonElement>>())!;
        return (response.StatusCode, json["detail"].GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        await _node!.DrainAsync(TimeSpan.FromSeconds(10));
        await _node.DisposeAsync();
        _store!.Dispose();
        _folder.Dispose();
    }
}
