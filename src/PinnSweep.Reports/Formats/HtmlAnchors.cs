using PinnSweep.Reports.Documents;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Formats;

/// <summary>
/// Where keys and numbers of a page lead within it: to the row of a table that has all trials of a cell, and to the key in it. The evidence
/// has them; of trials that are in none (those of searches) the first table that names them.
/// </summary>
internal sealed class HtmlAnchors
{
    private const string Evidence = "evidence";
    private readonly Dictionary<TrialKey, string> _tables = [];
    private readonly HashSet<TrialKey> _rows = [];

    /// <summary>The anchors of a document.</summary>
    public HtmlAnchors(ReportDocument document)
    {
        foreach (var table in document.Tables.OrderByDescending(table => table.Name.StartsWith(Evidence, StringComparison.Ordinal)))
        {
            foreach (var row in table.Rows)
            {
                if (FirstOf(row) is { } first && _tables.TryAdd(first, table.Name))
                {
                    _rows.Add(first);
                }

                foreach (var key in KeysOf(row))
                {
                    _tables.TryAdd(key, table.Name);
                }
            }
        }
    }

    /// <summary>Addresses in the page.</summary>
    public FragmentLinks Links => new(
        trial => _rows.Contains(trial) ? $"#{IdOfRow(trial)}" : null, trial => _tables.ContainsKey(trial) ? $"#{IdOf(trial)}" : null, _ => ("", ""));

    /// <summary>The id of a row of a table; null where nothing leads there.</summary>
    public string? RowIn(TableModel table, IEnumerable<TableCell> row) => FirstOf(row) is { } first && _rows.Contains(first) && _tables[first] == table.Name ? IdOfRow(first) : null;

    /// <summary>The id of a key in a table; null where the key leads to another table.</summary>
    public string? KeyIn(TableModel table, TrialKey trial) => _tables.GetValueOrDefault(trial) == table.Name ? IdOf(trial) : null;

    private static IEnumerable<TrialKey> KeysOf(IEnumerable<TableCell> row) => row.SelectMany(cell => cell.Pieces).OfType<Inline.Code>().Select(code => code.Trial).OfType<TrialKey>();

    private static TrialKey? FirstOf(IEnumerable<TableCell> row) => KeysOf(row).Select(key => (TrialKey?)key).FirstOrDefault();

    private static string IdOf(TrialKey trial) => $"trial-{trial.Short}";

    private static string IdOfRow(TrialKey trial) => $"cell-{trial.Short}";
}
