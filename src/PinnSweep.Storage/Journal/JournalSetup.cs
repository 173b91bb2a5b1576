using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using LinqToDB;
using PinnSweep.Storage.Sqlite;

namespace PinnSweep.Storage.Journal;

/// <summary>
/// How Akka.Persistence reaches the store. The provider is chosen here and nowhere else: another database needs its own
/// <see cref="DataOptions"/> and side tables, and the same settings.
/// </summary>
public static class JournalSetup
{
    /// <summary>Settings of the journal and snapshot plugins, their defaults included.</summary>
    public static Config Settings { get; } = ConfigurationFactory.ParseString(
        """
        akka.persistence {
          journal.sql {
            # The SQLite driver blocks its thread.
            plugin-dispatcher = "pinnsweep.journal-dispatcher"
            materializer-dispatcher = "pinnsweep.journal-dispatcher"
            # Nothing is tagged.
            tag-write-mode = Csv
            use-writer-uuid-column = true
            # Decisions of one coordinator come one batch at a time.
            parallelism = 1
          }
          snapshot-store.sql.plugin-dispatcher = "pinnsweep.journal-dispatcher"
        }
        pinnsweep.journal-dispatcher {
          type = ForkJoinDispatcher
          throughput = 30
          dedicated-thread-pool.thread-count = 3
        }
        """).WithFallback(SqlPersistence.DefaultConfiguration);

    /// <summary>Tells the plugins to use this store.</summary>
    public static Setup For(Store store) => new DataOptionsSetup(new DataOptions()
        .UseConnectionString(ProviderName.SQLiteMS, store.Connections.ConnectionString)
        .UseAfterConnectionOpened(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = SqliteConnections.WriterPragmas;
            command.ExecuteNonQuery();
        }));
}
