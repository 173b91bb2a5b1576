using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Places;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// An equation that holds in a part of the domain: its residual is 0 elsewhere. All equations share their points, so that samplers which
/// follow the residual follow that of every part.
/// </summary>
internal static class PartOfDomain
{
    /// <summary>The term within limits; its scale makes its loss the mean square over the part alone.</summary>
    public static LossTerm Of(LossTerm term, Limits limits, Problem domain)
    {
        var residual = term.Residual;
        foreach (var axis in limits.Axes)
        {
            var (lower, upper) = limits.Of(axis);
            residual = double.IsFinite(lower) ? Expr.WherePositive(1.0, Expr.Coordinate(axis) - lower) * residual : residual;
            residual = double.IsFinite(upper) ? Expr.WherePositive(1.0, upper - Expr.Coordinate(axis)) * residual : residual;
        }

        var share = Region.Domain(domain, limits).Measure / Region.Domain(domain).Measure;
        return term with { Residual = residual, Inside = term.Residual, Within = limits, Scale = term.Scale * Math.Sqrt(share) };
    }
}
