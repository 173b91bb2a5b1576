using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using PinnSweep.Storage.Databases;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Storage.Decisions;

/// <summary>
/// What the tables know beside the journal, row by row; rows that cannot be read are passed over. The other half of what there is to go on
/// from when the journal is damaged.
/// </summary>
/// <param name="Studies">Stored studies with their trials in the order of the plan.</param>
/// <param name="Results">Accepted results.</param>
/// <param name="Checkpoints">Last checkpoints.</param>
/// <param name="Faults">Faults.</param>
/// <param name="Quarantined">Trials given up.</param>
public sealed record RecordedFacts(
    ImmutableArray<StudySubmitted> Studies,
    ImmutableArray<TrialAccepted> Results,
    ImmutableArray<TrialCheckpointed> Checkpoints,
    ImmutableArray<TrialFaulted> Faults,
    ImmutableHashSet<TrialKey> Quarantined)
{
    private const int KeyDigits = 64;

    internal static RecordedFacts Of(Connections connections)
    {
        using var connection = connections.Open();
        var trials = Read(connection, "select study, position, key from study_trials", row => (Study: row.GetString(0), Position: row.GetInt64(1), Key: Key(row, 2)))
            .ToLookup(row => row.Study, StringComparer.Ordinal);
        return new(
            [
                .. Read(connection, "select hash, name, submitted_at from studies", row => (Hash: row.GetString(0), Name: row.GetString(1), At: Moments.Read(row.GetString(2))))
                    .OrderBy(study => study.At)
                    .Where(study => trials.Contains(study.Hash))
                    .Select(study => new StudySubmitted(study.Hash, study.Name, [.. trials[study.Hash].OrderBy(row => row.Position).Select(row => row.Key)], study.At) { Stage = StageOf(connection, study.Hash) }),
            ],
            [
                .. Read(
                    connection,
                    "select key, attempt, blob, (select bytes from blobs where sha256 = blob), outcome, steps, relative_l2, seconds, accepted_at, network, final, (select bytes from blobs where sha256 = final) from results",
                    row => new TrialAccepted(
                        Key(row, 0),
                        Attempt(row, 1),
                        new(Key(row, 2).Hex, Bytes(row, 3), Enum.Parse<Outcome>(row.GetString(4), ignoreCase: true), (int)row.GetInt64(5), row.IsDBNull(6) ? double.NaN : row.GetDouble(6), row.GetDouble(7))
                        {
                            Network = row.IsDBNull(9) ? null : Key(row, 9).Hex,
                            Final = row.IsDBNull(10) ? null : new(Key(row, 10).Hex, Bytes(row, 11), (int)row.GetInt64(5)),
                        },
                        Moments.Read(row.GetString(8)))),
            ],
            [
                .. Read(
                    connection,
                    "select key, attempt, step, blob, (select bytes from blobs where sha256 = blob), at from checkpoints",
                    row => new TrialCheckpointed(Key(row, 0), Attempt(row, 1), new(Key(row, 3).Hex, Bytes(row, 4), (int)row.GetInt64(2)), Moments.Read(row.GetString(5)))),
            ],
            [
                .. Read(
                    connection,
                    "select key, attempt, kind, message, detail, worker, incarnation, at from faults order by key, attempt",
                    row => new TrialFaulted(
                        Key(row, 0),
                        new(Attempt(row, 1), new(row.GetString(5), row.GetString(6)), new(DecisionStatements.KindOf(row.GetString(2)), row.GetString(3), row.GetString(4)), Moments.Read(row.GetString(7))),
                        Moments.Read(row.GetString(7)))),
            ],
            [.. Read(connection, "select key from quarantined", row => Key(row, 0))]);
    }

    /// <summary>How far a study in stages is, as its stored decisions say; null of any other.</summary>
    private static StudyStage? StageOf(DbConnection connection, string hash) =>
        StudyTables.StoredPlan(connection, hash) is { Spec.IsStaged: true, Stages: [.., var last] } plan
            ? new(last.Number, last.Words, last.IsLast) { KeepsFinal = RungTrials.MayGoOn(plan, last) }
            : null;

    private static IEnumerable<T> Read<T>(DbConnection connection, string sql, Func<DbDataReader, T> read)
    {
        using var command = connection.Prepare(sql);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            T row;
            try
            {
                row = read(reader);
            }
            catch (Exception damage) when (damage is FormatException or InvalidCastException or InvalidOperationException or ArgumentException or OverflowException)
            {
                continue;
            }

            yield return row;
        }
    }

    private static TrialKey Key(DbDataReader row, int column) =>
        row.GetString(column) is { Length: KeyDigits } key && key.All(char.IsAsciiHexDigitLower)
            ? new(key)
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"column {column} is no SHA-256"));

    private static int Attempt(DbDataReader row, int column) => row.GetInt64(column) is > 0 and < int.MaxValue and var number ? (int)number : throw new FormatException("no number of an attempt");

    private static long Bytes(DbDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetInt64(column);
}
