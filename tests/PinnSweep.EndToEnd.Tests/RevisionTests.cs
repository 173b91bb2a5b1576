using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>The revision that stands in the evidence, in a small repository of its own.</summary>
public sealed class RevisionTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_the_commit_and_tells_when_sources_differ_from_it()
    {
        var commit = await CommitAsync();
        Assert.Equal(commit, await RevisionAsync());

        _folder.Write("src/A.cs", "changed");
        var changed = await RevisionAsync();
        Assert.Matches($"^{commit}-dirty\\.[0-9a-f]{{12}}$", changed);
        Assert.Equal(changed, await RevisionAsync());

        _folder.Write("src/A.cs", "changed otherwise");
        Assert.NotEqual(changed, await RevisionAsync());

        _folder.Write("src/A.cs", "a");
        Assert.Equal(commit, await RevisionAsync());
    }

    [Theory]
    [InlineData("src/New.cs", true)]
    [InlineData("src/A.log", false)]
    [InlineData("README.md", false)]
    [InlineData("tests/T.cs", false)]
    [InlineData("global.json", true)]
    [InlineData("cluster-config/new.conf", true)]
    public async Task What_a_build_depends_on_counts_and_nothing_else(string file, bool counts)
    {
        var commit = await CommitAsync();

        _folder.Write(file, "something else");

        Assert.Equal(counts, await RevisionAsync() != commit);
    }

    [Fact]
    public async Task A_deleted_source_counts_too()
    {
        var commit = await CommitAsync();

        File.Delete(_folder["src/A.cs"]);

        Assert.StartsWith($"{commit}-dirty.", await RevisionAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_outside_of_their_repository_are_unknown()
    {
        Prepare(_folder.Path);
        Assert.Equal("unknown", await RevisionAsync());

        // An archive that somebody unpacked in a repository of something else.
        await GitAsync("init", "-q");
        Prepare(_folder["unpacked"]);
        await GitAsync("add", "-A");
        await GitAsync("commit", "-qm", "something else");
        using var below = await ProcessRun.Start(_folder["unpacked"], _folder["unpacked/eng/revision"]).EndAsync(Limit);

        Assert.Equal("unknown\n", below.Out);
    }

    [Fact]
    public async Task The_program_tells_the_revision_it_was_built_from()
    {
        using var run = await Cli.RunAsync(_folder, "--version");
        using var trainer = await ProcessRun.Start(_folder.Path, RepositoryPaths.BuildOutput("PinnSweep.Trainer", "pinnsweep-trainer"), "--version").EndAsync(Cli.Short);

        Assert.Matches(@"^\d+\.\d+\.\d+\+([0-9a-f]{40}(-dirty\.[0-9a-f]{12})?|unknown)\n$", run.Out);
        Assert.Equal(run.Out.Replace('+', ' '), trainer.Out);
        Assert.Equal(run.Out.Trim().Split('+')[1], (await File.ReadAllTextAsync(RepositoryPaths.BuildOutput("PinnSweep", "revision.txt"), TestContext.Current.CancellationToken)).Trim());
    }

    private static void Prepare(string folder)
    {
        foreach (var below in (string[])["src", "eng", "tests", "cluster-config"])
        {
            Directory.CreateDirectory(Path.Combine(folder, below));
        }

        File.WriteAllText(Path.Combine(folder, "src", "A.cs"), "a");
        File.WriteAllText(Path.Combine(folder, "README.md"), "read me");
        File.WriteAllText(Path.Combine(folder, "global.json"), "{}");
        File.WriteAllText(Path.Combine(folder, ".gitignore"), "*.log\n");
        File.Copy(Path.Combine(RepositoryPaths.Root, "eng", "revision"), Path.Combine(folder, "eng", "revision"));
    }

    private async Task<string> CommitAsync()
    {
        Prepare(_folder.Path);
        await GitAsync("init", "-q");
        await GitAsync("add", "-A");
        await GitAsync("commit", "-qm", "first");
        return (await GitAsync("rev-parse", "HEAD")).Trim();
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        using var run = await ProcessRun.Start(_folder.Path, "git", ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", .. arguments]).EndAsync(Limit);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Out;
    }

    private async Task<string> RevisionAsync()
    {
        using var run = await ProcessRun.Start("/", _folder["eng/revision"]).EndAsync(Limit);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Out.Trim();
    }
}
