using System.Collections.Immutable;
using PinnSweep.Storage.Alerts;

namespace PinnSweep.Cluster.Alerts;

/// <summary>What was told already and what lasts: what the store holds of alerts, without their deliveries.</summary>
/// <param name="Origin">The store's.</param>
/// <param name="Known">Ids of alerts that were raised, or that are too old to be.</param>
/// <param name="Conditions">What has begun, by event and subject.</param>
internal sealed record AlertMemory(
    AlertOrigin Origin, ImmutableHashSet<string> Known, ImmutableDictionary<(string Event, string Subject), StoredCondition> Conditions)
{
    /// <summary>As the store has it.</summary>
    public static AlertMemory Of(AlertOrigin origin, IEnumerable<string> known, IEnumerable<StoredCondition> conditions) => new(
        origin,
        [.. known],
        conditions.ToImmutableDictionary(condition => (condition.Event, condition.Subject)));
}
