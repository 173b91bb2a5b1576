using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Problems.References;
using PinnSweep.Problems.Scales;

namespace PinnSweep.Pinns.Tests.Scales;

public sealed class FoldedNumbersTests
{
    private static readonly ExpressionSymbols Symbols = ExpressionSymbols.Empty with { Coordinates = ["t"], Outputs = ["u"] };

    [Theory]
    [InlineData("exp(-(t - 1700000000))", "exp(negate(x0))")]
    [InlineData("t - 1700000000 + 2 - t", "-1699999998")]
    [InlineData("3*(u - 293)", "(3E-06 * u0_0)")]
    [InlineData("u_t/1e6", "(1E-12 * u0_1)")]
    [InlineData("sin(2*(t - 1.7e9) + u_t*1e6)", "sin((u0_1 + (2 * x0)))")]
    [InlineData("sqrt(4e6*u_t)", "(2 * sqrt(u0_1))")]
    public void Numbers_meet_and_are_folded(string text, string expected)
    {
        Assert.Equal(expected, Folded(text).ToString());
    }

    [Theory]
    [InlineData("u*u_t - (t - 1.7e9)*u^2/(1 + u^2)")]
    [InlineData("where(t > 1700000001, u, 2*u_t) + max(u, 293)")]
    [InlineData("log(1e9*(2 + sin(t - 1.7e9))) - tanh(1e6*u_t)^2")]
    [InlineData("((u - 293)*1e6 - 3)^3/(u_t*1e6 + 7) + exp(-t/1e9)")]
    [InlineData("-(-(-u - (u - (u - t)))) - (t - u)*2")]
    public void A_folded_expression_has_the_same_values(string text)
    {
        var (before, after) = (new PointFormula(ExpressionParser.Parse(text, Symbols)), new PointFormula(Folded(text)));
        foreach (var (t, u, slope) in new[] { (0.5, 0.3, -0.7), (1.5, -0.4, 0.2), (2.75, 0.9, 1.3) })
        {
            var expected = before.At([1.7e9 + t], leaf => Value(leaf, 293 + (1e-6 * u), 1e-6 * slope))!.Value;

            var found = after.At([t], leaf => Value(leaf, u, slope))!.Value;

            Assert.Equal(expected, found, 2e-6 * Math.Max(1e-6, Math.Abs(expected)));
        }
    }

    /// <summary>t = 1.7e9 + t', u = 293 + 1e-6 u'.</summary>
    private static Expr Folded(string text) => new FoldedNumbers(leaf => leaf switch
    {
        Expr.CoordinateOf => LinearForm.Sum([(1, LinearForm.Of(1.7e9)), (1, LinearForm.Of(1, leaf, isKnown: true))]),
        Expr.Derivative { Orders: [0] } => LinearForm.Sum([(1, LinearForm.Of(293)), (1, LinearForm.Of(1e-6, leaf, isKnown: false))]),
        _ => LinearForm.Of(1e-6, leaf, isKnown: false),
    }).Of(ExpressionParser.Parse(text, Symbols)).ToExpr();

    private static double Value(Expr leaf, double u, double slope) => leaf is Expr.Derivative { Orders: [0] } ? u : slope;
}
