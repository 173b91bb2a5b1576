using Akka.Actor;
using PinnSweep.Storage;
using static PinnSweep.Cluster.Coordination.WriterMessages;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// Owns the coordinator's look into stored studies: which trials one has, and which of their results can no longer be read. Hashing the
/// results of a large study takes a while, so no decision waits for it: it lives on a thread of its own beside the writer's. Persists
/// nothing; a failure stops it, and the coordinator, which watches it, starts over.
/// </summary>
internal sealed class StudyReaderActor : ReceiveActor
{
    public StudyReaderActor(Store store, Func<bool> isStopping)
    {
        Receive<LoadStudy>(load => Sender.Tell(new StudyLoaded(
            load,
            store.Studies.Find(load.Hash)?.Name,
            store.Studies.TrialsOf(load.Hash),
            store.Studies.SeedsOfCell(load.Hash),
            store.Studies.FindDamaged(load.Hash, isStopping))));
        Receive<CountSeeds>(count => Sender.Tell(new SeedsCounted(count.Hash, store.Studies.SeedsOfCell(count.Hash))));
        Receive<CheckStudy>(check => Sender.Tell(new StudyChecked(check.Hash, store.Studies.FindDamaged(check.Hash, isStopping))));
    }
}
