using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Formulation;

/// <summary>Where problems come from, for methods that train on other forms of a cell's problem than its own.</summary>
public interface IProblemSource
{
    /// <summary>The problem of a cell: that of its level, without the terms that the cell's network keeps by construction, with those that its balancer adds.</summary>
    Problem Of(CellLevels levels);

    /// <summary>
    /// The parameters of a level of the problem that are numbers, but for those that a level may leave out, which choose its form (the
    /// order of a soft period); the constants of a problem file may have any finite value.
    /// </summary>
    ImmutableSortedDictionary<string, ParameterType> Numbers(Level problem);

    /// <summary>Why a level with one of these set anew is no problem any more; null where it is one.</summary>
    string? WhyNot(Level problem);
}
