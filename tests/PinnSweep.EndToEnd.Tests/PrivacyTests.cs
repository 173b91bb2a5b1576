using System.Globalization;
using System.Runtime.Versioning;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>What other users of the machine, and a node's own children, get to see of it.</summary>
[SupportedOSPlatform("linux")]
public sealed class PrivacyTests : IDisposable
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_nodes_files_are_for_its_user_alone_and_its_trainers_get_none_of_its_secrets()
    {
        _folder.Write("small.yaml", SmallStudy.Text(steps: 20_000_000));
        using var node = Node();
        await SubmitAsync(node);
        var trainer = await TrainerAsync(node);

        var variables = (await File.ReadAllTextAsync($"/proc/{trainer}/environ", TestContext.Current.CancellationToken)).Split('\0');

        Assert.DoesNotContain(variables, variable => variable.Contains("door", StringComparison.Ordinal));
        Assert.DoesNotContain(variables, variable => variable.StartsWith("PINNSWEEP_STORE", StringComparison.Ordinal));
        Assert.Contains($"PINNSWEEP_PARENT={node.Id}", variables);
        Assert.Contains("OMP_PLACES=cores", variables);
        Assert.All(Files("state").Concat(Files("store")), file => Assert.Equal((file, (UnixFileMode)0), (file, Permissions(file) & Others)));
        Assert.All((string[])["state/pinnsweep", "state/pinnsweep/own", "store/logs"], folder => Assert.Equal((folder, (UnixFileMode)0), (folder, Permissions(_folder[folder]) & Others)));
    }

    [Fact]
    public async Task A_stopped_trainer_ends_with_its_killed_node()
    {
        _folder.Write("small.yaml", SmallStudy.Text(steps: 20_000_000));
        using var node = Node();
        await SubmitAsync(node);
        var trainer = await TrainerAsync(node);
        ProcessRun.Signal(trainer, ProcessRun.Stop);
        await Waiting.UntilAsync(() => StateOf(trainer) == 'T', Cli.Short, () => $"{StateOf(trainer)}");
        ProcessRun.Kill(node.Id);

        await Waiting.UntilAsync(() => StateOf(trainer) is null or 'Z' or 'X', Cli.Short, () => $"trainer {trainer} is left, state {StateOf(trainer)}");
    }

    [Fact]
    public async Task A_report_of_a_run_has_the_permissions_that_its_user_gives_files()
    {
        _folder.Write("small.yaml", SmallStudy.Text(steps: 50));

        using var run = await ProcessRun.Start(_folder.Path, "sh", "-c", $"umask 027; exec {Cli.Program} run small.yaml --slots 2 --out report").EndAsync(StudyRun.Limit);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.All(Files("report"), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, Permissions(file)));
        Assert.All(Files("logs").Append(_folder["pinnsweep.db"]), file => Assert.Equal((UnixFileMode)0, Permissions(file) & Others));
    }

    private ProcessRun Node()
    {
        Directory.CreateDirectory(_folder["store"]);
        _folder.Write("quick.conf", File.ReadAllText(Path.Combine(RepositoryPaths.Root, "cluster-config", "single.conf")) + "\npinnsweep.checkpoint-every = 300ms\n");
        return ProcessRun.Start(
            _folder.Path,
            new Dictionary<string, string>
            {
                ["XDG_STATE_HOME"] = _folder["state"],
                ["PINNSWEEP_STORE"] = _folder["store/study.db"],
                ["PINNSWEEP_TOKEN"] = "key-of-the-door",
                ["PGPASSWORD"] = "key-of-another-door",
                ["OMP_PLACES"] = "cores",
            },
            Cli.Program,
            "node", "--name", "own", "--config", "quick.conf", "--slots", "1", "--engine", "fused", "--http", Url, "--port", FreePort.Next().ToString(CultureInfo.InvariantCulture));
    }

    private string Url { get; } = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");

    private async Task SubmitAsync(ProcessRun node) => await Waiting.UntilAsync(
        async () =>
        {
            Assert.False(node.HasEnded, node.Error);
            using var submit = await Cli.RunAsync(_folder, "submit", "small.yaml", "--url", Url);
            return submit.ExitCode == 0;
        },
        StudyRun.Limit,
        () => node.Error);

    /// <summary>The node's trainer, once it trains.</summary>
    private async Task<int> TrainerAsync(ProcessRun node)
    {
        await Waiting.UntilAsync(() => Files("state").Any(file => file.Contains("checkpoint-", StringComparison.Ordinal)), StudyRun.Limit, () => node.Error);
        return StudyRun.Trainers(node)[0];
    }

    /// <summary>Its state as the system tells it; null when it is gone.</summary>
    private static char? StateOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private IEnumerable<string> Files(string folder) => Directory.Exists(_folder[folder]) ? Directory.EnumerateFiles(_folder[folder], "*", SearchOption.AllDirectories) : [];

    /// <summary>Nothing where a file has gone meanwhile, as those of a working node do.</summary>
    private static UnixFileMode Permissions(string path)
    {
        try
        {
            return File.GetUnixFileMode(path);
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
