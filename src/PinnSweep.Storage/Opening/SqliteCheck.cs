using Microsoft.Data.Sqlite;
using PinnSweep.Storage.Databases;
using PinnSweep.Storage.Schema;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Storage.Opening;

/// <summary>Looks at a file before anything is written to it. Every finding is the user's to mend, and the file stays as it is.</summary>
internal static class SqliteCheck
{
    private const int Corrupt = 11;
    private const int NoDatabase = 26;

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    public static void Place(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            throw new UserMistakeException($"{path}: the folder '{folder}' does not exist; create it or choose another store with --store");
        }

        if (Directory.Exists(path))
        {
            throw new UserMistakeException($"{path}: is a folder; name a file, for instance '{Path.Combine(path, "pinnsweep.db")}'");
        }
    }

    /// <summary>True when the file holds something already; false when it is to be made.</summary>
    public static bool File(string path, bool forWriting)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length == 0)
        {
            return false;
        }

        Span<byte> head = stackalloc byte[Magic.Length];
        try
        {
            using var stream = new FileStream(path, FileMode.Open, forWriting ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite);
            stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException(
                $"{path}: cannot be opened ({refused.Message}); check its permissions or choose another store with --store", refused);
        }

        return head.SequenceEqual(Magic) ? true : throw new UserMistakeException(
            $"{path}: is not a PinnSweep store (no SQLite file); move it away or choose another store with --store");
    }

    public static void Content(string path, SqliteConnection connection)
    {
        try
        {
            // Rows that carry no value but "ok" describe damage; one is enough for the message.
            var finding = connection.Scalar<string>("pragma quick_check(1)");
            if (finding != "ok")
            {
                throw Damaged(path, finding ?? "no answer", null);
            }

            if (connection.Scalar<long>("pragma application_id") is var id && id != Migrations.ApplicationId
                && connection.Scalar<long>("select count(*) from sqlite_master") > 0)
            {
                throw new UserMistakeException($"{path}: is an SQLite file of another program; choose another store with --store");
            }

            var version = SqliteShape.DamagedVersionOf(connection) ?? Migrations.VersionOf(connection);
            if (version > SchemaVersions.Newest)
            {
                throw new UserMistakeException(
                    $"{path}: was written by a newer PinnSweep (schema {version}, this one knows {SchemaVersions.Newest}); update PinnSweep or choose another store with --store");
            }

            if (SqliteShape.Missing(connection, version).FirstOrDefault() is { } column)
            {
                throw Damaged(path, $"column {column} is missing", null);
            }
        }
        catch (SqliteException damage) when (damage.SqliteErrorCode is Corrupt or NoDatabase)
        {
            throw Damaged(path, damage.Message, damage);
        }
    }

    private static UserMistakeException Damaged(string path, string finding, Exception? inner) => new(
        $"{path}: the store is damaged ({finding}); nothing was changed. `pinnsweep doctor --store {path}` says where; restore a copy, or move the file away to start anew", inner);
}
