using System.Globalization;
using PinnSweep.Storage.Coordination;
using PinnSweep.Storage.Databases;

namespace PinnSweep.Storage.Journal;

/// <summary>A row of the journal as it is, whatever it is.</summary>
/// <param name="Ordering">Its place among the others.</param>
/// <param name="PersistenceId">Whose event.</param>
/// <param name="SequenceNumber">The event's number.</param>
/// <param name="IsDeleted">Marked as not to be read, which nobody does here.</param>
/// <param name="Manifest">What the bytes are.</param>
/// <param name="Serializer">Who wrote them.</param>
/// <param name="Writer">One life of the actor that wrote it.</param>
/// <param name="Content">The event.</param>
public sealed record JournalRow(
    long Ordering, string PersistenceId, long SequenceNumber, bool IsDeleted, string Manifest, long Serializer, string Writer, byte[] Content);

/// <summary>A row of the snapshots as it is.</summary>
/// <param name="PersistenceId">Whose state.</param>
/// <param name="SequenceNumber">The last event that the state knows.</param>
/// <param name="Manifest">What the bytes are.</param>
/// <param name="Serializer">Who wrote them.</param>
/// <param name="Content">The state.</param>
public sealed record SnapshotRow(string PersistenceId, long SequenceNumber, string Manifest, long Serializer, byte[] Content);

/// <summary>Something serialized, with the short name of what it is.</summary>
public sealed record Serialized(string Manifest, byte[] Content);

/// <summary>
/// The rows of the journal's tables, for the search for damage and for going on after damage. Otherwise only the persistence plugin reads
/// and writes them.
/// </summary>
public sealed class JournalTables
{
    private const string Owner = "coordinator";
    private readonly Connections _connections;
    private readonly CoordinatorLease? _lease;
    private readonly TimeProvider _clock;

    internal JournalTables(Connections connections, CoordinatorLease? lease, TimeProvider clock)
    {
        _connections = connections;
        _lease = lease;
        _clock = clock;
    }

    /// <summary>Every row, in the order of writing, found without any index.</summary>
    public IReadOnlyList<JournalRow> Events()
    {
        using var connection = _connections.Open();
        return connection.Query(
            "select ordering, persistence_id, sequence_number, deleted, manifest, identifier, writer_uuid, message from journal order by ordering",
            row => new JournalRow(
                Number(row.GetValue(0)), Text(row.GetValue(1)), Number(row.GetValue(2)), Number(row.GetValue(3)) != 0, Text(row.GetValue(4)), Number(row.GetValue(5)), Text(row.GetValue(6)), Bytes(row.GetValue(7))));
    }

    /// <summary>Every snapshot, the newest first.</summary>
    public IReadOnlyList<SnapshotRow> Snapshots()
    {
        using var connection = _connections.Open();
        return
        [
            .. connection.Query(
                "select persistence_id, sequence_number, manifest, serializer_id, snapshot from snapshot",
                row => new SnapshotRow(Text(row.GetValue(0)), Number(row.GetValue(1)), Text(row.GetValue(2)), Number(row.GetValue(3)), Bytes(row.GetValue(4))))
                .OrderByDescending(row => row.SequenceNumber),
        ];
    }

    /// <summary>The number of the last event; 0 before the first.</summary>
    public long LastNumber()
    {
        using var connection = _connections.Open();
        return connection.Scalar<long>("select max(sequence_number) from journal where persistence_id = $1", Owner);
    }

    /// <summary>
    /// Makes the indexes anew, where the database can: the plugin finds events through one, and rows that are well may be missed or mixed
    /// up by it.
    /// </summary>
    public void MendIndexes()
    {
        using var connection = _connections.Open();
        _connections.MendIndexes(connection);
    }

    /// <summary>
    /// Has recovery begin beyond what is damaged: a snapshot at the last number, and an event after it that says why. No event is deleted
    /// or changed; of the snapshots those that would be found before this one are.
    /// </summary>
    /// <exception cref="StaleCoordinatorException">Somebody else coordinates now.</exception>
    public void GoOnFrom(long number, Serialized state, Serialized why, int serializer)
    {
        using var connection = _connections.Open();
        using var transaction = _connections.BeginWriting(connection);
        _lease?.Guard(connection);
        _connections.MendIndexes(connection);
        connection.Execute("delete from snapshot where sequence_number >= $1", number);
        var now = _clock.GetUtcNow().UtcTicks;
        connection.Execute(
            "insert into snapshot (persistence_id, sequence_number, created, snapshot, manifest, serializer_id) values ($1, $2, $3, $4, $5, $6)",
            Owner, number, now, state.Content, state.Manifest, serializer);
        connection.Execute(
            $"insert into journal (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid) values ($1, {_connections.False}, $2, $3, $4, null, $5, $6, $7)",
            now, Owner, number + 1, why.Content, why.Manifest, serializer, Guid.NewGuid().ToString("N"));
        // The tables are brought up to date with what the coordinator then recovers.
        connection.Execute("delete from projections");
        transaction.Commit();
    }

    private static long Number(object value) => value switch
    {
        long number => number,
        int number => number,
        bool flag => flag ? 1 : 0,
        _ => -1,
    };

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static byte[] Bytes(object value) => value as byte[] ?? [];
}
