using System.Collections.Concurrent;
using System.Text.Json;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Verification;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Values;

namespace PinnSweep.Trainer;

/// <summary>
/// The numerical core checked on this machine: one JSON object a line for every check, with the error found and what it may be.
/// </summary>
internal static class Verification
{
    private const int Networks = 20;

    /// <summary>Runs them all, or with an engine the checks of its derivatives alone.</summary>
    public static bool Run(Action<string> writeLine, string? engine = null)
    {
        var passed = true;

        // What is independent goes two at once: references that are not in the cache take their time.
        var groups = engine is null ? new[] { Derivatives(JetEngines.Fused), Derivatives(JetEngines.Torch) }.Concat(Solutions())
            : engine.StartsWith($"{JetEngines.Torch}/", StringComparison.Ordinal) ? [Derivatives(engine), InLanes(engine)]
            : [Derivatives(engine)];
        var checks = Partitioner.Create(groups, EnumerablePartitionerOptions.NoBuffering)
            .AsParallel().AsOrdered().WithDegreeOfParallelism(2).WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(group => group())
            .SelectMany(group => group);
        foreach (var check in checks)
        {
            passed &= check.Passed;
            writeLine(JsonSerializer.Serialize(new { check.Name, check.Error, check.Limit, check.Passed }, TrainerProtocol.Json));
        }

        return passed;
    }

    private static Func<IReadOnlyList<DerivativeCheck>> Derivatives(string engine) =>
        () => DerivativeChecks.Run(engine, (network, coefficients, precision) => JetEngines.Create(engine, network, precision, coefficients), Networks);

    /// <summary>Of batches of lanes, whose operations are not those of a trial alone.</summary>
    private static Func<IReadOnlyList<DerivativeCheck>> InLanes(string engine) => () =>
    {
        using var backend = JetEngines.CreateBackend(engine);
        return DerivativeChecks.Run(backend.Name, (network, coefficients, precision) => backend.CreateEngine(network, precision, coefficients, null), Networks);
    };

    /// <summary>Every published form of every problem: what its solution leaves of its own equations, and how well it is known.</summary>
    private static IEnumerable<Func<IReadOnlyList<DerivativeCheck>>> Solutions() => ProblemCatalog.All
        .SelectMany(entry => Levels(entry).Select(form => (Func<IReadOnlyList<DerivativeCheck>>)(() => [.. Checks(form.Name, entry.Create(form.Level))])));

    private static IEnumerable<(string Name, Level Level)> Levels(ProblemEntry entry)
    {
        var standard = LevelText.Parse(Factor.Problem, entry.Method.Kind, PinnCatalog.Instance, entry.Method.Kind);
        return [(entry.Method.Kind, standard), .. entry.Variants.Select(form => ($"{entry.Method.Kind} {{{form.Parameter}: {form.Value.Canonical()}}}", standard.With(form.Parameter, form.Value)))];
    }

    private static IEnumerable<DerivativeCheck> Checks(string name, Problem problem) =>
        Solution(name, problem).Concat(problem.Equilibria.Select(state => new DerivativeCheck($"{name}: its equations keep the constant state {string.Join(", ", state)}", ConstantState.Residual(problem, state), 1e-12)));

    private static IEnumerable<DerivativeCheck> Solution(string name, Problem problem)
    {
        if (problem.Reference is { } reference)
        {
            return reference.Limits.Select(limit => new DerivativeCheck($"{name}: {limit.Key} of its reference", reference.Grid.Measures[limit.Key], limit.Value));
        }

        var (residual, limit) = problem.Solution is null
            ? ((Func<LossTerm, double>)(term => ExactResidual.ByDifferences(problem, term)), 1e-5)
            : (term => ExactResidual.ByJets(problem, term), 1e-11);
        return [
            .. problem.WithoutData().Terms.Select(term => new DerivativeCheck($"{name}: its solution makes '{term.Name}' zero", residual(term), limit)),
            new($"{name}: floor", problem.Floor() ?? double.NaN, problem.FloorLimit),
        ];
    }
}
