using Akka.Actor;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Logging;
using PinnSweep.Storage;
using PinnSweep.Studies.Trials;
using static PinnSweep.Cluster.Coordination.WriterMessages;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// Owns the coordinator's access to the tables: writes journalled decisions in their order, then says what follows from them, so whoever
/// hears of a decision finds it in the tables. Persists nothing of its own; a failure stops it, and the coordinator, which watches it,
/// starts over from the journal and has the tables rebuilt. Lives on a thread of its own because the database driver blocks.
/// </summary>
internal sealed class DecisionWriterActor : ReceiveActor
{
    public DecisionWriterActor(Store store, TimeProvider clock, ILogger log)
    {
        Receive<Reconcile>(message =>
        {
            if (store.Journal.LastNumber() < message.SequenceNumber || store.Decisions.Position() > message.SequenceNumber)
            {
                // What was journalled once is gone, so the state is not to be trusted: the coordinator starts over from a mended one.
                JournalMending.Try(store, isForced: true, "the last events are missing", clock, log);
                Context.Stop(Self);
                return;
            }

            if (store.Decisions.MendResults(message.State) is > 0 and var mended)
            {
                LogEvents.ResultRowsMended(log, mended);
            }

            var position = store.Decisions.Position();
            if (position != message.SequenceNumber)
            {
                store.Decisions.Rebuild(message.State, message.SequenceNumber);
                LogEvents.TablesRebuilt(log, position, message.SequenceNumber, store.Decisions.DeleteOrphans());
            }

            Sender.Tell(new Reconciled());
        });
        Receive<Write>(message =>
        {
            if (!message.Events.IsEmpty)
            {
                store.Decisions.Write(message.Events, message.SequenceNumber);
            }

            SayAll(store, message);
        });
        Receive<Close>(_ => Context.Stop(Self));
    }

    private static void SayAll(Store store, Write message)
    {
        TrialKey[] starting = [.. message.Followups.OfType<Followup.Start>().Select(start => start.Attempt.Key)];
        var descriptions = starting.Length == 0 ? null : store.Studies.DescriptionsOf(starting);
        foreach (var followup in message.Followups)
        {
            followup.To.Tell(
                followup switch
                {
                    Followup.Start start => new StartTrial(start.Epoch, start.Attempt, descriptions![start.Attempt.Key], start.ResumeFrom, start.Device, start.Slots)
                    {
                        KeepsFinal = start.KeepsFinal,
                        TraceParent = start.Span?.Id,
                        Continued = start.Continued,
                    },
                    Followup.Say say => say.Message,
                    _ => throw new ArgumentOutOfRangeException(nameof(message), followup.GetType().Name, "not a follow-up"),
                },
                Context.Parent);
            followup.Span?.Dispose();
        }
    }
}
