using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.HardConstraints;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// How large the expressions of a problem file may be. Real problems (Navier–Stokes, Gray–Scott, Kuramoto–Sivashinsky, a clamped plate) use
/// less than a tenth of each.
/// </summary>
internal static class SizeChecks
{
    /// <summary>Parts of all expressions together, shared ones counted once.</summary>
    public const int MostParts = 20_000;

    /// <summary>Operations of the program that the residuals become, with the parts that depend on coordinates alone.</summary>
    public const int MostOperations = 20_000;

    /// <summary>What is said of an ansatz whose derivatives are too large.</summary>
    public static string Derivatives { get; } = FormattableString.Invariant(
        $"the derivatives of lift and multiplier that the equations need have more than {HardConstraint.MostParts:N0} parts; take simpler forms, or conditions in the loss");

    /// <summary>Why the expressions are too large as they stand; null where they are not.</summary>
    public static string? Parts(Problem problem)
    {
        var parts = ExprGraph.Order(problem.Terms.Select(term => term.Residual).Concat(problem.Ansatz.SelectMany(form => new[] { form.Lift, form.Multiplier }))).Count;
        return parts > MostParts
            ? FormattableString.Invariant($"equations, conditions and hard have {parts:N0} parts together (numbers, names, operations); at most {MostParts:N0}")
            : null;
    }

    /// <summary>Why the program that an engine would run for the residuals is too large; null where it is not.</summary>
    public static string? Program(Problem problem)
    {
        // Terms that compare two sides are programs of their own, as in a training.
        var operations = problem.Terms.GroupBy(term => term.PairsOn).Sum(terms =>
        {
            var program = problem.Compile([.. terms]);
            return program.Instructions.Length + ExprGraph.Order(program.Columns).Count;
        });
        return operations > MostOperations
            ? FormattableString.Invariant($"expands to {operations:N0} operations with all derivatives; at most {MostOperations:N0}")
            : null;
    }
}
