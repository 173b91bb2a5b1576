using System.Collections.Immutable;
using System.Data.Common;
using PinnSweep.Storage.Databases;
using PinnSweep.Studies.Annotations;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Storage.Annotations;

/// <summary>Tags of studies.</summary>
public sealed class TagTable
{
    private readonly Connections _connections;
    private readonly TimeProvider _clock;

    internal TagTable(Connections connections, TimeProvider clock) => (_connections, _clock) = (connections, clock);

    /// <summary>Gives a study these tags and no others.</summary>
    /// <returns>Its tags now.</returns>
    /// <exception cref="UserMistakeException">One is none.</exception>
    public ImmutableArray<string> Set(string study, IEnumerable<string> tags)
    {
        var kept = AnnotationRules.Tags(tags);
        using var connection = _connections.Open();
        using var transaction = _connections.BeginWriting(connection);
        foreach (var gone in Of(connection, study).Except(kept))
        {
            connection.Execute("delete from tags where study = $1 and tag = $2", study, gone);
        }

        _connections.Insert(connection, "tags", ["study", "tag", "tagged_at"], kept.Select(tag => new object?[] { study, tag, Moments.Write(_clock.GetUtcNow()) }));
        transaction.Commit();
        return kept;
    }

    /// <summary>The tags of each study that has some, by its hash.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> All()
    {
        using var connection = _connections.Open();
        return !AnnotationSchema.IsIn(connection)
            ? ImmutableDictionary<string, ImmutableArray<string>>.Empty
            : connection.Query("select study, tag from tags", row => (Study: row.GetString(0), Tag: row.GetString(1)))
                .GroupBy(row => row.Study)
                .ToImmutableDictionary(study => study.Key, study => study.Select(row => row.Tag).Order(StringComparer.Ordinal).ToImmutableArray());
    }

    internal static ImmutableArray<string> Of(DbConnection connection, string study) =>
        [.. connection.Query("select tag from tags where study = $1", row => row.GetString(0), study).Order(StringComparer.Ordinal)];
}
