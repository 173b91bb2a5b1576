using PinnSweep.Storage.Alerts;

namespace PinnSweep.Storage.Tests.Alerts;

public sealed class SqliteAlertTablesTests() : AlertTablesTests(Database.Sqlite);

public sealed class PostgresAlertTablesTests() : AlertTablesTests(Database.Postgres);

/// <summary>What whoever coordinates next has to know of alerts.</summary>
public abstract class AlertTablesTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private readonly StoreFolder _folder;
    private Store _store;

    protected AlertTablesTests(Database database)
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
    public void A_store_keeps_its_origin()
    {
        var first = _store.Alerts.Begin(At);
        var again = _store.Alerts.Begin(At.AddDays(1));

        Assert.Equal(first, again);
        Assert.Equal((At, 32), (first.BeganAt, first.Id.Length));
    }

    [Fact]
    public void An_alert_that_is_kept_twice_is_the_first_one_and_goes_to_each_hook_once()
    {
        _store.Alerts.Keep([(Alert("a"), ["ops", "chat"])], []);
        _store.Alerts.Keep([(Alert("a") with { Body = "{}" }, ["ops"])], []);

        Assert.Equal(["a"], _store.Alerts.Known());
        Assert.Equal(
            [new StoredDelivery(Alert("a"), "chat", 0, At, DeliveryState.Pending, ""), new(Alert("a"), "ops", 0, At, DeliveryState.Pending, "")],
            _store.Alerts.Pending());
    }

    [Fact]
    public void What_became_of_a_delivery_is_noted()
    {
        _store.Alerts.Keep([(Alert("a"), ["ops", "chat"]), (Alert("b") with { At = At.AddSeconds(1) }, ["ops"])], []);
        var waiting = _store.Alerts.Pending().Single(delivery => delivery.Hook == "chat") with { Attempts = 3, NextAt = At.AddMinutes(1), Reason = "answered 500\0" };

        _store.Alerts.Note(waiting);
        _store.Alerts.Note(new(Alert("a"), "ops", 1, At, DeliveryState.Delivered, ""));

        Assert.Equal([waiting with { Reason = "answered 500\ufffd" }, new(Alert("b") with { At = At.AddSeconds(1) }, "ops", 0, At.AddSeconds(1), DeliveryState.Pending, "")], _store.Alerts.Pending());
        Assert.Equal(["b pending", "a pending", "a delivered"], _store.Alerts.Newest(10).Select(delivery => $"{delivery.Alert.Id} {delivery.State.ToString().ToLowerInvariant()}"));
        Assert.Equal("b", Assert.Single(_store.Alerts.Newest(1)).Alert.Id);
    }

    [Fact]
    public void Conditions_are_written_over()
    {
        var begun = new StoredCondition("machine-fault", "gpu-3", 1, At, true, null);
        _store.Alerts.Keep([], [begun, new("no-worker", "", 2, At, false, null)]);
        _store.Alerts.Keep([], [begun with { EndedAt = At.AddHours(1) }]);

        Assert.Equal([begun with { EndedAt = At.AddHours(1) }, new("no-worker", "", 2, At, false, null)], _store.Alerts.Conditions());
    }

    [Fact]
    public void What_is_old_is_forgotten_unless_it_is_about_a_study_or_on_its_way()
    {
        _store.Alerts.Keep([(Alert("old") with { Study = "" }, ["ops"]), (Alert("study"), []), (Alert("waits") with { Study = "" }, ["ops"])], []);
        _store.Alerts.Note(new(Alert("old"), "ops", 1, At, DeliveryState.Delivered, ""));

        _store.Alerts.Forget(At.AddDays(1));

        Assert.Equal(["study", "waits"], _store.Alerts.Known().Order());
        Assert.Equal("waits", Assert.Single(_store.Alerts.Newest(10)).Alert.Id);
    }

    [Fact]
    public void A_store_of_an_earlier_version_that_is_only_read_has_none_and_gets_the_tables_when_it_is_opened_for_writing()
    {
        foreach (var table in (string[])["alerts", "alert_deliveries", "alert_conditions", "alert_origin", "tags", "notes", "external_results"])
        {
            Execute($"drop table {table}");
        }

        foreach (var column in (string[])["network", "final"])
        {
            Execute($"drop index results_{column}");
            Execute($"alter table results drop column {column}");
        }

        Execute($"delete from schema_version where version >= {AlertTables.Since}");
        _store.Dispose();
        using (var reading = Store.OpenForReading(_folder.Path))
        {
            Assert.Empty(reading.Alerts.Pending());
            Assert.Empty(reading.Alerts.Newest(10));
        }

        _store = Store.Open(_folder.Path);
        _store.Alerts.Keep([(Alert("a"), ["ops"])], []);
        Assert.Single(_store.Alerts.Pending());
    }

    private static StoredAlert Alert(string id) => new(id, "study-settled", "hash", At, """{"text":"é"}""");

    private void Execute(string sql)
    {
        using var connection = _store.Connections.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
