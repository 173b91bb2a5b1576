using PinnSweep.Studies.Registration;

namespace PinnSweep.Storage.Tests.Studies;

public sealed class SqliteLockTablesTests() : LockTablesTests(Database.Sqlite);

public sealed class PostgresLockTablesTests() : LockTablesTests(Database.Postgres);

/// <summary>What was promised stays as it was promised first.</summary>
public abstract class LockTablesTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private readonly StoreFolder _folder;
    private Store _store;

    protected LockTablesTests(Database database)
    {
        _folder = new(database);
        _store = Store.Open(_folder.Path);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_first_lock_of_a_plan_stays()
    {
        Assert.Null(_store.Locks.Of("plan1"));

        Assert.True(_store.Locks.Add(Locked("plan1", At, results: 0)));
        Assert.False(_store.Locks.Add(Locked("plan1", At.AddDays(1), results: 3)));

        var kept = _store.Locks.Of("plan1")!;
        Assert.Equal((At, 0, "mine"), (kept.At, kept.ResultsBefore, kept.Promise.Study));
        Assert.Equal(LockJson.Write(Locked("plan1", At, results: 0)), LockJson.Write(kept));
    }

    [Fact]
    public void All_locks_of_a_name_are_found_the_oldest_first()
    {
        _store.Locks.Add(Locked("later", At.AddDays(1)));
        _store.Locks.Add(Locked("first", At));
        _store.Locks.Add(Locked("foreign", At, study: "other"));

        Assert.Equal(["first", "later"], _store.Locks.Named("mine").Select(locked => locked.Promise.Plan));
        Assert.Empty(_store.Locks.Named("nothing"));
    }

    [Fact]
    public void A_damaged_lock_says_nothing_and_still_gives_way_to_none()
    {
        _store.Locks.Add(Locked("plan1", At));
        Execute("update locks set document = replace(document, '2026', '2020')");

        Assert.Null(_store.Locks.Of("plan1"));
        Assert.Empty(_store.Locks.Named("mine"));
        Assert.False(_store.Locks.Add(Locked("plan1", At)));
    }

    [Fact]
    public void A_store_of_an_earlier_version_that_is_only_read_has_none()
    {
        Execute("drop table locks");
        Execute("delete from schema_version where version >= 4");
        _store.Dispose();
        _store = Store.OpenForReading(_folder.Path);

        Assert.Null(_store.Locks.Of("plan1"));
        Assert.Empty(_store.Locks.Named("mine"));
    }

    private static LockedStudy Locked(string plan, DateTimeOffset at, int results = 0, string study = "mine") =>
        new(new(study, plan, ["it works"], [new("seeds", ["1 … 5"]), new("factors.balancer", ["static", "relobralo"])]), at, "1.0.0+abc", results);

    private void Execute(string sql)
    {
        using var connection = _store.Connections.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
