using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Specification;

/// <summary>
/// Methods that are levels of several factors at once, compared with one another under their names, as in a benchmark whose rows are a
/// balancer, a sampler and an optimizer in turn. The first is what the others are compared with.
/// </summary>
/// <param name="Factors">The factors that any of them sets; tables have the names in place of the first one's levels.</param>
/// <param name="All">In the order of the file.</param>
public sealed record NamedMethods(ImmutableArray<Factor> Factors, ImmutableArray<NamedMethod> All)
{
    /// <summary>What tables call the level of a factor that the method sets, where they have its name for another factor.</summary>
    public const string Elsewhere = "by method";

    /// <summary>The factor whose levels tables call by the names of the methods.</summary>
    public Factor Carrier => Factors[0];

    /// <summary>The method of a cell; null where it is of none.</summary>
    public NamedMethod? Of(CellLevels cell) => All.FirstOrDefault(method => method.Levels.All(level => cell[level.Key] == level.Value));

    /// <summary>What a method sets otherwise than the first: <c>sampler rad, optimizer soap</c>; empty for the first.</summary>
    public string Words(NamedMethod method) => string.Join(", ", Factors
        .Where(factor => method.Levels[factor] != All[0].Levels[factor])
        .Select(factor => $"{factor.ToWord()} {method.Levels[factor].Kind}"));

    /// <summary>The names of a cell's levels with that of its method among them.</summary>
    public ImmutableSortedDictionary<Factor, string> Named(CellLevels cell, ImmutableSortedDictionary<Factor, string> names) =>
        names.SetItems(Factors.Select(factor => KeyValuePair.Create(factor, factor == Carrier ? Of(cell)?.Name ?? names[factor] : Elsewhere)));
}

/// <summary>A method of <see cref="NamedMethods"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Levels">Its level of each of their factors.</param>
public sealed record NamedMethod(string Name, ImmutableSortedDictionary<Factor, Level> Levels);
