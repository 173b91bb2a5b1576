using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Yardsticks;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Values;

namespace PinnSweep.Planning;

/// <summary>Where reports have what solvers without networks take: nowhere, what is kept of this machine, or measured where nothing is.</summary>
internal sealed class Yardsticks
{
    private readonly SolverCostCache? _cache;
    private readonly TextWriter? _progress;

    private Yardsticks(SolverCostCache? cache, TextWriter? progress) => (_cache, _progress) = (cache, progress);

    /// <summary>None.</summary>
    public static Yardsticks None { get; } = new(null, null);

    /// <summary>What was measured before on this machine: a node, in which others work too, measures nothing.</summary>
    public static Yardsticks Kept { get; } = new(SolverCostCache.Default, null);

    /// <summary>Measured where nothing is kept, in some seconds a problem, and said.</summary>
    /// <param name="progress">Takes a line a problem.</param>
    /// <param name="cache">Where they are kept; beside the references where null.</param>
    public static Yardsticks Measured(TextWriter progress, SolverCostCache? cache = null) => new(cache ?? SolverCostCache.Default, progress);

    /// <summary>Of a problem; null where it has no solver, or nothing is known of it.</summary>
    public Yardstick? Of(Level level, Problem problem) => problem.Solver is { } solver && _cache is not null && Costs(level.ToString(), level.Kind, problem, solver) is { } costs
        ? new(solver.Method, costs.Machine, [.. costs.Costs.Select(cost => new YardstickPoint(cost.Error, cost.Seconds))])
        : null;

    private SolverCosts? Costs(string identity, string name, Problem problem, ClassicalSolver solver)
    {
        if (_cache!.Kept(identity, solver) is var kept && (kept is not null || _progress is null))
        {
            return kept;
        }

        if (!problem.IsSolutionAtHand)
        {
            _progress.WriteLine($"{name}: no classical solver beside it: its reference is not computed on this machine yet; pinnsweep verify does");
            return null;
        }

        _progress.WriteLine($"{name}: timing the classical solver ({solver.Method}), some seconds, once a machine");
        return _cache.Keep(identity, solver, SolverCosts.Measure(problem, () => Environment.CpuUsage.TotalTime.TotalSeconds));
    }
}
