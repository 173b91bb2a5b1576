using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Studies.Specification;

/// <summary>
/// Which cells are compared: levels of one factor, with the study's control where it names one, else each with each, where all other
/// factors are the same.
/// </summary>
internal static class ComparedCells
{
    private static readonly Factor[] Usual = [Factor.Balancer, Factor.Network, Factor.Sampler, Factor.Optimizer, Factor.Time, Factor.Precision];

    /// <summary>The factor whose levels are compared; null where nothing is.</summary>
    public static Factor? FactorOf(StudySpec spec) => spec.Control?.Factor
        ?? Usual.Where(factor => spec.Factors[factor].Length > 1 && spec.Tune?.Each.Contains(factor) != false).Select(factor => (Factor?)factor).FirstOrDefault();

    /// <summary>Pairs of cells, the second being the control.</summary>
    /// <param name="spec">The study.</param>
    /// <param name="cells">Each with the levels that it is judged by: of a tuned one those of its default.</param>
    public static ImmutableArray<(int Method, int Control)> Pairs(StudySpec spec, IEnumerable<(int Cell, CellLevels Nominal)> cells)
    {
        if (FactorOf(spec) is not { } factor)
        {
            return [];
        }

        var control = spec.Control?.Level;
        return
        [
            .. from block in cells.GroupBy(cell => cell.Nominal.Without(factor))
               let alike = block.ToList()
               from pair in control is null
                   ? alike.SelectMany((first, i) => alike.Skip(i + 1).Select(second => (Method: second, Control: first)))
                   : alike.Where(cell => cell.Nominal[factor] == control).Take(1).SelectMany(known => alike.Where(cell => cell != known).Select(cell => (Method: cell, Control: known)))
               where pair.Method.Cell != pair.Control.Cell
               select (pair.Method.Cell, pair.Control.Cell),
        ];
    }
}
