using System.Collections.Immutable;
using PinnSweep.Cluster.Wire;
using PinnSweep.Storage;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Coordination;

/// <summary>Reads every decision that was ever made, for audits: the journal as a list of events.</summary>
public static class JournalReader
{
    /// <summary>The coordinator's events in their order.</summary>
    public static ImmutableArray<SweepEvent> ReadAll(Store store)
    {
        var serializer = new SweepSerializer(null!);
        return
        [
            .. store.Connections.Query(
                "select manifest, message from journal where persistence_id = 'coordinator' and deleted = false order by sequence_number",
                row => (SweepEvent)serializer.FromBinary(row.GetFieldValue<byte[]>(1), row.GetString(0))),
        ];
    }
}
