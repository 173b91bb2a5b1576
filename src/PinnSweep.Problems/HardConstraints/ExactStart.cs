using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.HardConstraints;

/// <summary>
/// Initial values that hold exactly and nothing else: u = u₀(x) + τ N with τ = 0 at the first moment and 1 at the last. Conditions on other
/// sides stay in the loss, or with the network where it repeats by itself: a multiplier of the whole ansatz that vanishes at both ends, such
/// as t (1 − x²), would ask of a periodic N to jump there.
/// </summary>
public static class ExactStart
{
    private const int PointsTried = 8;
    private const double Same = 1e-12;

    /// <summary>Why a problem's start cannot be kept, or null where it can.</summary>
    public static string? WhyNot(Problem problem) => problem.TimeAxis is null
        ? "an exact start needs a time axis, which this problem has not"
        : TryLifts(problem, out var missing).IsDefault
            ? $"an exact start needs one initial condition of the form {missing} − g for each output and no other, and this problem's are not"
            : null;

    /// <summary>The problem with its start in the ansatz.</summary>
    public static Problem Apply(Problem problem)
    {
        var time = problem.Axes[problem.TimeAxis!.Value];
        var passed = (Expr.Coordinate(problem.TimeAxis.Value) - time.Lower) / time.Extent;
        return HardConstraint.Apply(problem with { Ansatz = [.. TryLifts(problem, out _).Select(lift => new Ansatz(lift, passed))] });
    }

    /// <summary>u₀ of each output; default where one has none.</summary>
    private static ImmutableArray<Expr> TryLifts(Problem problem, out string missing)
    {
        var initial = problem.Terms.Where(term => term.Role == TermRole.Initial).ToList();
        var lifts = ImmutableArray.CreateBuilder<Expr>();
        for (var output = 0; output < problem.Outputs.Length; output++)
        {
            missing = problem.Outputs[output];
            var lift = initial.ConvertAll(term => LiftOf(term, output, problem)).Find(found => found is not null);
            if (lift is null || initial.Count != problem.Outputs.Length)
            {
                return default;
            }

            lifts.Add(lift);
        }

        missing = "";
        return lifts.ToImmutable();
    }

    /// <summary>g of a residual u − g; null where it is none.</summary>
    private static Expr? LiftOf(LossTerm term, int output, Problem problem)
    {
        var leaves = ExprGraph.Order(term.Residual).Where(part => part is Expr.Derivative or Expr.CoefficientOf).Distinct().ToList();
        if (leaves is not [Expr.Derivative leaf] || leaf.Output != output || leaf.IsAcross || leaf.Orders.Any(order => order > 0))
        {
            return null;
        }

        var formula = new PointFormula(term.Residual);
        var stream = new RandomStream(1, "exact-start");
        var point = new double[problem.Dimension];
        var unit = new double[problem.Dimension];
        for (var i = 0; i < PointsTried; i++)
        {
            stream.FillUniform(unit);
            for (var axis = 0; axis < point.Length; axis++)
            {
                point[axis] = problem.Axes[axis].Lower + (unit[axis] * problem.Axes[axis].Extent);
            }

            if (!(Math.Abs(At(1) - At(0) - 1) <= Same) || !(Math.Abs(At(3) - At(0) - 3) <= Same))
            {
                return null;
            }
        }

        return -ExprGraph.Replace(term.Residual, part => part == leaf ? 0.0 : part);

        double At(double value) => formula.At(point, _ => value)!.Value;
    }
}
