using PinnSweep.Views;

namespace PinnSweep.Pages;

/// <summary>
/// The colour of a cell by its mean error on a logarithmic scale, as one of a few classes of the style sheet: pages have no styles of
/// their own. The scale spans the study's cells, at least a decade, so that noise between good methods is not painted as a contrast.
/// </summary>
/// <param name="Smallest">The error of the first colour; not a number where no cell has an error.</param>
/// <param name="Largest">The error of the last colour.</param>
internal sealed record MatrixColours(double Smallest, double Largest)
{
    /// <summary>How many colours.</summary>
    public const int Steps = 24;

    /// <summary>Whether any cell has a colour.</summary>
    public bool IsKnown => double.IsFinite(Smallest) && double.IsFinite(Largest);

    public static MatrixColours Of(IEnumerable<CellView> cells)
    {
        var logs = cells.Where(cell => cell.Mean.Count > 0 && double.IsFinite(cell.Mean.Mean) && cell.Mean.Mean > 0).Select(cell => Math.Log10(cell.Mean.Mean)).ToArray();
        if (logs.Length == 0)
        {
            return new(double.NaN, double.NaN);
        }

        var (low, high) = (logs.Min(), logs.Max());
        var more = Math.Max(0, 1 - (high - low)) / 2;
        return new(Math.Pow(10, low - more), Math.Pow(10, high + more));
    }

    /// <summary><c>c0</c> for the smallest errors to <c>c23</c>; empty without an error.</summary>
    public string ClassOf(CellView cell)
    {
        if (!IsKnown || cell.Mean.Count == 0 || !(cell.Mean.Mean > 0))
        {
            return "";
        }

        var (low, high) = (Math.Log10(Smallest), Math.Log10(Largest));
        var step = (int)((Math.Log10(cell.Mean.Mean) - low) / (high - low) * Steps);
        return $"c{Math.Clamp(step, 0, Steps - 1)}";
    }
}
