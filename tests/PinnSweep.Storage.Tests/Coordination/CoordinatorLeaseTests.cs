using PinnSweep.Storage.Coordination;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Testing;
using PinnSweep.Testing.Postgres;

namespace PinnSweep.Storage.Tests.Coordination;

public sealed class CoordinatorLeaseTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    private const string SessionsThatWait = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

    private readonly Store _one;
    private readonly Store _other;

    public CoordinatorLeaseTests()
    {
        var place = PostgresServer.Shared.CreateDatabase();
        (_one, _other) = (Store.Open(place), Store.Open(place));
    }

    private CoordinatorLease One => _one.Lease!;

    private CoordinatorLease Other => _other.Lease!;

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void A_file_has_no_lease()
    {
        using var folder = new StoreFolder();
        using var store = Store.Open(folder.Path);

        Assert.Null(store.Lease);
    }

    [Fact]
    public async Task Only_one_holds_it_and_tokens_grow()
    {
        Assert.Equal(1, await One.TryAcquireAsync("one", Long, default));
        Assert.Null(await Other.TryAcquireAsync("other", Long, default));
        Assert.Equal(("one", 1), (One.Holder()!.Name, Other.Holder()!.Token));

        Assert.True(await One.ReleaseAsync(1, default));
        Assert.Null(Other.Holder());
        Assert.True(await Other.TryAcquireAsync("other", Long, default) > 1);
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_gets_it()
    {
        var tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => One.TryAcquireAsync($"node {i}", Long, default)));

        Assert.Single(tokens, token => token is not null);
    }

    [Fact]
    public async Task The_same_holder_gets_it_anew_with_a_greater_token()
    {
        await One.TryAcquireAsync("one", Long, default);

        Assert.Equal(2, await Other.TryAcquireAsync("one", Long, default));
        Assert.False(await One.RenewAsync(1, Long, default));
        Assert.False(await One.ReleaseAsync(1, default));
        Assert.True(await Other.RenewAsync(2, Long, default));
    }

    [Fact]
    public async Task It_runs_out_unless_it_is_renewed()
    {
        await One.TryAcquireAsync("one", Short, default);
        Assert.True(await One.RenewAsync(1, Long, default));
        Assert.Null(await Other.TryAcquireAsync("other", Long, default));

        await One.RenewAsync(1, Short, default);
        await Waiting.UntilAsync(Other.Holder, holder => holder is null, Waiting.Patience);

        Assert.Equal(2, await Other.TryAcquireAsync("other", Long, default));
        Assert.False(await One.RenewAsync(1, Long, default));
    }

    [Fact]
    public async Task One_that_ran_out_unnoticed_is_prolonged()
    {
        await One.TryAcquireAsync("one", Short, default);
        await Waiting.UntilAsync(One.Holder, holder => holder is null, Waiting.Patience);

        Assert.True(await One.RenewAsync(1, Long, default));
        Assert.Equal("one", Other.Holder()!.Name);
    }

    [Fact]
    public async Task A_renewal_that_comes_after_the_release_does_not_undo_it()
    {
        await One.TryAcquireAsync("one", Long, default);
        await One.ReleaseAsync(1, default);

        Assert.False(await One.RenewAsync(1, Long, default));
        Assert.Null(One.Holder());
    }

    [Fact]
    public async Task LivingHolderAsync_waits_out_a_dead_one_and_names_a_living_one()
    {
        await One.TryAcquireAsync("one", Short, default);
        Assert.Null(await Other.LivingHolderAsync(TimeProvider.System, default));

        await One.TryAcquireAsync("one", TimeSpan.FromSeconds(1), default);
        var found = Other.LivingHolderAsync(TimeProvider.System, default);
        await One.RenewAsync(One.Token, Long, default);
        Assert.Equal("one", (await found)!.Name);
    }

    [Fact]
    public void Without_any_holder_ever_decisions_are_written()
    {
        _one.Decisions.Write([], 1);

        Assert.Equal(1, _other.Decisions.Position());
    }

    [Fact]
    public async Task A_void_token_writes_nothing()
    {
        await One.TryAcquireAsync("one", Long, default);
        _one.Decisions.Write([], 1);
        await One.ReleaseAsync(1, default);
        var current = await Other.TryAcquireAsync("other", Long, default);

        var refused = Assert.Throws<StaleCoordinatorException>(() => _one.Decisions.Write([], 2));
        Assert.Throws<StaleCoordinatorException>(() => _one.Decisions.Rebuild(CoordinatorState.Empty, 3));
        Assert.Throws<StaleCoordinatorException>(() => _one.Decisions.DeleteOrphans());

        Assert.Contains($"{current} was given out", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, _one.Decisions.Position());
        _other.Decisions.Write([], 4);
        Assert.Equal(4, _one.Decisions.Position());
    }

    [Fact]
    public async Task A_change_of_holders_waits_for_a_write_that_has_begun_and_a_renewal_does_not()
    {
        await One.TryAcquireAsync("one", Long, default);
        using var connection = _one.Connections.Open();
        using var transaction = connection.BeginTransaction();
        One.Guard(connection);

        Assert.True(await One.RenewAsync(1, Short, default).WaitAsync(TimeSpan.FromSeconds(10)));
        await Waiting.UntilAsync(One.Holder, holder => holder is null, Waiting.Patience);
        var taking = Other.TryAcquireAsync("other", Long, default);
        await Waiting.UntilAsync(() => _one.Connections.Query(SessionsThatWait, row => row.GetInt64(0)).Single(), waiting => waiting == 1, Waiting.Patience);
        Assert.False(taking.IsCompleted);
        transaction.Commit();

        Assert.Equal(2, await taking);
    }
}
