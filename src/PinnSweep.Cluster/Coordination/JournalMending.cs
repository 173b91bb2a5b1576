using System.Data.Common;
using System.Runtime.Serialization;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Wire;
using PinnSweep.Storage;
using PinnSweep.Storage.Coordination;
using PinnSweep.Storage.Journal;
using PinnSweep.Studies.Trials.Lifecycle;
using LogEvents = PinnSweep.Cluster.Logging.LogEvents;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// Goes on beyond damage in the journal: the state is what the readable events and the last readable snapshot say, with the results,
/// checkpoints and faults that the tables know besides. It is written as a snapshot, followed by an event that says why; the damaged rows
/// stay as they are.
/// </summary>
internal static class JournalMending
{
    private const int FindingsTold = 10;
    private const int MostTries = 5;

    /// <summary>Mends the journal if something is wrong with it, or if whoever calls knows that something is.</summary>
    public static void Try(Store store, bool isForced, string reason, TimeProvider clock, ILogger log)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                Mend(store, isForced, reason, clock, log);
                return;
            }
            catch (DbException) when (tries < MostTries)
            {
                // The coordinator that has to start over may just have written another event.
            }
            catch (Exception refused) when (refused is DbException or StaleCoordinatorException or SerializationException or InvalidProtocolBufferException)
            {
                // It tries again.
                LogEvents.RecoveryFailed(log, refused);
                return;
            }
        }
    }

    private static void Mend(Store store, bool isForced, string reason, TimeProvider clock, ILogger log)
    {
        var seen = JournalExamination.Of(store);
        if (seen.Findings.IsEmpty && !isForced)
        {
            // Every row is well: an outage, or damage in what leads to the rows.
            store.Journal.MendIndexes();
            return;
        }

        var why = string.Join("; ", seen.Findings.Take(FindingsTold).DefaultIfEmpty(reason));
        why = seen.Findings.Length > FindingsTold ? $"{why}; and {seen.Findings.Length - FindingsTold} more" : why;
        var serializer = new SweepSerializer(null!);
        var state = RestoredState.Of(seen, store);
        store.Journal.GoOnFrom(seen.LastNumber, Write(serializer, state), Write(serializer, new JournalMended(why, clock.GetUtcNow())), SweepSerializer.Id);
        LogEvents.JournalMended(log, why);
    }

    private static Serialized Write(SweepSerializer serializer, object value) => new(serializer.Manifest(value), serializer.ToBinary(value));
}
