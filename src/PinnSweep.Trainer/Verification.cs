using System.Text.Json;
using PinnSweep.Jets;
using PinnSweep.Pinns;
using PinnSweep.Studies;

namespace PinnSweep.Trainer;

/// <summary>The numerical core checked on this machine: one JSON object a line for every check, with the error found and what it may be.</summary>
internal static class Verification
{
    private const int Networks = 20;

    public static bool Run(Action<string> writeLine)
    {
        var passed = true;
        foreach (var check in Derivatives(JetEngines.Fused).Concat(Derivatives(JetEngines.Torch)).Concat(Solutions()))
        {
            passed &= check.Passed;
            writeLine(JsonSerializer.Serialize(new { check.Name, check.Error, check.Limit, check.Passed }, TrainerProtocol.Json));
        }

        return passed;
    }

    private static IReadOnlyList<DerivativeCheck> Derivatives(string engine) =>
        DerivativeChecks.Run(engine, (network, coefficients, precision) => JetEngines.Create(engine, network, precision, coefficients), Networks);

    /// <summary>Every published form of every problem: what its solution leaves of its own equations, and how well it is known.</summary>
    private static ParallelQuery<DerivativeCheck> Solutions() => ProblemCatalog.All
        .SelectMany(entry => Levels(entry).Select(form => (form.Name, Problem: entry.Create(form.Level))))

        // References that are not in the cache take their time: two at once.
        .AsParallel().AsOrdered().WithDegreeOfParallelism(2).WithMergeOptions(ParallelMergeOptions.NotBuffered)
        .Select(form => Checks(form.Name, form.Problem).ToArray())
        .SelectMany(checks => checks);

    private static IEnumerable<(string Name, Level Level)> Levels(ProblemEntry entry)
    {
        var standard = LevelText.Parse(Factor.Problem, entry.Method.Kind, PinnCatalogue.Instance, entry.Method.Kind);
        return [(entry.Method.Kind, standard), .. entry.Variants.Select(form => ($"{entry.Method.Kind} {{{form.Parameter}: {form.Value.Canonical()}}}", standard.With(form.Parameter, form.Value)))];
    }

    private static IEnumerable<DerivativeCheck> Checks(string name, Problem problem)
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
