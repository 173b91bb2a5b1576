using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>
/// A solution in closed form put into residuals, with derivatives that are bounded in size: nested functions double with every order.
/// </summary>
/// <param name="exact">The solution, an expression for each output.</param>
/// <exception cref="ExpressionTooLargeException">Thrown by its members where derivatives are too large.</exception>
internal sealed class InsertedSolution(ImmutableArray<Expr> exact)
{
    private const int MostParts = 20_000;
    private readonly Differentiation _differentiation = new(MostParts);
    private readonly Dictionary<Expr.Derivative, Expr> _derivatives = [];

    /// <summary>An expression with the solution in place of the network.</summary>
    public Expr Of(Expr expression, Across? across) => ExprGraph.Replace(expression, leaf => leaf switch
    {
        Expr.Derivative { IsAcross: true } derivative => ClosedForm.Moved(Derivative(derivative with { IsAcross = false }), across!),
        Expr.Derivative derivative => Derivative(derivative),
        _ => leaf,
    });

    private Expr Derivative(Expr.Derivative derivative)
    {
        if (!_derivatives.TryGetValue(derivative, out var known))
        {
            _derivatives[derivative] = known = _differentiation.Of(exact[derivative.Output], derivative.Orders);
        }

        return known;
    }
}
