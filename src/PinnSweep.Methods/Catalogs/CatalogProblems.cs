using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Networks;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Catalogs;

/// <summary>The problems of the catalog, and those of problem files.</summary>
internal sealed class CatalogProblems : IProblemSource
{
    // A plan asks for the problem of a level once or more for every cell, and to read a file's expressions, or to rewrite them for a
    // network that keeps conditions, may take milliseconds. Kept while somebody has the level.
    private readonly ConditionalWeakTable<Level, Problem> _ofFiles = [];
    private readonly ConditionalWeakTable<Level, ConditionalWeakTable<Level, Problem>> _ofNetworks = [];

    private CatalogProblems()
    {
    }

    /// <summary>The only one.</summary>
    public static CatalogProblems Instance { get; } = new();

    /// <summary>The problem of a level.</summary>
    public Problem Of(Level level) => ProblemDefinition.IsIn(level)
        ? _ofFiles.GetValue(level, ProblemDefinition.ToProblem)
        : LevelEntries.Find(ProblemCatalog.All, entry => entry.Method, level).Create(level);

    /// <inheritdoc/>
    public Problem Of(CellLevels levels) => BalancerCatalog.Find(levels.Balancer.Kind).Extend(levels.Balancer, ProblemDefinition.IsIn(levels.Problem)
        ? _ofNetworks.GetOrCreateValue(levels.Problem).GetValue(levels.Network, network => Adapted(network, levels.Problem))
        : Adapted(levels.Network, levels.Problem));

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, ParameterType> Numbers(Level problem) =>
        (ProblemCatalog.All.FirstOrDefault(entry => entry.Method.Kind == problem.Kind)?.Method.Parameters ?? [])
            .Where(parameter => parameter is { Absent: null, Type: ParameterType.Number or ParameterType.Integer })
            .Select(parameter => (parameter.Name, parameter.Type))
            .Concat(ProblemDefinition.IsIn(problem)
                ? problem.Parameters.Entries
                    .Where(entry => entry.Value is SpecValue.Number)
                    .Select(entry => (entry.Key, (ParameterType)new ParameterType.Number()))
                : [])
            .ToImmutableSortedDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    /// <inheritdoc/>
    public string? WhyNot(Level problem) => ProblemDefinition.IsIn(problem) ? ProblemDefinition.WhyNot(problem) : null;

    private Problem Adapted(Level network, Level problem) =>
        LevelEntries.Find(NetworkCatalog.All, entry => entry.Method, network).Adapt(network, Of(problem));
}
