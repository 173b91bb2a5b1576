using Microsoft.Data.Sqlite;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Planning;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Commands;

/// <summary>
/// A file that an earlier version left: a finished study without a stored plan, with values set over its file and a problem of its own.
/// </summary>
internal sealed class EarlierStore : IDisposable
{
    public const string Hash = "3955456923f176b0328a136fdb3cd3b929471d6c8ce07747340059ee39f0822a";

    private readonly TemporaryFolder _folder = new();

    public EarlierStore()
    {
        Execute(File.ReadAllText(Beside("earlier-store.sql")));
        Place = _folder["earlier.db"];
    }

    public string Place { get; }

    /// <summary>The plan that the study was run with, as this version stores it.</summary>
    public static string PlanText { get; } = File.ReadAllText(Beside("earlier-plan.json"));

    public static StudyPlan Plan => StoredPlanJson.Read(PlanText);

    public string this[string name] => _folder[name];

    public void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["earlier.db"]};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => _folder.Dispose();

    private static string Beside(string name) => Path.Combine(RepositoryPaths.Root, "tests", "PinnSweep.Tests", "Commands", name);
}
