using System.Data.Common;
using System.Globalization;
using PinnSweep.Cluster.Coordination;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;

namespace PinnSweep.Doctor;

/// <summary>
/// All of a store that somebody names: pages, contents by their hashes, rows against each other, the journal event by event.
/// </summary>
internal static class StoreContentCheck
{
    private const int Shown = 50;

    public static IEnumerable<Finding> Run(string place, Terminal terminal)
    {
        var where = StorePlace.Parse(place);
        if (!where.IsPostgres && !File.Exists(where.Display))
        {
            return [];
        }

        var findings = new List<string>();
        var count = 0;
        try
        {
            using var store = Store.OpenForReading(place);
            foreach (var finding in StoreFindings.Of(store, what => Tell(terminal, $"doctor: looking at {what}")))
            {
                if (++count <= Shown)
                {
                    findings.Add(finding);
                }
            }
        }
        catch (UserMistakeException refused)
        {
            return [new("contents", FindingState.Missing, refused.Message, null)];
        }
        catch (DbException damage)
        {
            findings.Add($"{where.Display}: cannot be read to its end ({damage.Message})");
            count++;
        }

        return count == 0
            ? [Finding.Ok("contents", "every page, content, row and event is as it was written")]
            :
            [
                .. findings.Select(finding => new Finding("contents", FindingState.Missing, finding, null)),
                .. count > Shown ? [new Finding("contents", FindingState.Missing, string.Create(CultureInfo.InvariantCulture, $"and {count - Shown} more"), null)] : (Finding[])[],
            ];
    }

    private static void Tell(Terminal terminal, string what)
    {
        if (terminal.ErrorIsLive)
        {
            terminal.Error.WriteLine(what);
        }
    }
}
