using Microsoft.Data.Sqlite;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Doctor;

/// <summary>The database engine, and the store that a run in this folder would use.</summary>
internal static class StoreCheck
{
    public static IEnumerable<Finding> Run(string store)
    {
        yield return Sqlite();
        yield return PostgreSql();
        yield return StorePlace.Parse(store) is { IsPostgres: true } place ? Server(place) : Store(store);
    }

    private static Finding Sqlite()
    {
        try
        {
            using var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            return Finding.Ok("sqlite", connection.ServerVersion);
        }
        catch (Exception failure) when (failure is DllNotFoundException or TypeInitializationException or SqliteException)
        {
            return new("sqlite", FindingState.Missing, failure.Message, "the native library belongs to the build: delete the artifacts folder and build again");
        }
    }

    private static Finding PostgreSql() =>
        ProgramVersion.Of("psql", "--version") is { } version
            ? Finding.Ok("postgresql", version)
            : new("postgresql", FindingState.Optional, "no client found", "only needed for a store that many nodes share: apt-get install postgresql-client");

    private static Finding Server(StorePlace place)
    {
        try
        {
            return Finding.Ok("store", $"{place}, {PinnSweep.Storage.Store.DescribeServer(place)}");
        }
        catch (UserMistakeException mistake)
        {
            return new("store", FindingState.Missing, mistake.Message, "name a PostgreSQL database that can be reached, or a file, with --store");
        }
    }

    private static Finding Store(string store)
    {
        var path = Path.GetFullPath(store);
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            return new("store", FindingState.Missing, $"the folder {folder} does not exist", $"mkdir -p {folder}");
        }

        try
        {
            using (File.Create(Path.Combine(folder, $".pinnsweep-{Environment.ProcessId}"), 1, FileOptions.DeleteOnClose))
            {
            }

            if (!File.Exists(path))
            {
                return Finding.Ok("store", $"{path} (not there yet; a run makes it)");
            }

            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA quick_check(1)";
            var verdict = (string?)command.ExecuteScalar();
            return verdict == "ok"
                ? Finding.Ok("store", $"{path}, {new FileInfo(path).Length / 1024} KiB, sound")
                : new("store", FindingState.Missing, $"{path}: {verdict}", "restore it from a copy, or name another file with --store");
        }
        catch (SqliteException failure)
        {
            return new("store", FindingState.Missing, $"{path}: {failure.Message}", "the file is no sound SQLite database: restore it from a copy, or name another file with --store");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new("store", FindingState.Missing, failure.Message, "name a file in a folder you may write to with --store");
        }
    }
}
