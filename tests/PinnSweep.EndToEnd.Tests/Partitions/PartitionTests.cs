using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using PinnSweep.Storage;
using PinnSweep.Testing.Postgres;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests.Partitions;

/// <summary>Three coordinators and a worker on machines of their own, and a cable that is pulled.</summary>
[Collection("whole machine")]
public sealed class PartitionTests : IDisposable
{
    private const int LostCluster = 75;
    private const string Token = "operate-token-of-a-test";
    private const string Worker = "gpu-1";

    private static readonly string[] Coordinators = ["head-1", "head-2", "head-3"];

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProcessRun> _nodes = new(StringComparer.Ordinal);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(15), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) } };
    private MachineNetwork? _network;
    private PostgresServer? _database;
    private string _store = "";

    public void Dispose()
    {
        foreach (var node in _nodes.Values)
        {
            node.Dispose();
        }

        _database?.Dispose();
        _network?.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    // Clocks of five processes: for an idle machine.
    [Fact(Explicit = true)]
    public async Task A_coordinator_that_is_cut_off_is_succeeded_acknowledges_nothing_and_comes_back_as_one_that_waits()
    {
        await StartAllAsync();
        _folder.Write("small.yaml", await SmallStudy.LastingAsync(seconds: 60, seeds: 1));
        using var submit = await Cli.RunAsync(_folder, "submit", "small.yaml", "--url", UrlOf(Coordinators[0]), "--token", Token);
        Assert.True(submit.ExitCode == 0, submit.Error);
        await UntilAsync(Coordinators[0], "api/studies/small", study => study.GetProperty("runningCount").GetInt32() == 2);
        var (holder, token) = Holder()!.Value;
        var other = Coordinators.First(name => name != holder);
        var epoch = (await UntilAsync(other, "api/workers", _ => true)).GetProperty("epoch").GetInt64();

        _network!.CutOff(holder);
        using var order = _network.Start(holder, _folder.Path, new Dictionary<string, string>(), Cli.Program, "pause", "small", "--url", UrlOf(holder), "--token", Token);
        await Waiting.UntilAsync(() => Holder() is { } now && now.Name != holder && now.Token > token, StudyRun.Limit, Said);
        var workers = await UntilAsync(other, "api/workers", answer => answer.GetProperty("epoch").GetInt64() > epoch && answer.GetProperty("workers").GetArrayLength() == 1);
        await _nodes[holder].EndAsync(StudyRun.Limit);
        await order.EndAsync(StudyRun.Limit);

        Assert.Equal(Worker, workers.GetProperty("workers")[0].GetProperty("name").GetString());
        Assert.Equal(LostCluster, _nodes[holder].ExitCode);
        Assert.NotEqual(0, order.ExitCode);

        _network.Heal(holder);
        StartCoordinator(holder);
        await Waiting.UntilAsync(async () => await StatusOfAsync(holder, "healthz/ready") == 200, StudyRun.Limit, Said);
        var settled = await UntilAsync(holder, "api/studies/small", study => study.GetProperty("isSettled").GetBoolean());
        var trials = await UntilAsync(holder, "api/studies/small/trials", _ => true);

        Assert.NotEqual(holder, Holder()?.Name);
        Assert.False(settled.GetProperty("isPaused").GetBoolean());
        Assert.Equal(0, settled.GetProperty("faults").GetInt32());
        Assert.All(trials.GetProperty("items").EnumerateArray(), trial => Assert.Equal(("accepted", 1), (trial.GetProperty("phase").GetString(), trial.GetProperty("attempt").GetInt32())));
    }

    private async Task StartAllAsync()
    {
        Assert.SkipWhen(MachineNetwork.Absent is not null, MachineNetwork.Absent ?? "");
        _network = new();
        _database = PostgresServer.StartNew(beyond: new(_network.Address, _network.Network));
        _store = _database.CreateDatabase();
        // Attempts outlive the change of coordinators, as they do with the profile's own minute.
        _folder.Write("quick.conf", File.ReadAllText(Path.Combine(RepositoryPaths.Root, "cluster-config", "ha.conf")) + "\npinnsweep { lease-duration = 30s, checkpoint-every = 1s }\n");
        _folder.WriteSecret("tokens.txt", $"operate {Token}\n");
        foreach (var name in (string[])[.. Coordinators, Worker])
        {
            _addresses[name] = _network.Add(name);
        }

        foreach (var name in Coordinators)
        {
            StartCoordinator(name);
        }

        Start(Worker, "--roles", "worker", "--slots", "2", "--work", _folder[$"{Worker}/work"]);
        await UntilAsync(Coordinators[0], "api/workers", answer => answer.GetProperty("workers").GetArrayLength() == 1);
    }

    private void StartCoordinator(string name) =>
        Start(name, "--roles", "coordinator", "--store", _store, "--tokens", _folder["tokens.txt"], "--http", UrlOf(name), "--work", _folder[$"{name}/work"]);

    private void Start(string name, params IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(_folder[name]);
        _nodes[name] = _network!.Start(
            name,
            _folder[name],
            new Dictionary<string, string> { ["PINNSWEEP_TOKEN"] = Token, ["PINNSWEEP_INSECURE"] = "1" },
            Cli.Program,
            [
                "node", "--name", name, "--host", _addresses[name], "--config", _folder["quick.conf"],
                .. _addresses.Values.SelectMany(address => new[] { "--seed-node", $"{address}:4053" }), .. arguments,
            ]);
    }

    private string UrlOf(string name) => $"http://{_addresses[name]}:8053";

    /// <summary>The node that may coordinate by the database's word, and its token; null when none may.</summary>
    private (string Name, long Token)? Holder()
    {
        using var store = Store.OpenForReading(_store);
        return store.Connections
            .Query("select holder, token from coordinator_lease where expires_at > clock_timestamp()", row => (Holder: row.GetString(0), Token: row.GetInt64(1)))
            .Select(row => ((string, long)?)(_addresses.Single(node => row.Holder.Contains($"{node.Value}:", StringComparison.Ordinal)).Key, row.Token))
            .SingleOrDefault();
    }

    private async Task<int> StatusOfAsync(string node, string path)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri($"{UrlOf(node)}/{path}"));
            return (int)answer.StatusCode;
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException)
        {
            return 0;
        }
    }

    /// <summary>Asks a node until the answer is as wanted.</summary>
    private async Task<JsonElement> UntilAsync(string node, string path, Func<JsonElement, bool> condition)
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
                catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException)
                {
                    return false;
                }
            },
            StudyRun.Limit,
            () => string.Create(CultureInfo.InvariantCulture, $"{node} {path}: {answer}\n{Said()}"));
        return answer!.Value;
    }

    private string Said() => string.Join('\n', _nodes.Select(node => $"--- {node.Key}\n{node.Value.Out}{node.Value.Error}"));
}
