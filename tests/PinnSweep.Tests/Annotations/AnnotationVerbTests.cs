using PinnSweep.Processes;
using PinnSweep.Storage;
using PinnSweep.Tests.Commands;

namespace PinnSweep.Tests.Annotations;

/// <summary><c>import</c>, <c>tag</c> and <c>note</c> on a store, which an earlier version wrote.</summary>
[Collection("api")]
public sealed class AnnotationVerbTests : IDisposable
{
    private const string Results = "method,problem,seed,error,source,seconds,note\nPINN-A,bump,1,2.1e-2,\"Doe, 2024\",812,table 3\nPINN-A,bump,2,1.8e-2,\"Doe, 2024\",,\n";
    private readonly EarlierStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Results_of_others_are_imported_once_listed_reported_and_removed_and_ours_stay_as_they_are()
    {
        await File.WriteAllTextAsync(_store["doe.csv"], Results);
        var before = await ReportedAsync("before");
        var rows = Rows();

        var first = await RunAsync("import", "earlier", _store["doe.csv"]);
        var again = await RunAsync("import", EarlierStore.Hash[..6], _store["doe.csv"]);
        var list = await RunAsync("import", "earlier", "--list");
        var after = await ReportedAsync("after");

        Assert.Equal(
            [(0, "earlier: 2 external results added; reports mark them\n"), (0, "earlier: 0 external results added, 2 were known; reports mark them\n")],
            new[] { first, again }.Select(run => (run.ExitCode, run.Out)));
        Assert.Matches("Doe, 2024 +2 +20[0-9-]{8} [0-9:]{5} +PINN-A +bump", list.Out);
        Assert.Matches(@"PINN-A \(external\) \[\d\]", after["report.md"]);
        Assert.Contains("PINN-A,bump,2,", after["external.csv"], StringComparison.Ordinal);
        Assert.Equal(2, after["tidy.csv"].Split('\n').Count(line => line.Contains(",external,", StringComparison.Ordinal)));
        Assert.All(["trials.csv", "accuracy.csv", "comparisons.csv", "curves.csv", "cost.csv", "levels.csv"], file => Assert.Equal(before[file], after[file]));
        Assert.Equal(before["tidy.csv"], string.Concat(after["tidy.csv"].Split('\n').Where(line => !line.Contains(",external,", StringComparison.Ordinal) && line.Length > 0).Select(line => line + "\n")));
        Assert.Equal(rows, Rows());
        var check = await RunAsync("report", "earlier", "--verify", Path.Combine(_store["after"], "report.md"));
        Assert.Equal(0, check.ExitCode);

        var gone = await RunAsync("import", "earlier", "--remove", "Doe, 2024");
        Assert.Equal("earlier: 2 external results removed\n", gone.Out);
        Assert.Equal(before, await ReportedAsync("before"));
    }

    [Fact]
    public async Task A_file_with_a_mistake_is_not_taken_at_all()
    {
        await File.WriteAllTextAsync(_store["doe.csv"], Results + "PINN-A,bum,3,NaN,Doe\n");

        var refused = await RunAsync("import", "earlier", _store["doe.csv"]);
        var list = await RunAsync("import", "earlier", "--list");

        Assert.Equal(ExitCode.UserMistake, refused.ExitCode);
        Assert.Contains($"{_store["doe.csv"]}:4:1: has 5 fields; the headings are 7", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Doe", list.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_are_added_removed_shown_and_found()
    {
        Assert.Equal("earlier: draft-2, paper\n", (await RunAsync("tag", "earlier", "paper", "draft-2")).Out);
        Assert.Equal("earlier: draft-2, paper, x\n", (await RunAsync("tag", "earlier", "x", "paper")).Out);
        Assert.Equal("earlier: draft-2, x\n", (await RunAsync("tag", "earlier", "paper", "--remove")).Out);
        Assert.Equal("earlier: draft-2, x\n", (await RunAsync("tag", "earlier")).Out);

        Assert.Matches("earlier +39554569 .* draft-2, x", (await RunAsync("studies", "--tag", "x")).Out);
        Assert.DoesNotContain("earlier", (await RunAsync("studies", "--tag", "paper")).Out, StringComparison.Ordinal);
        Assert.Contains("\"tags\": [", (await RunAsync("studies", "--json")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notes_are_written_on_the_study_and_on_a_level_and_removed_by_number()
    {
        var first = await RunAsync("note", "earlier", "ran on the \u202E old machine");
        var second = await RunAsync("note", "earlier", "too hot", "--level", "balancer=relobralo (temperature 1)");
        var both = await RunAsync("note", "earlier");
        var report = await ReportedAsync("out");

        Assert.Matches(@"^earlier: note 1, 20[0-9-]{8} [0-9:]{5} UTC: ran on the \\u202E old machine\n$", first.Out);
        Assert.Contains("note 2, ", second.Out, StringComparison.Ordinal);
        Assert.Equal(2, both.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("UTC, balancer relobralo (temperature 1) | too hot", string.Join(' ', report["report.md"].Split(' ', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal("earlier: note 1 is removed\n", (await RunAsync("note", "earlier", "--remove", "1")).Out);
        Assert.DoesNotContain("old machine", (await RunAsync("note", "earlier")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tag nowhere x", "'nowhere' is neither in")]
    [InlineData("tag earlier two,words", "tag 'two,words': expected 1 to 40 letters")]
    [InlineData("tag earlier gone --remove", "earlier has no tag 'gone'")]
    [InlineData("tag earlier --remove", "--remove: expected the tags to take away")]
    [InlineData("note earlier x --level balancer", "--level 'balancer': expected FACTOR=LABEL")]
    [InlineData("note earlier x --level balancer=relobralo2", "the study has no such balancer; nearest 'relobralo'")]
    [InlineData("note earlier --level balancer=static", "expected the text of a note too")]
    [InlineData("note earlier --remove 7", "study earlier has no note 7")]
    [InlineData("note earlier x --remove 7", "--remove: removes a note and writes none")]
    [InlineData("import earlier", "import: expected one of FILE, --remove SOURCE and --list")]
    [InlineData("import earlier x.csv --list", "import: expected one of FILE, --remove SOURCE and --list")]
    [InlineData("import earlier /nowhere.csv", "/nowhere.csv: cannot be read")]
    [InlineData("import earlier --remove Doe", "source 'Doe': nothing of it was imported into 'earlier'; nothing was imported yet")]
    [InlineData("tag quickstart x", "is not in")]
    public async Task A_mistake_is_told_and_nothing_is_written(string words, string said)
    {
        var run = await RunAsync(words.Split(' '));

        Assert.Equal(ExitCode.UserMistake, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        using var store = Store.OpenForReading(_store.Place);
        Assert.False(store.Annotations.Of(EarlierStore.Hash) is { HasWords: true } or { External.IsEmpty: false });
    }

    [Fact]
    public async Task Where_there_is_no_store_none_is_made()
    {
        var run = await Captured.RunAsync("tag", "earlier", "x", "--store", _store["none.db"]);

        Assert.Equal(ExitCode.UserMistake, run.ExitCode);
        Assert.False(File.Exists(_store["none.db"]));
    }

    private Task<Captured> RunAsync(params string[] words) => Captured.RunAsync([.. words, "--store", _store.Place]);

    private async Task<Dictionary<string, string>> ReportedAsync(string folder)
    {
        var run = await RunAsync("report", "earlier", "--format", "md,csv,tidy.csv", "--out", _store[folder]);
        Assert.True(run.ExitCode == 0, run.Error);
        return Directory.GetFiles(_store[folder], "*.*").Where(file => file.EndsWith(".md", StringComparison.Ordinal) || file.EndsWith(".csv", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
    }

    private string[] Rows()
    {
        using var store = Store.OpenForReading(_store.Place);
        return [.. store.Connections.Query("select key || attempt || blob || outcome || steps || seconds from results order by key", row => row.GetString(0)), .. store.Connections.Query("select hash || name || text from studies", row => row.GetString(0))];
    }
}
