using PinnSweep.Storage.Alerts;
using PinnSweep.Storage.Annotations;
using PinnSweep.Storage.Blobs;
using PinnSweep.Storage.Coordination;
using PinnSweep.Storage.Curves;
using PinnSweep.Storage.Databases;
using PinnSweep.Storage.Decisions;
using PinnSweep.Storage.Journal;
using PinnSweep.Storage.Opening;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Storage;

/// <summary>One database with everything: journal, studies, results, faults, checkpoints, live curves.</summary>
public sealed class Store : IDisposable
{
    private readonly IDisposable? _lock;

    private Store(StorePlace place, Connections connections, IDisposable? writerLock, TimeProvider clock)
    {
        Place = place;
        Connections = connections;
        _lock = writerLock;
        Lease = connections is PostgresConnections shared ? new(shared) : null;
        Studies = new StudyTables(connections, clock);
        Locks = new(connections);
        Annotations = new(connections, clock);
        Blobs = connections switch
        {
            SqliteConnections file => new SqliteBlobStore(file, clock),
            PostgresConnections server => new PostgresBlobStore(server, clock),
            _ => throw new NotSupportedException(connections.GetType().Name),
        };
        Decisions = new DecisionTables(connections, Lease, clock);
        Curves = new CurveTables(connections);
        Journal = new JournalTables(connections, Lease, clock);
        Alerts = new AlertTables(connections, Lease);
    }

    /// <summary>Where it is.</summary>
    public StorePlace Place { get; }

    /// <summary>The file as a full path, or the address without password.</summary>
    public string Path => Place.Display;

    /// <summary>How the journal reaches the same database.</summary>
    public Connections Connections { get; }

    /// <summary>Who may coordinate, where several could; null for a file, which has one writer.</summary>
    public CoordinatorLease? Lease { get; }

    /// <summary>Studies and their results: what reports read.</summary>
    public IStudyStore Studies { get; }

    /// <summary>What studies promised before they were trained.</summary>
    public LockTables Locks { get; }

    /// <summary>Tags, notes and results of others.</summary>
    public AnnotationTables Annotations { get; }

    /// <summary>Checkpoints and results by content.</summary>
    public IBlobStore Blobs { get; }

    /// <summary>The coordinator's decisions as tables.</summary>
    public DecisionTables Decisions { get; }

    /// <summary>The journal's rows as they are, to look for damage.</summary>
    public JournalTables Journal { get; }

    /// <summary>Curves of trials that are being trained.</summary>
    public CurveTables Curves { get; }

    /// <summary>What is told to hooks, and whether they took it.</summary>
    public AlertTables Alerts { get; }

    /// <summary>Looks what is wrong with it right now; null where nothing can be found.</summary>
    public StoreTrouble? FindTrouble() => StoreTrouble.Find(Path, !Place.IsPostgres, Connections);

    /// <summary>
    /// Opens a store for writing; makes what is not there yet. A file is opened by one process at a time; a PostgreSQL database by any
    /// number, of which one coordinates (<see cref="Lease"/>).
    /// </summary>
    /// <param name="place">As a user names it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="catalog">That of this program, for the plans of studies that an earlier version stored without; null leaves them
    /// so.</param>
    /// <exception cref="UserMistakeException">The place, the file, the server or another writer forbids it; the message says what to
    /// do.</exception>
    public static Store Open(string place, TimeProvider? clock = null, Catalog? catalog = null)
    {
        var where = StorePlace.Parse(place);
        clock ??= TimeProvider.System;
        var store = where.Postgres is { } address
            ? new(where, PostgresOpening.ForWriting(address, clock), null, clock)
            : OpenFile(where, clock);
        try
        {
            if (catalog is not null)
            {
                store.Studies.RecoverPlans(catalog);
            }

            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Opens a store to read reports from it, also while another process writes.</summary>
    /// <exception cref="UserMistakeException">There is no store, or it cannot be read.</exception>
    public static Store OpenForReading(string place)
    {
        var where = StorePlace.Parse(place);
        Connections connections = where.Postgres is { } address ? PostgresOpening.ForReading(address) : SqliteOpening.ForReading(where.Display);
        return new(where, connections, null, TimeProvider.System);
    }

    /// <summary>What a PostgreSQL server and its database are; changes nothing.</summary>
    /// <exception cref="UserMistakeException">It cannot be reached, or the database is no store and cannot become one.</exception>
    public static string DescribeServer(StorePlace place) => PostgresOpening.Describe(
        place.Postgres ?? throw new ArgumentException("a file has no server", nameof(place)));

    /// <summary>
    /// Reads all of the store and says what is wrong with its pages, contents and rows, each with what will come of it. Changes nothing.
    /// </summary>
    /// <param name="progress">Told what is being looked at.</param>
    public IEnumerable<string> Examine(Action<string> progress) => StoreExamination.Of(Connections, progress);

    /// <inheritdoc/>
    public void Dispose()
    {
        Connections.Release();
        _lock?.Dispose();
    }

    private static Store OpenFile(StorePlace where, TimeProvider clock)
    {
        SqliteCheck.Place(where.Display);
        var writerLock = WriterLock.Take(where.Display);
        try
        {
            return new(where, SqliteOpening.ForWriting(where.Display, clock), writerLock, clock);
        }
        catch
        {
            writerLock.Dispose();
            throw;
        }
    }
}
