using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Problems.Formulation;

/// <summary>
/// Whether the equations of a problem keep a constant state, tried at random points. Equations with trained coefficients may keep any.
/// </summary>
public static class ConstantState
{
    private const int PointsTried = 32;
    private const double Rounding = 1e-9;

    /// <summary>The largest residual that a state leaves, relative to the largest number on the way to it.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="state">A value for each output.</param>
    public static double Residual(Problem problem, ImmutableArray<double> state) =>
        Equations(problem).Select(term => Largest(problem, term, state).Relative).DefaultIfEmpty(0).Max();

    /// <summary>What a state leaves in an equation, in words; null where all keep it.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="state">A value for each output.</param>
    public static string? WhyNone(Problem problem, ImmutableArray<double> state)
    {
        foreach (var term in Equations(problem))
        {
            if (Largest(problem, term, state) is { Relative: not <= Rounding, Residual: var left })
            {
                return string.Create(CultureInfo.InvariantCulture, $"it leaves {ShortNumber.Rounded(left, 3)} in equation '{term.Name}'");
            }
        }

        return null;
    }

    private static IEnumerable<LossTerm> Equations(Problem problem) =>
        problem.Terms.Where(term => term.Role == TermRole.Residual && !ExprGraph.Order(term.Residual).Any(part => part is Expr.CoefficientOf));

    private static (double Residual, double Relative) Largest(Problem problem, LossTerm term, ImmutableArray<double> state)
    {
        var (formula, region, stream) = (new PointFormula(term.Residual), Region.Domain(problem), new RandomStream(1, "equilibria"));
        var (unit, point, values) = (new double[region.FreeDimensions], new double[problem.Dimension], new double[formula.Count]);
        var (residual, relative) = (0.0, 0.0);
        for (var i = 0; i < PointsTried; i++)
        {
            stream.FillUniform(unit);
            region.Place(unit, point);
            formula.Evaluate(point, leaf => leaf is Expr.Derivative derivative && derivative.Orders.All(order => order == 0) ? state[derivative.Output] : 0, values);
            var left = Math.Abs(values[^1]);
            residual = Math.Max(residual, left);
            relative = Math.Max(relative, left > 0 ? left / values.Max(Math.Abs) : left);
        }

        return (residual, relative);
    }
}
