using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests.Browser;

/// <summary>A coordinator with tokens and a worker, as processes of the real program, with a study that is done and one that tuned.</summary>
public sealed class PagesCluster : IAsyncDisposable
{
    /// <summary>Reads.</summary>
    public const string Reader = "read-token-of-a-test";

    /// <summary>Gives orders.</summary>
    public const string Operator = "operate-token-of-a-test";

    private const string Tuned = """
        study: tuned
        seeds: 2
        precision: float64
        factors:
          problem: [helmholtz]
          network: [{kind: mlp, hidden: [8]}]
          sampler: [{kind: uniform, interior: 64, boundary: 32}]
          balancer:
            - static
            - {kind: relobralo, temperature: {log: [0.01, 1]}}
          optimizer: {kind: adam, lr: {log: [1e-4, 1e-1]}}
        budget: {steps: 60}
        tune: {each: [balancer], design: sobol, trials: 4, seeds: {from: 100001, count: 1}}
        control: static
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly SemaphoreSlim _gate = new(1);
    private readonly List<ProcessRun> _nodes = [];
    private HttpClient? _http;
    private bool _isReady;

    /// <summary>Where the node answers.</summary>
    public string Origin { get; private set; } = "";

    internal ProcessRun Worker { get; private set; } = null!;

    /// <summary>What the nodes said, for messages of failed tests.</summary>
    internal string Said => string.Join('\n', _nodes.Select(node => $"---\n{node.Out}{node.Error}"));

    /// <summary>Starts it once; skips where no browser would look.</summary>
    internal async Task ReadyAsync()
    {
        Chromium.Need();
        await _gate.WaitAsync();
        try
        {
            if (!_isReady)
            {
                await StartAsync();
                _isReady = true;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    internal async Task SubmitAsync(string name, string text)
    {
        _folder.Write($"{name}.yaml", text.Replace("study: small", $"study: {name}", StringComparison.Ordinal));
        using var submit = await Cli.RunAsync(_folder, "submit", $"{name}.yaml", "--url", Origin, "--token", Operator);
        Assert.True(submit.ExitCode == 0, submit.Error);
    }

    internal async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> condition)
    {
        JsonElement? answer = null;
        await Waiting.UntilAsync(
            async () =>
            {
                try
                {
                    using var response = await _http!.GetAsync(new Uri(path, UriKind.Relative));
                    answer = response.IsSuccessStatusCode ? JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement : null;
                    return answer is { } known && condition(known);
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            StudyRun.Limit,
            () => $"{path}: {answer}\n{Said}");
        return answer!.Value;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            node.Dispose();
        }

        await Task.CompletedTask;
        _http?.Dispose();
        _folder.Dispose();
        _gate.Dispose();
    }

    private async Task StartAsync()
    {
        var port = FreePort.Next();
        Origin = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        _http = new() { BaseAddress = new(Origin), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Operator) } };
        _folder.WriteSecret("tokens.txt", $"read {Reader}\noperate {Operator}\n");

        // One fault gives a trial up, so that there is something to retry.
        _folder.Write("quick.conf", File.ReadAllText(Path.Combine(RepositoryPaths.Root, "cluster-config", "single.conf")) + "\npinnsweep { lease-duration = 10s, checkpoint-every = 1s, progress-every = 200ms, fault-limit = 1 }\n");
        Start("head", port, FormattableString.Invariant($"127.0.0.1:{port}"), "--roles", "coordinator", "--http", Origin, "--store", _folder["study.db"], "--tokens", _folder["tokens.txt"]);
        Worker = Start("gpu-1", FreePort.Next(), FormattableString.Invariant($"127.0.0.1:{port}"), "--roles", "worker", "--slots", "2", "--work", _folder["gpu-1/work"]);
        await UntilAsync("api/workers", answer => answer.GetProperty("workers").GetArrayLength() == 1);
        await SubmitAsync("small", SmallStudy.Text(steps: 120));
        await SubmitAsync("tuned", Tuned);
        await UntilAsync("api/studies/small", study => study.GetProperty("isSettled").GetBoolean());
        await UntilAsync("api/studies/tuned", study => study.GetProperty("isSettled").GetBoolean());
    }

    private ProcessRun Start(string name, int port, string seed, params IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(_folder[name]);
        var node = ProcessRun.Start(
            _folder[name],
            new Dictionary<string, string> { ["PINNSWEEP_TOKEN"] = Operator },
            Cli.Program,
            [
                "node", "--name", name, "--config", _folder["quick.conf"], "--port", port.ToString(CultureInfo.InvariantCulture), "--engine", "fused", "--seed-node", seed, .. arguments,
            ]);
        _nodes.Add(node);
        return node;
    }
}
