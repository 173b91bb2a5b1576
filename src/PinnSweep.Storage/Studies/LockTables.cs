using System.Collections.Immutable;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PinnSweep.Storage.Databases;
using PinnSweep.Studies.Registration;

namespace PinnSweep.Storage.Studies;

/// <summary>What studies promised before they were trained. A lock is written once and never changed.</summary>
public sealed class LockTables
{
    // The version of the schema.
    private const long Since = 4;
    private readonly Connections _connections;

    internal LockTables(Connections connections) => _connections = connections;

    /// <summary>Stores a lock where the plan has none.</summary>
    /// <returns>Whether it had none.</returns>
    public bool Add(LockedStudy locked)
    {
        var document = LockJson.Write(locked);
        using var connection = _connections.Open();
        using var transaction = _connections.BeginWriting(connection);
        var isNew = connection.Execute(
            "insert into locks (study, document, sha256, locked_at) values ($1, $2, $3, $4) on conflict (study) do nothing",
            locked.Promise.Plan, document, DigestOf(document), Moments.Write(locked.At)) == 1;
        transaction.Commit();
        return isNew;
    }

    /// <summary>The lock of a plan; null where it has none that can be read.</summary>
    public LockedStudy? Of(string planHash)
    {
        using var connection = _connections.Open();
        return Read(connection, "where study = $1", planHash).FirstOrDefault();
    }

    /// <summary>The locks of all plans of a study's name, the oldest first.</summary>
    public ImmutableArray<LockedStudy> Named(string study)
    {
        using var connection = _connections.Open();
        return [.. Read(connection, "where '' = $1 order by locked_at, study", "").Where(locked => locked.Promise.Study == study)];
    }

    /// <summary>One that is damaged says nothing, and a store that an earlier version wrote, and that is only read, has none.</summary>
    private static ImmutableArray<LockedStudy> Read(DbConnection connection, string which, string value) =>
        connection.Scalar<long>("select max(version) from schema_version") < Since ? [] :
    [
        .. connection.Query($"select document, sha256 from locks {which}", row => (row.GetString(0), row.GetString(1)), value)
            .Where(row => DigestOf(row.Item1) == row.Item2)
            .Select(row => Parse(row.Item1))
            .OfType<LockedStudy>(),
    ];

    private static LockedStudy? Parse(string document)
    {
        try
        {
            return LockJson.Read(document);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string DigestOf(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));
}
