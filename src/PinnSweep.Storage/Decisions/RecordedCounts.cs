using System.Collections.Immutable;
using PinnSweep.Storage.Databases;

namespace PinnSweep.Storage.Decisions;

/// <summary>How many rows the tables of decisions hold.</summary>
/// <param name="Results">Accepted results.</param>
/// <param name="Quarantined">Trials given up.</param>
/// <param name="Checkpoints">Last checkpoints.</param>
/// <param name="FaultsByKind">Faults of all times, by the word of their kind.</param>
public sealed record RecordedCounts(long Results, long Quarantined, long Checkpoints, ImmutableSortedDictionary<string, long> FaultsByKind)
{
    internal static RecordedCounts Of(Connections connections)
    {
        using var connection = connections.Open();
        return new(
            connection.Scalar<long>("select count(*) from results"),
            connection.Scalar<long>("select count(*) from quarantined"),
            connection.Scalar<long>("select count(*) from checkpoints"),
            connection.Query("select kind, count(*) from faults group by kind", row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1))).ToImmutableSortedDictionary(StringComparer.Ordinal));
    }
}
