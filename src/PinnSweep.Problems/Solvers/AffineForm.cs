using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Solvers;

/// <summary>
/// A residual that is affine in its derivatives: the factor of each at a point and the rest, found by putting in ones and zeros. Not
/// thread-safe.
/// </summary>
internal sealed class AffineForm
{
    private readonly PointFormula _formula;
    private readonly Func<Expr, double> _leaf;
    private int _one;

    private AffineForm(Expr residual, ImmutableArray<Expr.Derivative> leaves)
    {
        (_formula, Leaves) = (new(residual), leaves);
        _leaf = leaf => _one >= 0 && Leaves[_one].Equals((Expr.Derivative)leaf) ? 1 : 0;
    }

    /// <summary>The derivatives, each once.</summary>
    public ImmutableArray<Expr.Derivative> Leaves { get; }

    /// <summary>The form, or null where the residual is not affine or holds what is no formula of the coordinates.</summary>
    public static AffineForm? Of(Expr residual)
    {
        var parts = ExprGraph.Order(residual).ToList();
        return parts.Exists(part => part is Expr.CoefficientOf or Expr.KnownFunction or Expr.Derivative { IsAcross: true }) || LinearPart.Of(residual) is null
            ? null
            : new(residual, [.. parts.OfType<Expr.Derivative>().Distinct()]);
    }

    /// <summary>Writes the factors at a point; the rest is returned.</summary>
    public double At(ReadOnlySpan<double> point, Span<double> factors)
    {
        _one = -1;
        var rest = _formula.At(point, _leaf)!.Value;
        for (_one = 0; _one < Leaves.Length; _one++)
        {
            factors[_one] = _formula.At(point, _leaf)!.Value - rest;
        }

        return rest;
    }
}
