using System.Globalization;
using System.Text.Json;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>
/// Nodes as processes of the real executable on the loopback interface: a coordinator with the store, and workers that reach it by HTTP.
/// </summary>
internal sealed class StudyCluster : IDisposable
{
    private const string Coordinator = "head";

    // A node that vanished is noticed soon; the rest is what the guide's one machine uses.
    private const string Impatience = "\npinnsweep { lease-duration = 5s, checkpoint-every = 300ms, progress-every = 200ms }\n";

    private readonly TemporaryFolder _folder;
    private readonly Dictionary<string, ProcessRun> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ports = new(StringComparer.Ordinal);
    private readonly int _port = FreePort.Next();
    private readonly HttpClient _http;

    public StudyCluster(TemporaryFolder folder)
    {
        _folder = folder;
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        _http = new() { BaseAddress = new(Url) };
        folder.Write("quick.conf", File.ReadAllText(Path.Combine(RepositoryPaths.Root, "cluster-config", "single.conf")) + Impatience);
        Start(Coordinator, _port, "--roles", "coordinator", "--http", Url, "--store", folder[Store]);
    }

    /// <summary>The coordinator's store, relative to the folder.</summary>
    public static string Store => "study.db";

    public string Url { get; }

    /// <summary>Everything that the nodes said, for messages of failed tests.</summary>
    public string Said => string.Join('\n', _nodes.Select(node => $"--- {node.Key}\n{node.Value.Out}{node.Value.Error}"));

    public ProcessRun StartWorker(string name, int slots)
    {
        _ports[name] = FreePort.Next();
        return Start(name, _ports[name], "--roles", "worker", "--slots", slots.ToString(CultureInfo.InvariantCulture), "--work", _folder[$"{name}/work"]);
    }

    /// <summary>Another worker under the name of one, with a folder of its own; the caller ends it.</summary>
    public ProcessRun StartTwin(string name, string folder)
    {
        Directory.CreateDirectory(_folder[folder]);
        return Launch(name, folder, FreePort.Next(), "--roles", "worker", "--slots", "1", "--work", _folder[$"{folder}/work"]);
    }

    /// <summary>The end of a worker's address.</summary>
    public string PortOf(string name) => string.Create(CultureInfo.InvariantCulture, $":{_ports[name]}");

    /// <summary>What a request is answered, or null while nobody answers it.</summary>
    public async Task<JsonElement?> TryGetAsync(string path)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
            return answer.IsSuccessStatusCode ? JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Asks until the answer is as wanted.</summary>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> condition)
    {
        JsonElement? answer = null;
        await Waiting.UntilAsync(async () => (answer = await TryGetAsync(path)) is { } known && condition(known), StudyRun.Limit, () => $"{path}: {answer}\n{Said}");
        return answer!.Value;
    }

    /// <summary>The events of a name in a node's log, with their properties.</summary>
    public IReadOnlyList<JsonElement> Logged(string node, string name) =>
    [
        .. Directory.EnumerateFiles(_folder[$"{node}/logs"]).SelectMany(File.ReadLines)
            .Where(line => line.Contains($"\"Name\":\"{name}\"", StringComparison.Ordinal))
            .Select(line => JsonDocument.Parse(line).RootElement),
    ];

    public void Dispose()
    {
        foreach (var node in _nodes.Values)
        {
            node.Dispose();
        }

        _http.Dispose();
    }

    private ProcessRun Start(string name, int port, params IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(_folder[name]);
        return _nodes[name] = Launch(name, name, port, arguments);
    }

    private ProcessRun Launch(string name, string folder, int port, params IEnumerable<string> arguments) => ProcessRun.Start(
        _folder[folder],
        Cli.Program,
        [
            "node", "--name", name, "--config", _folder["quick.conf"], "--port", port.ToString(CultureInfo.InvariantCulture), "--engine", "fused",
            "--seed-node", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}"), .. arguments,
        ]);
}
