using System.Data.Common;
using PinnSweep.Storage.Databases;

namespace PinnSweep.Storage.Studies;

/// <summary>
/// Counts the seeds of a cell by the descriptions of a study's first trials and of its last ones: those of one cell differ in the seed
/// alone. A plan has the same seeds in every cell, so this takes a moment where to read the plan of a large study takes a second.
/// </summary>
internal static class CellSeeds
{
    private const int First = 16;
    private const string Seed = "\"seed\":";

    public static int Count(DbConnection connection, string studyHash)
    {
        var total = connection.Scalar<long>("select count(*) from study_trials where study = $1", studyHash);
        for (long read = First; ; read *= First)
        {
            var cells = Cells(connection, studyHash, 0, read);
            var seeds = cells.TakeWhile(cell => cell == cells[0]).Count();
            if (seeds < read || seeds == total)
            {
                return seeds > 0 && total % seeds == 0 && Cells(connection, studyHash, total - seeds, total).Distinct().Count() == 1 ? seeds : 0;
            }
        }
    }

    private static List<string> Cells(DbConnection connection, string studyHash, long from, long to) => connection.Query(
        "select description from study_trials join trials on trials.key = study_trials.key where study = $1 and position >= $2 and position < $3 order by position",
        row => WithoutSeed(row.GetString(0)),
        studyHash,
        from,
        to);

    /// <summary>Keys are sorted: behind the seed comes the factor time alone.</summary>
    private static string WithoutSeed(string description)
    {
        var start = description.LastIndexOf(Seed, StringComparison.Ordinal);
        var end = start < 0 ? -1 : description.AsSpan(start + Seed.Length).IndexOfAny(',', '}');
        return end < 0 ? description : description.Remove(start, Seed.Length + end);
    }
}
