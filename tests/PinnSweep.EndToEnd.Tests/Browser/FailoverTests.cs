using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Playwright;
using PinnSweep.Storage;
using PinnSweep.Testing.Postgres;
using PinnSweep.Testing.Processes;
using static Microsoft.Playwright.Assertions;

namespace PinnSweep.EndToEnd.Tests.Browser;

/// <summary>A page of one of three coordinators while another is killed.</summary>
[Collection("whole machine")]
public sealed class FailoverTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private static readonly string[] Heads = ["head-1", "head-2", "head-3"];

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, (ProcessRun Process, int Port, int Http)> _nodes = new(StringComparer.Ordinal);
    private readonly HttpClient _http = new() { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", PagesCluster.Operator) } };
    private string _store = "";

    public void Dispose()
    {
        foreach (var (process, _, _) in _nodes.Values)
        {
            process.Dispose();
        }

        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_page_goes_on_by_itself_when_the_coordinator_of_three_is_killed()
    {
        Chromium.Need();
        Assert.SkipWhen(PostgresServer.Absent is not null, PostgresServer.Absent ?? "");
        await StartAsync();
        _folder.Write("small.yaml", await SmallStudy.LastingAsync(seconds: 60, seeds: 1));
        using var submit = await Cli.RunAsync(_folder, "submit", "small.yaml", "--url", UrlOf(Heads[0]), "--token", PagesCluster.Operator);
        Assert.True(submit.ExitCode == 0, submit.Error);
        await UntilAsync(Heads[0], "api/studies/small", study => study.GetProperty("runningCount").GetInt32() == 2);
        var holder = Holder();
        var other = Heads.First(name => name != holder);
        await using var browser = await chromium.OpenAsync(UrlOf(other));
        await browser.LogInAsync(PagesCluster.Reader, "/studies/small");
        var page = browser.Page;
        await Expect(page.Locator("#live-running tbody tr")).ToHaveCountAsync(2, new() { Timeout = 60_000 });

        _nodes[holder].Process.KillTree();
        var clock = Stopwatch.StartNew();
        await page.Locator("#live-silence .banner").WaitForAsync(new() { Timeout = 60_000 });
        var noticed = clock.Elapsed;
        await Expect(page.Locator("#live-silence .banner")).ToHaveCountAsync(0, new() { Timeout = 120_000 });
        // Trials may have to go on from an earlier checkpoint, or be done: what matters is that the page tells of it.
        var shown = await RunningAsync(page);
        await Waiting.UntilAsync(async () => await RunningAsync(page) != shown, StudyRun.Limit, Said);

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"told after {noticed.TotalSeconds:F1} s, goes on after {clock.Elapsed.TotalSeconds:F1} s"));

        // What the page asked for while nobody coordinated was answered so, which a browser notes by itself.
        Assert.All(browser.Complaints, complaint => Assert.StartsWith("console: Failed to load resource: the server responded with a status of 503", complaint, StringComparison.Ordinal));
        Assert.Equal("/studies/small", new Uri(page.Url).AbsolutePath);
    }

    private static Task<string> RunningAsync(IPage page) => page.Locator("#live-running").InnerTextAsync();

    private async Task StartAsync()
    {
        _store = PostgresServer.Shared.CreateDatabase();
        _folder.Write("quick.conf", File.ReadAllText(Path.Combine(RepositoryPaths.Root, "cluster-config", "ha.conf")) + "\npinnsweep { lease-duration = 30s, checkpoint-every = 2s, progress-every = 500ms }\n");
        _folder.WriteSecret("tokens.txt", $"read {PagesCluster.Reader}\noperate {PagesCluster.Operator}\n");
        var ports = Heads.ToDictionary(head => head, _ => FreePort.Next());
        string[] seeds = [.. ports.Values.SelectMany(port => new[] { "--seed-node", FormattableString.Invariant($"127.0.0.1:{port}") })];
        foreach (var (head, port) in ports)
        {
            var http = FreePort.Next();
            Start(head, port, http, ["--roles", "coordinator", "--store", _store, "--tokens", _folder["tokens.txt"], "--http", FormattableString.Invariant($"http://127.0.0.1:{http}"), .. seeds]);
        }

        Start("gpu-1", FreePort.Next(), 0, ["--roles", "worker", "--slots", "2", "--engine", "fused", .. seeds]);
        await UntilAsync(Heads[0], "api/workers", answer => answer.GetProperty("workers").GetArrayLength() == 1);
    }

    private void Start(string name, int port, int http, IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(_folder[name]);
        _nodes[name] = (
            ProcessRun.Start(
                _folder[name],
                new Dictionary<string, string> { ["PINNSWEEP_TOKEN"] = PagesCluster.Operator },
                Cli.Program,
                ["node", "--name", name, "--config", _folder["quick.conf"], "--port", port.ToString(CultureInfo.InvariantCulture), "--work", _folder[$"{name}/work"], .. arguments]),
            port,
            http);
    }

    private string UrlOf(string name) => FormattableString.Invariant($"http://127.0.0.1:{_nodes[name].Http}");

    /// <summary>The node that coordinates by the database's word.</summary>
    private string Holder()
    {
        using var store = Store.OpenForReading(_store);
        var holder = store.Connections.Query("select holder from coordinator_lease where expires_at > clock_timestamp()", row => row.GetString(0)).Single();
        return _nodes.Single(node => holder.Contains(FormattableString.Invariant($":{node.Value.Port}"), StringComparison.Ordinal)).Key;
    }

    private async Task UntilAsync(string node, string path, Func<JsonElement, bool> condition)
    {
        JsonElement? answer = null;
        await Waiting.UntilAsync(
            async () =>
            {
                try
                {
                    using var response = await _http.GetAsync(new Uri($"{UrlOf(node)}/{path}"));
                    answer = response.IsSuccessStatusCode ? JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement : null;
                    return answer is { } known && condition(known);
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            StudyRun.Limit,
            () => $"{node} {path}: {answer}\n{Said()}");
    }

    private string Said() => string.Join('\n', _nodes.Select(node => $"--- {node.Key}\n{node.Value.Process.Out}{node.Value.Process.Error}"));
}
