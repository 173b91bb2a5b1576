using System.Data.Common;
using PinnSweep.Storage.Databases;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Storage.Studies;

/// <summary>Trials as people name them, and where they belong.</summary>
internal static class TrialLookups
{
    // Enough to say that a beginning is not clear.
    private const int Told = 2;

    /// <summary>The trials whose key begins so.</summary>
    public static List<TrialKey> Like(DbConnection connection, string prefix) =>
        // No hexadecimal digit comes after f.
        connection.Query($"select key from trials where key >= $1 and key < $2 order by key limit {Told}", row => new TrialKey(row.GetString(0)), prefix, $"{prefix}g");

    /// <summary>The hashes of the studies that have a trial, the newest first.</summary>
    public static List<string> StudiesOf(DbConnection connection, TrialKey trial) => connection.Query(
        "select distinct hash, submitted_at from studies join study_trials on study_trials.study = studies.hash where study_trials.key = $1 order by submitted_at desc, hash",
        row => row.GetString(0),
        trial.Hex);
}
