using System.Globalization;
using System.Net.Sockets;
using Npgsql;
using PinnSweep.Storage.Databases;
using PinnSweep.Storage.Schema;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Storage.Opening;

/// <summary>From an address to connections to a database that is a store of this version.</summary>
internal static class PostgresOpening
{
    /// <summary>Makes or updates the tables, once even if several coordinators start together.</summary>
    public static PostgresConnections ForWriting(PostgresAddress address, TimeProvider clock) => Explained(address, () =>
    {
        var connections = new PostgresConnections(address, readOnly: false);
        using var connection = connections.OpenPostgres();
        // Without a look at the version first, every start would need the right to make tables.
        if (Version(address, connection) < SchemaVersions.Newest)
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute("select pg_advisory_xact_lock($1)", (long)Migrations.ApplicationId);
            if (Version(address, connection) < SchemaVersions.Newest)
            {
                Migrations.Apply(connection, clock);
                transaction.Commit();
            }
        }

        return connections;
    });

    public static PostgresConnections ForReading(PostgresAddress address) => Explained(address, () =>
    {
        var connections = new PostgresConnections(address, readOnly: true);
        using var connection = connections.OpenPostgres();
        return Version(address, connection) > 0
            ? connections
            : throw new UserMistakeException($"{address.Display}: there is no store in this database; run a study first, or name its store with --store");
    });

    public static string Describe(PostgresAddress address) => Explained(address, () =>
    {
        var connections = new PostgresConnections(address, readOnly: true);
        using var connection = connections.OpenPostgres();
        var version = Version(address, connection);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"PostgreSQL {connection.PostgreSqlVersion}, {(version == 0 ? "no store yet; a run makes it" : $"schema {version}{(version < SchemaVersions.Newest ? ", brought up to date by the next run" : "")}")}");
    });

    private static int Version(PostgresAddress address, NpgsqlConnection connection)
    {
        // Counted before the version is looked up: a store that is being made just now appears at once, with its mark.
        var tables = connection.Scalar<long>("select count(*) from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm')");
        return Migrations.VersionOf(connection) switch
        {
            0 when tables > 0 => throw new UserMistakeException($"{address.Display}: the database holds tables of another program; choose another one with --store"),
            var version when version > SchemaVersions.Newest => throw new UserMistakeException(
                $"{address.Display}: was written by a newer PinnSweep (schema {version}, this one knows {SchemaVersions.Newest}); update PinnSweep or choose another store with --store"),
            var version => version,
        };
    }

    private static T Explained<T>(PostgresAddress address, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (PostgresException refused)
        {
            throw new UserMistakeException($"{address.Display}: {Explain(address, refused)}", refused);
        }
        catch (Exception refused) when (refused is NpgsqlException or SocketException or TimeoutException or ArgumentException)
        {
            var reason = refused.InnerException is { } inner and not TimeoutException ? inner.Message : refused.Message;
            throw new UserMistakeException(
                $"{address.Display}: the server cannot be reached ({reason}); start it, check host and port, or choose another store with --store", refused);
        }
    }

    private static string Explain(PostgresAddress address, PostgresException refused) => refused.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"the server refuses user '{address.User}' ({refused.MessageText}); check user and password, which may also stand in PGPASSWORD or ~/.pgpass",
        PostgresErrorCodes.InvalidCatalogName => $"the database '{address.Database}' does not exist; create it: createdb -h HOST -U {address.User} {address.Database}",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"user '{address.User}' may not do what is needed ({refused.MessageText}); the first start needs the right to create tables in the schema",
        _ => $"cannot be opened as a store ({refused.MessageText}); nothing was changed",
    };
}
