using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;

namespace PinnSweep.Storage.Tests.Journal;

public sealed class SqliteJournalTests() : JournalTests(Database.Sqlite);

public sealed class PostgresJournalTests() : JournalTests(Database.Postgres);

/// <summary>The journal's plugin on the tables of our migrations.</summary>
public abstract class JournalTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly StoreFolder _folder;
    private readonly Store _store;
    private readonly ActorSystem _system;

    protected JournalTests(Database database)
    {
        _folder = new(database);
        _store = Store.Open(_folder.Path);
        var settings = ConfigurationFactory.ParseString(
            """
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            akka.persistence.journal.plugin = "akka.persistence.journal.sql"
            akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.sql"
            """).WithFallback(JournalSetup.Settings);
        _system = ActorSystem.Create("journal", BootstrapSetup.Create().WithConfig(settings).And(JournalSetup.For(_store)));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        _system.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_persisted_is_recovered_from_the_snapshot_and_the_events_after_it()
    {
        var first = Start();
        await first.Ask<int>("one", Patience);
        await first.Ask<int>("snapshot", Patience);
        Assert.Equal(2, await first.Ask<int>("two", Patience));
        await first.GracefulStop(Patience);

        Assert.Equal("one,two", await Start().Ask<string>("all", Patience));
    }

    [Fact]
    public async Task Of_two_writers_that_live_at_once_the_second_fails_and_writes_nothing()
    {
        var (one, other) = (Start(), Start());
        Assert.Equal(("", ""), (await one.Ask<string>("all", Patience), await other.Ask<string>("all", Patience)));
        await one.Ask<int>("mine", Patience);

        Assert.Equal("failed", await other.Ask<string>("theirs", Patience));
        await one.GracefulStop(Patience);
        Assert.Equal("mine", await Start().Ask<string>("all", Patience));
    }

    private IActorRef Start() => _system.ActorOf(Props.Create(() => new Notebook()));

    private sealed class Notebook : ReceivePersistentActor
    {
        private readonly List<string> _notes = [];
        private IActorRef _asker = ActorRefs.Nobody;

        public Notebook()
        {
            Recover<SnapshotOffer>(offer => _notes.AddRange(((string)offer.Snapshot).Split(',')));
            Recover<string>(_notes.Add);
            Command<string>(text => text == "all", _ => Sender.Tell(string.Join(',', _notes)));
            Command<string>(
                text => text == "snapshot",
                _ =>
                {
                    _asker = Sender;
                    SaveSnapshot(string.Join(',', _notes));
                });
            Command<SaveSnapshotSuccess>(_ => _asker.Tell(0));
            Command<string>(text =>
            {
                _asker = Sender;
                Persist(text, note =>
                {
                    _notes.Add(note);
                    _asker.Tell(_notes.Count);
                });
            });
        }

        public override string PersistenceId => "notebook";

        protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => _asker.Tell("failed");
    }
}
