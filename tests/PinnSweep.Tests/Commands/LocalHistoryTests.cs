using System.Text.Json;
using PinnSweep.Processes;
using PinnSweep.Tests.Api;

namespace PinnSweep.Tests.Commands;

/// <summary>What a store tells without a node.</summary>
[Collection("api")]
public sealed class LocalHistoryTests : IDisposable
{
    private readonly EarlierStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Studies_lists_name_hash_date_and_how_far_each_is()
    {
        var text = await Captured.RunAsync("studies", "--store", _store.Place);
        var json = await Captured.RunAsync("studies", "--store", _store.Place, "--json");

        Assert.Equal((ExitCode.Done, ""), (text.ExitCode, text.Error));
        Assert.Matches("earlier +39554569 +2026-11-29 13:35 +4/4 +0", text.Out);
        var study = Assert.Single(JsonDocument.Parse(json.Out).RootElement.GetProperty("items").EnumerateArray());
        Assert.Equal((EarlierStore.Hash, 4), (study.GetProperty("hash").GetString(), study.GetProperty("accepted").GetInt32()));
    }

    [Theory]
    [InlineData("39554569", 0, "")]
    [InlineData("395545", 0, "")]
    [InlineData("39554", 1, "'39554' is neither in")]
    [InlineData("395546", 1, "'395546' is neither in")]
    public async Task Report_takes_the_beginning_of_a_hash(string id, int code, string said)
    {
        var report = await Captured.RunAsync("report", id, "--store", _store.Place, "--format", "csv", "--out", _store["out"]);

        Assert.Equal(code, report.ExitCode);
        Assert.Contains(said, report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_beginning_that_is_not_clear_and_a_name_that_two_studies_have_are_told()
    {
        _store.Execute("insert into studies (hash, name, text, submitted_at) select '395545ff', name, text, '2026-11-30T00:00:00.0000000Z' from studies");
        _store.Execute("insert into study_trials select '395545ff', position, key from study_trials");

        var unclear = await Captured.RunAsync("report", "395545", "--store", _store.Place);
        var named = await Captured.RunAsync("report", "earlier", "--store", _store.Place, "--format", "csv", "--out", _store["out"]);

        Assert.Equal(ExitCode.UserMistake, unclear.ExitCode);
        Assert.Contains("give more digits", unclear.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, named.ExitCode);
        Assert.Contains("2 studies in", named.Error, StringComparison.Ordinal);
        Assert.Contains("this is the newest, 395545ff", named.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_this_program_plans_otherwise_than_the_store_did_is_told_and_not_reported_as_missing()
    {
        await File.WriteAllTextAsync(_store["again.yaml"], "study: earlier\nseeds: 1\nfactors: {problem: helmholtz}\nbudget: {steps: 10}\n");

        var report = await Captured.RunAsync("report", _store["again.yaml"], "--store", _store.Place);

        Assert.Equal(ExitCode.UserMistake, report.ExitCode);
        Assert.Contains($"39554569 of 2026-11-29 13:35 UTC, 4 of 4 trials with a result; `pinnsweep report 39554569 --store {_store.Place}`", report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_and_a_store_at_once_are_refused()
    {
        foreach (var verb in (string[][])[["report", "earlier"], ["studies"]])
        {
            var both = await Captured.RunAsync([.. verb, "--store", _store.Place, "--url", "http://127.0.0.1:1"]);

            Assert.Equal(ExitCode.UserMistake, both.ExitCode);
            Assert.Contains("--url and --store", both.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_variable_names_the_node_of_a_report_unless_a_store_is_named()
    {
        await using var api = await TestApi.StartAsync(slots: 2);
        await api.SubmittedAsync(TestApi.Study);
        Environment.SetEnvironmentVariable("PINNSWEEP_URL", api.Url.ToString());
        try
        {
            var watched = await Captured.RunAsync("watch", "quick");
            var remote = await Captured.RunAsync("report", "quick", "--format", "csv", "--out", _store["remote"]);
            var local = await Captured.RunAsync("report", "earlier", "--store", _store.Place, "--format", "csv", "--out", _store["local"]);
            var needsStore = await Captured.RunAsync("report", "quick", "--rows", "network");

            Assert.Equal((0, 0, 0), (watched.ExitCode, remote.ExitCode, local.ExitCode));
            Assert.Contains("helmholtz", await File.ReadAllTextAsync(Path.Combine(_store["remote"], "trials.csv")), StringComparison.Ordinal);
            Assert.Contains("bump", await File.ReadAllTextAsync(Path.Combine(_store["local"], "trials.csv")), StringComparison.Ordinal);
            Assert.Equal(ExitCode.UserMistake, needsStore.ExitCode);
            Assert.Contains("--rows: needs the store itself; with PINNSWEEP_URL", needsStore.Error, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PINNSWEEP_URL", null);
        }
    }
}
