using PinnSweep.Jets.Verification;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Trainer;

/// <summary>
/// A problem's solution against its own conditions and equations, the floor of its reference, and its constant states. Of a form that is
/// void something has to fail: where nothing does, that is a failure of its own.
/// </summary>
internal static class SolutionChecks
{
    /// <summary>The checks, in the order in which they are printed.</summary>
    /// <param name="name">The problem's, with its form.</param>
    /// <param name="problem">The problem.</param>
    public static IEnumerable<Verified> Of(string name, Problem problem)
    {
        var checks = Solution(name, problem)
            .Concat(problem.Equilibria.Select(state => new DerivativeCheck($"{name}: its equations keep the constant state {string.Join(", ", state)}", ConstantState.Residual(problem, state), 1e-12)))
            .Select(check => new Verified(check));
        return problem.Void is { } reason ? Failing([.. checks], name, reason) : checks;
    }

    private static IEnumerable<Verified> Failing(IReadOnlyList<Verified> checks, string name, string reason)
    {
        foreach (var check in checks)
        {
            yield return check.Passed ? check : check with { Void = reason };
        }

        if (checks.All(check => check.Passed))
        {
            yield return new($"{name}: is void as published, and yet nothing of it fails ({reason})", checks.Max(check => check.Error), checks.Max(check => check.Limit), Passed: false);
        }
    }

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
