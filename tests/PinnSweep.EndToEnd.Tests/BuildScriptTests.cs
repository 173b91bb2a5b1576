using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>When the script at the root builds, and where to: with a compiler that only copies, in a small repository of its own.</summary>
public sealed class BuildScriptTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // Writes the programs over in place, as a compiler does, and counts.
    private const string Compiler = """
        #!/bin/bash
        case $1 in
            --version) echo 10.0.100 ;;
            build)
                root=$(pwd)
                echo built >>"$root/builds"
                ! grep -q broken "$root/src/program" || { echo "src/program(1,1): error CS0000: broken"; exit 1; }
                for name in PinnSweep PinnSweep.Trainer PinnSweep.FakeTrainer PinnSweep.Benchmarks; do
                    mkdir -p "$root/artifacts/bin/$name/release"
                    cat "$root/src/program" >"$root/artifacts/bin/$name/release/pinnsweep"
                    cat "$root/src/data" >"$root/artifacts/bin/$name/release/data"
                    [ -f "$root/artifacts/bin/$name/release/large" ] || echo large >"$root/artifacts/bin/$name/release/large"
                    chmod +x "$root/artifacts/bin/$name/release/pinnsweep"
                done ;;
        esac
        """;

    // Says what lies beside it; told to wait, it does so until a file is there, then says it again.
    private const string Program = """
        #!/bin/bash
        here=$(dirname "$0")
        cat "$here/data"
        if [ "${1:-}" = wait ]; then
            until [ -e "$2" ]; do sleep 0.05; done
            cat "$here/data"
        fi
        """;

    private readonly TemporaryFolder _folder = new();

    public BuildScriptTests()
    {
        foreach (var below in (string[])["src", "eng", "tests/PinnSweep.Benchmarks", "dotnet"])
        {
            Directory.CreateDirectory(_folder[below]);
        }

        File.Copy(Path.Combine(RepositoryPaths.Root, "pinnsweep"), _folder["pinnsweep"]);
        File.Copy(Path.Combine(RepositoryPaths.Root, "eng", "revision"), _folder["eng/revision"]);
        // A copy may be executed as what it is a copy of.
        File.Copy(_folder["pinnsweep"], _folder["dotnet/dotnet"]);
        File.WriteAllText(_folder["dotnet/dotnet"], Compiler);
        File.WriteAllText(_folder["src/program"], Program);
        File.WriteAllText(_folder["src/data"], "one\n");
    }

    private int Builds => File.Exists(_folder["builds"]) ? File.ReadAllLines(_folder["builds"]).Length : 0;

    private string[] Kept => [.. Directory.GetDirectories(_folder["artifacts/builds"], "pinnsweep-*").Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_builds_once_and_again_when_sources_or_the_commit_changed()
    {
        Assert.Equal("one\n", await RunAsync());
        Assert.Equal("one\n", await RunAsync());
        Assert.Equal(1, Builds);

        File.WriteAllText(_folder["src/data"], "two\n");
        Assert.Equal("two\n", await RunAsync());
        Assert.Equal(2, Builds);

        await GitAsync("init", "-q");
        await GitAsync("commit", "-qm", "first", "--allow-empty");
        await RunAsync();
        await RunAsync();
        Assert.Equal(3, Builds);
    }

    [Fact]
    public async Task A_command_that_runs_keeps_its_programs_while_another_build_takes_over()
    {
        using var first = Start("wait", _folder["go"]);
        await Waiting.UntilAsync(() => first.HasEnded || first.Out == "one\n", Limit, () => first.Error);
        foreach (var text in (string[])["two\n", "three\n", "four\n", "five\n"])
        {
            File.WriteAllText(_folder["src/data"], text);
            Assert.Equal(text, await RunAsync());
        }

        // Its own, and the newest two.
        Assert.Equal(3, Kept.Length);
        await File.WriteAllTextAsync(_folder["go"], "", TestContext.Current.CancellationToken);
        await first.EndAsync(Limit);
        Assert.Equal("one\none\n", first.Out);

        File.WriteAllText(_folder["src/data"], "six\n");
        await RunAsync();
        Assert.Equal(2, Kept.Length);
    }

    [Fact]
    public async Task What_did_not_change_is_kept_once_and_never_shared_with_the_output_of_builds()
    {
        await RunAsync();
        File.WriteAllText(_folder["src/data"], "two\n");
        await RunAsync();

        var large = await InodesAsync([.. Kept.Select(kept => Path.Combine(kept, "PinnSweep/release/large")), _folder["artifacts/bin/PinnSweep/release/large"]]);
        Assert.Equal(large[0], large[1]);
        Assert.NotEqual(large[0], large[2]);
        Assert.Equal(["one\n", "two\n"], Kept.Select(kept => File.ReadAllText(Path.Combine(kept, "PinnSweep.Trainer/release/data"))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_build_that_fails_says_so_and_leaves_the_one_before()
    {
        await RunAsync();
        File.WriteAllText(_folder["src/program"], "broken");

        using var failed = await Start().EndAsync(Limit);

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("error CS0000", failed.Error, StringComparison.Ordinal);
        Assert.Single(Kept);
    }

    [Fact]
    public async Task Benchmarks_have_a_build_of_their_own()
    {
        Assert.Equal("one\n", await RunAsync());
        Assert.Equal("one\n", await RunAsync("bench", "x"));

        Assert.True(File.Exists(Path.Combine(Directory.GetDirectories(_folder["artifacts/builds"], "bench-*").Single(), "PinnSweep.Benchmarks/release/data")));
        Assert.Equal(2, Builds);
    }

    [Fact]
    public async Task A_folder_for_temporary_files_that_does_not_exist_is_named()
    {
        using var run = await ProcessRun.Start(_folder.Path, new Dictionary<string, string> { ["TMPDIR"] = "/no/such/folder", ["DOTNET_ROOT"] = _folder["dotnet"] }, _folder["pinnsweep"]).EndAsync(Limit);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("TMPDIR=/no/such/folder", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_home_that_is_not_there_is_done_without()
    {
        using var run = await ProcessRun.Start(_folder.Path, new Dictionary<string, string> { ["HOME"] = "/no/such/home", ["DOTNET_ROOT"] = _folder["dotnet"] }, _folder["pinnsweep"]).EndAsync(Limit);

        Assert.True(run.ExitCode == 0, run.Error);
    }

    private ProcessRun Start(params string[] arguments) =>
        ProcessRun.Start(_folder.Path, new Dictionary<string, string> { ["DOTNET_ROOT"] = _folder["dotnet"] }, _folder["pinnsweep"], arguments);

    private async Task<string> RunAsync(params string[] arguments)
    {
        using var run = await Start(arguments).EndAsync(Limit);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Out;
    }

    private async Task GitAsync(params string[] arguments)
    {
        using var run = await ProcessRun.Start(_folder.Path, "git", ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", .. arguments]).EndAsync(Limit);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    private async Task<string[]> InodesAsync(string[] files)
    {
        using var run = await ProcessRun.Start(_folder.Path, "stat", ["-c", "%i", .. files]).EndAsync(Limit);
        return run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
