using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PinnSweep.Storage.Databases;
using PinnSweep.Storage.Studies;

namespace PinnSweep.Storage.Opening;

/// <summary>
/// Every page, every content and every row that names one, held against each other. Reads all of a store and changes nothing.
/// </summary>
internal static class StoreExamination
{
    private const int ProgressEvery = 1000;

    /// <summary>What is wrong, each with what will come of it.</summary>
    public static IEnumerable<string> Of(Connections connections, Action<string> progress)
    {
        using var connection = connections.Open();
        progress("pages");
        foreach (var finding in connections.CheckPages(connection))
        {
            yield return $"pages: {finding}. Rows that can still be read are used; restore a copy if a run or a report is refused";
        }

        var sound = new HashSet<string>(StringComparer.Ordinal);
        foreach (var finding in Blobs(connections, connection, sound, progress))
        {
            yield return finding;
        }

        progress("results and checkpoints");
        foreach (var damaged in ResultContents.FindDamaged(connections, connection, null, null))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"results: trial {damaged.Key.Short}, attempt {damaged.Attempt}: {damaged.What}. The next run or submission of its study trains it again");
        }

        foreach (var (key, blob) in connection.Query("select key, blob from checkpoints", row => (Text(row, 0), Text(row, 1))).Where(row => !sound.Contains(row.Item2)))
        {
            yield return $"checkpoints: trial {Short(key)}: its content {blob} is missing or damaged. The trial begins anew, to the same numbers";
        }

        foreach (var (key, blob) in ResultContents.Networks(connection).Where(row => !sound.Contains(row.Blob)))
        {
            yield return $"results: trial {Short(key)}: its trained network {blob} is missing or damaged. The result stands; `pinnsweep train --trial {Short(key)} --save FOLDER` makes the network again";
        }

        foreach (var (key, blob) in ResultContents.Finals(connection).Where(row => !sound.Contains(row.Blob)))
        {
            yield return $"results: trial {Short(key)}: the state at its end {blob} is missing or damaged. The result stands; the same trial with more steps trains anew, to the same numbers";
        }

        progress("attempts");
        foreach (var finding in AttemptRows.Examine(connection))
        {
            yield return finding;
        }

        progress("studies");
        foreach (var finding in Studies(connection))
        {
            yield return finding;
        }
    }

    private static IEnumerable<string> Blobs(Connections connections, DbConnection connection, HashSet<string> sound, Action<string> progress)
    {
        var total = connection.Scalar<long>("select count(*) from blobs");
        using var command = connection.Prepare($"select sha256, {connections.BlobContent} from blobs");
        using var reader = command.ExecuteReader();
        for (var seen = 0L; reader.Read(); seen++)
        {
            if (seen % ProgressEvery == 0)
            {
                progress(string.Create(CultureInfo.InvariantCulture, $"blobs, {seen} of {total}"));
            }

            var name = Text(reader, 0);
            var actual = Convert.ToHexStringLower(SHA256.HashData(reader.GetValue(1) as byte[] ?? []));
            if (actual == name)
            {
                sound.Add(name);
            }
            else
            {
                yield return $"blobs: {name}: the stored bytes have SHA-256 {actual}. Whoever stores it again replaces it";
            }
        }
    }

    private static IEnumerable<string> Studies(DbConnection connection)
    {
        var trials = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, description) in connection.Query("select key, description from trials", row => (Text(row, 0), Text(row, 1))))
        {
            if (Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(description))) == key)
            {
                trials.Add(key);
            }
            else
            {
                yield return $"trials: {Short(key)}: its description belongs to another key. The next run or submission of its study writes it again";
            }
        }

        var studies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (hash, date) in connection.Query("select hash, submitted_at from studies", row => (Text(row, 0), Text(row, 1))))
        {
            studies.Add(hash);
            if (!DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, out _))
            {
                yield return $"studies: {Short(hash)}: '{date}' is no date. The next run or submission of the study writes it again";
            }
        }

        foreach (var hash in StudyTables.DamagedPlans(connection))
        {
            yield return $"studies: {Short(hash)}: its stored plan is damaged. Reports make it again from its trials and its file; the next run or submission of the study writes it again";
        }

        foreach (var (study, position, key) in connection.Query("select study, position, key from study_trials", row => (Text(row, 0), Text(row, 1), Text(row, 2))))
        {
            if (!trials.Contains(key) || !studies.Contains(study))
            {
                yield return $"study_trials: study {Short(study)}, position {position}: {(trials.Contains(key) ? "the study" : $"trial {Short(key)}")} is not in the store as it should be. The next run or submission of the study writes it again";
            }
        }
    }

    private static string Text(DbDataReader row, int column) => Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture) ?? "";

    private static string Short(string hash) => hash.Length > 8 ? hash[..8] : hash;
}
