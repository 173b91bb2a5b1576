using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using LinqToDB;

namespace PinnSweep.Storage;

/// <summary>How Akka.Persistence reaches the store. The settings are the same for both databases.</summary>
public static class JournalSetup
{
    /// <summary>Settings of the journal and snapshot plugins, their defaults included.</summary>
    public static Config Settings { get; } = ConfigurationFactory.ParseString(
        """
        akka.persistence {
          journal.sql {
            # The store's own migrations make the tables, with an index that the plugin does without.
            auto-initialize = false
            # The SQLite driver blocks its thread.
            plugin-dispatcher = "pinnsweep.journal-dispatcher"
            materializer-dispatcher = "pinnsweep.journal-dispatcher"
            # Nothing is tagged.
            tag-write-mode = Csv
            use-writer-uuid-column = true
            # Decisions of one coordinator come one batch at a time.
            parallelism = 1
            # A database that is back is noticed after this; the default of half a minute would leave workers idle as long.
            circuit-breaker.reset-timeout = 2s
            # A disk or processor that others use too is no reason to give up: the coordinator waits. A server that is gone is noticed by the
            # driver, whose own limits are shorter.
            circuit-breaker.call-timeout = 2m
          }
          snapshot-store.sql {
            circuit-breaker.call-timeout = 2m
            auto-initialize = false
            plugin-dispatcher = "pinnsweep.journal-dispatcher"
            circuit-breaker.reset-timeout = 2s
          }
        }
        pinnsweep.journal-dispatcher {
          type = ForkJoinDispatcher
          throughput = 30
          dedicated-thread-pool.thread-count = 3
        }
        """).WithFallback(SqlPersistence.DefaultConfiguration);

    /// <summary>Tells the plugins to use this store.</summary>
    public static Setup For(Store store) => new DataOptionsSetup(new DataOptions()
        .UseConnectionString(store.Connections.Provider, store.Connections.ConnectionString)
        .UseAfterConnectionOpened(connection =>
        {
            if (store.Connections.AfterOpening is { Length: > 0 } settings)
            {
                using var command = connection.CreateCommand();
                command.CommandText = settings;
                command.ExecuteNonQuery();
            }
        }));
}
