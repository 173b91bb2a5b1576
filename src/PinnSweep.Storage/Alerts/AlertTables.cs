using System.Collections.Immutable;
using System.Data.Common;
using PinnSweep.Storage.Coordination;
using PinnSweep.Storage.Databases;
using PinnSweep.Storage.Schema;

namespace PinnSweep.Storage.Alerts;

/// <summary>
/// Alerts and their deliveries, so that whoever coordinates next sends what the last one did not, under the same ids. Where several
/// coordinators could write, only the one with the newest token does.
/// </summary>
public sealed class AlertTables
{
    // The version of the schema.
    internal static int Since { get; } = SchemaVersions.Since("alerts");

    private const string Columns = "a.id, a.event, a.study, a.at, a.body, d.hook, d.attempts, d.next_at, d.state, d.reason";
    private const string Joined = "from alert_deliveries d join alerts a on a.id = d.alert";

    private readonly Connections _connections;
    private readonly CoordinatorLease? _lease;

    internal AlertTables(Connections connections, CoordinatorLease? lease) => (_connections, _lease) = (connections, lease);

    /// <summary>The origin of this store's alerts, which is made when nobody has asked before.</summary>
    /// <exception cref="StaleCoordinatorException">Somebody else coordinates now.</exception>
    public AlertOrigin Begin(DateTimeOffset now)
    {
        Write(connection => connection.Execute(
            "insert into alert_origin (name, id, began_at) values ('alerts', $1, $2) on conflict (name) do nothing", Guid.NewGuid().ToString("N"), Moments.Write(now)));
        using var connection = _connections.Open();
        return connection.Query("select id, began_at from alert_origin", row => new AlertOrigin(row.GetString(0), Moments.Read(row.GetString(1)))).Single();
    }

    /// <summary>The ids of all alerts that are still remembered.</summary>
    public ImmutableHashSet<string> Known()
    {
        using var connection = _connections.Open();
        return [.. connection.Query("select id from alerts", row => row.GetString(0))];
    }

    /// <summary>What has begun at some time.</summary>
    public ImmutableArray<StoredCondition> Conditions()
    {
        using var connection = _connections.Open();
        return
        [
            .. connection.Query(
                "select event, subject, occurrence, since, is_told, ended_at from alert_conditions order by event, subject",
                row => new StoredCondition(row.GetString(0), row.GetString(1), (int)row.GetInt64(2), Moments.Read(row.GetString(3)), row.GetInt64(4) == 1, Moments.ReadOptional(row.GetString(5)))),
        ];
    }

    /// <summary>What is on its way, the oldest first.</summary>
    public ImmutableArray<StoredDelivery> Pending() => Read($"select {Columns} {Joined} where d.state = 'pending' order by a.at, a.id, d.hook");

    /// <summary>The newest deliveries, whatever became of them; none of a store that an earlier version wrote and that is only read.</summary>
    public ImmutableArray<StoredDelivery> Newest(int most) => Read($"select {Columns} {Joined} order by a.at desc, a.id, d.hook limit $1", (long)most);

    /// <summary>
    /// Keeps new alerts with a delivery to each of their hooks, and what has begun or ended, all or nothing. What is there already stays.
    /// </summary>
    /// <exception cref="StaleCoordinatorException">Somebody else coordinates now.</exception>
    public void Keep(IEnumerable<(StoredAlert Alert, ImmutableArray<string> Hooks)> alerts, IEnumerable<StoredCondition> conditions) =>
        Write(connection => _connections.Execute(connection, [.. alerts.SelectMany(raised => Of(raised.Alert, raised.Hooks)), .. conditions.Select(Of)]));

    /// <summary>Notes a try, or what became of it.</summary>
    /// <exception cref="StaleCoordinatorException">Somebody else coordinates now.</exception>
    public void Note(StoredDelivery delivery) => Write(connection => connection.Execute(
        "update alert_deliveries set attempts = $3, next_at = $4, state = $5, reason = $6 where alert = $1 and hook = $2",
        delivery.Alert.Id, delivery.Hook, (long)delivery.Attempts, Moments.Write(delivery.NextAt), Word(delivery.State), delivery.Reason.Replace('\0', '\ufffd')));

    /// <summary>
    /// Forgets alerts from before a moment that are on their way no longer; those of studies stay, for they are not to be told twice.
    /// </summary>
    /// <exception cref="StaleCoordinatorException">Somebody else coordinates now.</exception>
    public void Forget(DateTimeOffset before) => Write(connection => _connections.Execute(
        connection,
        [
            new("delete from alerts where at < $1 and study = '' and not exists (select 1 from alert_deliveries where alert = id and state = 'pending')", Moments.Write(before)),
            new("delete from alert_deliveries where not exists (select 1 from alerts where id = alert)"),
        ]));

    private static IEnumerable<Statement> Of(StoredAlert alert, ImmutableArray<string> hooks) =>
    [
        new(
            "insert into alerts (id, event, study, at, body) values ($1, $2, $3, $4, $5) on conflict (id) do nothing",
            alert.Id, alert.Event, alert.Study, Moments.Write(alert.At), alert.Body),
        .. hooks.Select(hook => new Statement(
            "insert into alert_deliveries (alert, hook, attempts, next_at, state, reason) values ($1, $2, 0, $3, 'pending', '') on conflict (alert, hook) do nothing",
            alert.Id, hook, Moments.Write(alert.At))),
    ];

    private static Statement Of(StoredCondition condition) => new(
        """
        insert into alert_conditions (event, subject, occurrence, since, is_told, ended_at) values ($1, $2, $3, $4, $5, $6)
        on conflict (event, subject) do update set occurrence = excluded.occurrence, since = excluded.since, is_told = excluded.is_told, ended_at = excluded.ended_at
        """,
        condition.Event, condition.Subject, (long)condition.Occurrence, Moments.Write(condition.Since), condition.IsTold ? 1L : 0L, Moments.WriteOptional(condition.EndedAt));

    private static string Word(DeliveryState state) => state switch
    {
        DeliveryState.Pending => "pending",
        DeliveryState.Delivered => "delivered",
        _ => "given-up",
    };

    private static StoredDelivery ReadDelivery(DbDataReader row) => new(
        new(row.GetString(0), row.GetString(1), row.GetString(2), Moments.Read(row.GetString(3)), row.GetString(4)),
        row.GetString(5),
        (int)row.GetInt64(6),
        Moments.Read(row.GetString(7)),
        Enum.GetValues<DeliveryState>().First(state => Word(state) == row.GetString(8)),
        row.GetString(9));

    private ImmutableArray<StoredDelivery> Read(string sql, params object[] values)
    {
        using var connection = _connections.Open();
        return connection.Scalar<long>("select max(version) from schema_version") < Since ? [] : [.. connection.Query(sql, ReadDelivery, values)];
    }

    private void Write(Action<DbConnection> write)
    {
        using var connection = _connections.Open();
        using var transaction = _connections.BeginWriting(connection);
        _lease?.Guard(connection);
        write(connection);
        transaction.Commit();
    }
}
