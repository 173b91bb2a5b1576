using PinnSweep.Planning;
using PinnSweep.Studies.Registration;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Commands;

public sealed class LockVerbTests : IDisposable
{
    private const string Study = """
        study: promised
        hypotheses: [relobralo beats static]
        seeds: 5
        factors: {problem: helmholtz, balancer: [static, relobralo]}
        budget: {steps: 50}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _study;
    private readonly string _store;
    private readonly string _lock;

    public LockVerbTests() => (_study, _store, _lock) = (_folder.Write("my.yaml", Study), _folder["study.db"], _folder["promised.lock.json"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_study_is_locked_in_the_store_and_beside_its_file_and_a_second_time_is_refused_with_the_date_of_the_first()
    {
        var first = await Captured.RunAsync("lock", _study, "--store", _store);
        var text = await File.ReadAllTextAsync(_lock);
        var second = await Captured.RunAsync("lock", _study, "--store", _store);

        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Matches("^promised [0-9a-f]{8}: locked 20[0-9-]{8} [0-9:]{5} UTC, before its first result, in ", first.Out);
        var locked = LockJson.Read(text);
        Assert.Equal(["relobralo beats static"], locked.Promise.Hypotheses);
        Assert.Equal((0, 1), (locked.ResultsBefore, locked.Promise.Rules.Count(rule => rule is { Name: "seeds", Items: ["1 … 5"] })));
        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"was locked in {_store} already: {locked.When}. The first lock stays", second.Error, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(_lock));
        using var store = Storage.Store.OpenForReading(_store);
        Assert.Equal(text, LockJson.Write(store.Locks.Named("promised").Single()));
    }

    [Fact]
    public async Task The_lock_of_another_plan_is_never_overwritten_and_what_differs_is_told()
    {
        await Captured.RunAsync("lock", _study, "--store", _store);
        var text = await File.ReadAllTextAsync(_lock);

        var other = await Captured.RunAsync("lock", _study, "--store", _store, "--set", "seeds=9");

        Assert.Equal(1, other.ExitCode);
        Assert.Contains("promised.lock.json: holds the lock of another plan of 'promised'", other.Error, StringComparison.Ordinal);
        Assert.Contains("  seeds: promised 1 … 5, now 1 … 9", other.Error, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(_lock));
        using var store = Storage.Store.OpenForReading(_store);
        Assert.Single(store.Locks.Named("promised"));
    }

    [Fact]
    public async Task A_file_that_is_no_lock_is_left_alone()
    {
        await File.WriteAllTextAsync(_lock, "{}");

        var refused = await Captured.RunAsync("lock", _study, "--store", _store);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("promised.lock.json: cannot be read as the lock of a study", refused.Error, StringComparison.Ordinal);
        Assert.Equal("{}", await File.ReadAllTextAsync(_lock));
        Assert.False(File.Exists(_store));
    }

    [Fact]
    public async Task A_study_that_is_run_otherwise_than_locked_is_told_so_and_one_that_keeps_it_is_not()
    {
        Assert.Null(Notice());
        await Captured.RunAsync("lock", _study, "--store", _store);

        Assert.Null(Notice());
        Assert.Contains("\n  factors.balancer: left out relobralo", Notice("factors.balancer=static"), StringComparison.Ordinal);
        Assert.Contains("hypotheses: promised relobralo beats static, now absent", Notice("hypotheses=null"), StringComparison.Ordinal);
        await File.WriteAllTextAsync(_lock, "nonsense");
        Assert.Contains("cannot be read as the lock of a study", Notice(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_refuses_a_study_that_asks_somebody_outside()
    {
        var study = _folder.Write("asks.yaml", """
            study: asks
            factors: {problem: helmholtz, optimizer: {kind: adam, lr: {log: [1e-4, 1e-2]}}}
            budget: {steps: 50}
            tune: {design: external, trials: 3}
            """);

        var refused = await Captured.RunAsync("run", study, "--store", _store);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("`run` does not serve; start `pinnsweep node` and hand it the study by `pinnsweep submit`", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_store));
    }

    private string? Notice(params string[] set)
    {
        var source = StudySource.Load(_study, set);
        return LockFile.Notice(source, source.Plan());
    }
}
