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
        Expr.Atan(X * Y) + Expr.Erf(X - Y),
        Expr.WherePositive(X * X * Y, X) + Expr.WhereNotNegative(X * Y * Y, Y),
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

    /// <summary>A derivative of the third order by one coordinate of one of the fourth is what central differences give.</summary>
    [Theory]
    [MemberData(nameof(Expressions), DisableDiscoveryEnumeration = true)]
    public void Derivatives_to_the_fourth_order_agree_with_central_differences_of_the_third(Expr expression)
    {
        const double Step = 1e-4;
        for (var coordinate = 0; coordinate < 2; coordinate++)
        {
            var orders = new int[2];
            for (var order = 0; order < 4; order++)
            {
                var lower = CoordinateCalculus.Derivative(expression, [.. orders]);
                orders[coordinate]++;
                var higher = CoordinateCalculus.Derivative(expression, [.. orders]);
                double[] right = [0.31, -0.42], left = [0.31, -0.42];
                right[coordinate] += Step;
                left[coordinate] -= Step;

                var expected = (PlainValue.Of(lower, right) - PlainValue.Of(lower, left)) / (2 * Step);
                Assert.Equal(expected, PlainValue.Of(higher, [0.31, -0.42]), 1e-6 * Math.Max(1, Math.Abs(expected)));
            }
        }
    }

    [Fact]
    public void Derivatives_of_arc_tangent_and_error_function_are_the_known_ones()
    {
        const double At = 0.7;
        var (square, density) = (At * At, 2 / Math.Sqrt(Math.PI) * Math.Exp(-At * At));

        // d³ arctan x = (6x² − 2)/(1 + x²)³, d⁴ arctan x = 24 x (1 − x²)/(1 + x²)⁴; d³ erf x = (4x² − 2) e, d⁴ erf x = (12x − 8x³) e.
        Assert.Equal(((6 * square) - 2) / Math.Pow(1 + square, 3), Of(Expr.Atan(X), 3), 1e-13);
        Assert.Equal(24 * At * (1 - square) / Math.Pow(1 + square, 4), Of(Expr.Atan(X), 4), 1e-13);
        Assert.Equal(((4 * square) - 2) * density, Of(Expr.Erf(X), 3), 1e-13);
        Assert.Equal(((12 * At) - (8 * At * square)) * density, Of(Expr.Erf(X), 4), 1e-13);

        static double Of(Expr expression, int order) => PlainValue.Of(CoordinateCalculus.Derivative(expression, [order]), [At]);
    }

    [Fact]
    public void A_choice_has_the_slope_of_the_side_that_is_taken_and_a_jump_none()
    {
        var (above, from) = (CoordinateCalculus.Derivative(Expr.WherePositive(3 * X, X), 0), CoordinateCalculus.Derivative(Expr.WhereNotNegative(3 * X, X), 0));

        Assert.Equal([0, 3], [PlainValue.Of(above, [0.0]), PlainValue.Of(from, [0.0])]);
        Assert.Equal(0.0, CoordinateCalculus.Derivative(Expr.WherePositive(1.0, X), 0));
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
