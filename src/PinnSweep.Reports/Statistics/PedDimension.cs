using System.Collections.Immutable;

namespace PinnSweep.Reports.Statistics;

/// <summary>The places of one parameter in all proposals.</summary>
/// <param name="Cells">Of each proposal its cell, from 0; −1 where the parameter means nothing.</param>
/// <param name="Count">How many cells there are.</param>
/// <param name="IsOrdered">Whether neighbouring cells are alike: numbers, and no choices.</param>
internal sealed record PedDimension(ImmutableArray<int> Cells, int Count, bool IsOrdered)
{
    /// <summary>Numbers by their places in the unit interval; NaN where the parameter means nothing.</summary>
    public static PedDimension OfNumbers(IEnumerable<double> units) =>
        new([.. units.Select(unit => double.IsNaN(unit) ? -1 : UnitDensity.CellOf(unit))], UnitDensity.Cells, true);

    /// <summary>Choices by their numbers; −1 where the parameter means nothing.</summary>
    public static PedDimension OfChoices(IEnumerable<int> numbers, int count) => new([.. numbers], count, false);
}
