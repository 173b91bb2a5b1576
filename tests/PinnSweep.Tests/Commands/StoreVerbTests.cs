using System.Text.Json;
using PinnSweep.Processes;
using PinnSweep.Storage;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Terminals;
using PinnSweep.Testing.Processes;
using PinnSweep.Tests.Views;

namespace PinnSweep.Tests.Commands;

/// <summary>Verbs that look at studies, on a store without a node.</summary>
public sealed class StoreVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PinnSweep.Studies.Planning.StudyPlan _plan;

    public StoreVerbTests()
    {
        using var store = Store.Open(Place);
        _plan = MadeStudy.In(store, MadeStudy.Grid, isDone: trial => trial.Description.Seed < 3 && trial.CellIndex < 6);
        MadeStudy.In(store, MadeStudy.Grid.Replace("study: grid", "study: second", StringComparison.Ordinal).Replace("2000", "3000", StringComparison.Ordinal), trial => 2 * MadeStudy.Error(trial));
        var (given, failed) = (_plan.Trials[2].Key, new WorkerIdentity("worker-7", "i"));
        store.Decisions.Write(
            [
                new TrialLeased(given, new(1, failed, 1, MadeStudy.At), MadeStudy.At),
                new TrialFaulted(given, new(1, failed, new(FaultKind.Crash, "the trainer ended with code 139", "one\ntwo\nthree"), MadeStudy.At + TimeSpan.FromMinutes(5)), MadeStudy.At + TimeSpan.FromMinutes(5)),
                new TrialQuarantined(given, MadeStudy.At + TimeSpan.FromMinutes(5)),
            ],
            1000);
    }

    private string Place => _folder["store.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Trials_are_listed_filtered_counted_and_paged()
    {
        var all = await RunAsync("trials", "grid");
        var some = await RunAsync("trials", "grid", "--state", "converged", "--where", "balancer=relobralo", "--sort", "-error", "--take", "2");
        var csv = await RunAsync("trials", "grid", "--csv");
        var json = await RunAsync("trials", "grid", "--state", "quarantined", "--json");
        var none = await RunAsync("trials", "grid", "--seed", "77");

        Assert.Equal((0, "21 trials; `pinnsweep why TRIAL` tells all of one\n"), (all.ExitCode, all.Error));
        Assert.Equal(22, all.Out.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("worker-7", all.Out, StringComparison.Ordinal);
        Assert.All(some.Out.TrimEnd('\n').Split('\n').Skip(1), line => Assert.Contains("relobralo", line, StringComparison.Ordinal));
        Assert.Contains("1 to 2 here; --skip 2 shows the next", some.Error, StringComparison.Ordinal);
        Assert.Equal(22, csv.Out.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        var trial = Assert.Single(JsonDocument.Parse(json.Out).RootElement.GetProperty("items").EnumerateArray());
        Assert.Equal(("quarantined", "worker-7", 1), (trial.GetProperty("phase").GetString(), trial.GetProperty("worker").GetString(), trial.GetProperty("faults").GetInt32()));
        Assert.Contains("no trial of study grid is like that", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_of_trials_fit_a_terminal_of_eighty()
    {
        var all = await RunAsync("trials", "grid");
        var rows = all.Out.TrimEnd('\n').Split('\n').Select(line => (IReadOnlyList<string>)[.. System.Text.RegularExpressions.Regex.Split(line, " {2,}")]).ToList();
        var widest = rows.Max(row => row.Count);

        var lines = Columns.Lines([.. rows.Select(row => (IReadOnlyList<string>)[.. row, .. Enumerable.Repeat("", widest - row.Count)])], Columns.Usual);

        Assert.All(lines, line => Assert.True(line.Length <= Columns.Usual, line));
    }

    [Fact]
    public async Task Why_tells_all_of_a_finished_trial()
    {
        var key = _plan.Trials[0].Key;

        var text = await RunAsync("why", key.Hex[..10]);
        var json = await RunAsync("why", key.Hex, "--json");

        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        Assert.StartsWith($"{key.Short}: converged\n", text.Out, StringComparison.Ordinal);
        Assert.All(
            (string[])["study    grid", "balancer static", "problem helmholtz", "relative_l2", "1.00e-2", "by worker-0 in 2.0 s: 2000 steps, 1000 steps/s", "accepted", "commit 0123456789ab", "engine fused", "test machine", "again    pinnsweep train --problem helmholtz"],
            words => Assert.Contains(words, text.Out, StringComparison.Ordinal));
        var root = JsonDocument.Parse(json.Out).RootElement;
        Assert.Equal("helmholtz", root.GetProperty("parameters").GetProperty("levels").GetProperty("problem").GetProperty("kind").GetString());
        Assert.Equal(1e-2, root.GetProperty("result").GetProperty("errors")[0].GetProperty("value").GetDouble());
        Assert.Equal("accepted", root.GetProperty("attempts")[0].GetProperty("ending").GetString());
        Assert.Equal("grid", root.GetProperty("studies")[0].GetProperty("study").GetString());
    }

    [Fact]
    public async Task Why_of_a_trial_that_was_given_up_shows_the_fault()
    {
        var text = await RunAsync("why", _plan.Trials[2].Key.Hex[..10]);

        Assert.All((string[])["quarantined", "worker-7", "faulted", "crash: the trainer ended with code 139", "             three"], words => Assert.Contains(words, text.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Why_of_a_study_says_what_is_missing()
    {
        var text = await RunAsync("why", "grid");
        var done = await RunAsync("why", "second");

        Assert.Contains("of 21 trials wait", text.Out, StringComparison.Ordinal);
        Assert.Contains("retry grid --failed", text.Out, StringComparison.Ordinal);
        Assert.Contains("nothing waits: all 21 trials have a result", done.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_shows_the_cells()
    {
        var text = await RunAsync("status", "grid");
        var json = await RunAsync("status", "grid", "--cells", "--json");

        Assert.Contains("12 of 21 trials have a result", text.Out, StringComparison.Ordinal);
        Assert.Contains("2/3 1.41e-2 ✗1", text.Out, StringComparison.Ordinal);
        Assert.Contains("n/a", text.Out, StringComparison.Ordinal);
        Assert.Equal(8, JsonDocument.Parse(json.Out).RootElement.GetProperty("matrix").GetProperty("cells").GetArrayLength());
    }

    [Fact]
    public async Task Compare_tells_what_changed_and_why()
    {
        var text = await RunAsync("compare", "grid", "second");
        var json = await RunAsync("compare", "grid", "second", "--json");
        var same = await RunAsync("compare", "second", "second");

        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        Assert.Contains("7 of 7 cells that both have changed", text.Out, StringComparison.Ordinal);
        Assert.Contains("budget 2000 steps → 3000 steps", text.Out, StringComparison.Ordinal);
        Assert.Contains("×2", text.Out, StringComparison.Ordinal);
        Assert.Contains("--full", text.Out, StringComparison.Ordinal);
        Assert.Equal(7, JsonDocument.Parse(json.Out).RootElement.GetProperty("changed").GetArrayLength());
        Assert.Contains("0 of 7 cells that both have changed, 7 are the same to the bit", same.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_takes_a_trial_of_the_store_and_nothing_beside_it()
    {
        var both = await RunAsync("train", "--trial", _plan.Trials[0].Key.Hex[..10], "--seed", "3");
        var unknown = await RunAsync("train", "--trial", "00000000");

        Assert.Contains("--seed and --trial", both.Error, StringComparison.Ordinal);
        Assert.Contains("no trial's key begins with 00000000", unknown.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trials gird", "nearest 'grid'")]
    [InlineData("trials grid --state wating", "--state 'wating'")]
    [InlineData("trials grid --take 0", "--take of at least 1")]
    [InlineData("trials grid --csv --json", "--csv and --json")]
    [InlineData("trials grid --cell 8", "the cells 0 to 7")]
    [InlineData("why 00000000", "no trial's key begins with 00000000")]
    [InlineData("why gird", "nearest 'grid'")]
    [InlineData("compare grid nowhere", "study 'nowhere' is not in")]
    [InlineData("status gird", "nearest 'grid'")]
    public async Task A_mistake_is_told_with_what_is_there(string words, string said)
    {
        var run = await RunAsync(words.Split(' '));

        Assert.Equal(ExitCode.UserMistake, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    private Task<Captured> RunAsync(params string[] words) => Captured.RunAsync([.. words, "--store", Place]);
}
