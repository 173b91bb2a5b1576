using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using PinnSweep.Storage;
using PinnSweep.Storage.Decisions;

namespace PinnSweep.Cluster.Telemetry;

/// <summary>
/// What the tables of the store hold, asked when somebody collects. Counters begin at 0 with their process; these do not, and of a quiet
/// cluster they equal what the coordinator says of its trials. Absent while the database is away: an old number would be a wrong one.
/// </summary>
internal static class StoreGauges
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly ConcurrentDictionary<Store, Asked> Stores = [];

    static StoreGauges()
    {
        Metering.Gauge(
            "pinnsweep.store.results", "{result}", "Accepted results in the store.", () => Counts.Select(counts => new Measurement<long>(counts.Results)));
        Metering.Gauge(
            "pinnsweep.store.quarantined", "{trial}", "Trials in the store that were given up.", () => Counts.Select(counts => new Measurement<long>(counts.Quarantined)));
        Metering.Gauge(
            "pinnsweep.store.checkpoints", "{checkpoint}", "Checkpoints in the store that trials may go on from.", () => Counts.Select(counts => new Measurement<long>(counts.Checkpoints)));
        Metering.Gauge(
            "pinnsweep.store.faults", "{fault}", "Faults in the store, of all times.", Faults, Labels.Fault);
    }

    /// <summary>A store that this node has.</summary>
    public static void Add(Store store) => Stores[store] = new(store);

    /// <summary>It is closed.</summary>
    public static void Remove(Store store) => Stores.TryRemove(store, out _);

    private static IEnumerable<RecordedCounts> Counts => Stores.Values.Select(asked => asked.Now()).OfType<RecordedCounts>();

    private static IEnumerable<Measurement<long>> Faults() =>
        from counts in Counts
        from kind in counts.FaultsByKind
        select new Measurement<long>(kind.Value, Labels.With(Labels.Fault, kind.Key));

    /// <summary>One question for all gauges of a collection.</summary>
    private sealed class Asked(Store store)
    {
        private readonly Lock _turn = new();
        private Task<RecordedCounts>? _answer;
        private Task<RecordedCounts>? _late;
        private long _at;

        public RecordedCounts? Now()
        {
            Task<RecordedCounts> answer;
            lock (_turn)
            {
                // One that a database keeps waiting is asked once, however often somebody collects meanwhile.
                if (_answer is null || (_answer.IsCompleted && TimeProvider.System.GetElapsedTime(_at) > Fresh))
                {
                    (_answer, _at) = (Task.Run(store.Decisions.Counts), TimeProvider.System.GetTimestamp());
                }

                answer = _answer;
            }

            try
            {
                // Four gauges wait once for a database that does not answer.
                if (answer.Wait(answer == _late ? TimeSpan.Zero : Patience))
                {
                    return answer.Result;
                }

                _late = answer;
                return null;
            }
            catch (AggregateException)
            {
                // Away, or being closed; others tell it.
                return null;
            }
        }
    }
}
