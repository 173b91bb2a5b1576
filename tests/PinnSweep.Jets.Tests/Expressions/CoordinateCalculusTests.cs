using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Tests.Expressions;

public sealed class CoordinateCalculusTests
{
    private static readonly Expr X = Expr.Coordinate(0);
    private static readonly Expr Y = Expr.Coordinate(1);

    public static TheoryData<Expr> Expressions =>
    [
        X * X * Y,
        Expr.Sin(3 * X) * Expr.Cos(Y),
        Expr.Exp(X - (2 * Y)) / (2 + (X * X)),
        Expr.Log(2 + X) - Expr.Sqrt(3 + Y),
        Expr.Tanh(X * Y),
        Expr.Power(1 + (X * X), 2.5),
        -Expr.Power(X + 2, -1) + 7.0,
    ];

    [Theory]
    [MemberData(nameof(Expressions), DisableDiscoveryEnumeration = true)]
    public void Derivative_agrees_with_central_differences(Expr expression)
    {
        double[] point = [0.31, -0.42];
        const double Step = 1e-4;
        for (var coordinate = 0; coordinate < 2; coordinate++)
        {
            double[] right = [.. point];
            double[] left = [.. point];
            right[coordinate] += Step;
            left[coordinate] -= Step;

            var expected = (PlainValue.Of(expression, right) - PlainValue.Of(expression, left)) / (2 * Step);
            Assert.Equal(expected, PlainValue.Of(CoordinateCalculus.Derivative(expression, coordinate), point), 1e-6);
        }
    }

    [Fact]
    public void Derivative_of_mixed_order_applies_every_order() =>
        Assert.Equal(6 * 0.5 * 20, PlainValue.Of(CoordinateCalculus.Derivative(Expr.Power(X, 3) * Expr.Power(Y, 5), [2, 2]), [0.5, 1]), 1e-12);

    [Fact]
    public void Derivative_leaves_out_what_vanishes()
    {
        Assert.Equal(0.0, CoordinateCalculus.Derivative(Expr.Sin(X) * Expr.Exp(X), 1));
        Assert.Equal(1.0, CoordinateCalculus.Derivative(X + Y + 3.0, 0));
    }

    [Fact]
    public void Derivative_of_an_output_is_refused() =>
        Assert.Throws<ArgumentException>(() => CoordinateCalculus.Derivative(Expr.OutputOf(0, 2) * X, 0));
}
