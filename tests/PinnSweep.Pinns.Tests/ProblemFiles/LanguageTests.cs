using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Problems.References;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

/// <summary>Functions, powers, choices and derivatives of the language: their values, and the values of their derivatives.</summary>
public sealed class LanguageTests
{
    private static readonly ExpressionSymbols Line = new(["x"], [], ImmutableSortedDictionary<string, double>.Empty, []);

    private static readonly ExpressionSymbols Plane = new(["x", "y", "t"], ["u", "v"], ImmutableSortedDictionary<string, double>.Empty.Add("k", 0.5), ["c"]) { Time = 2 };

    // Inputs where nothing jumps, with the value at 0.3 by .NET's own functions or by hand.
    public static TheoryData<string, double> Smooth => new()
    {
        { "atan(2*x)", Math.Atan(0.6) },
        { "asin(x)", Math.Asin(0.3) },
        { "acos(x)", Math.Acos(0.3) },
        { "atan2(x, 1 - x)", Math.Atan2(0.3, 0.7) },
        { "atan2(x, x - 1)", Math.Atan2(0.3, -0.7) },
        { "atan2(-x, x - 1)", Math.Atan2(-0.3, -0.7) },
        { "atan2(-1, x)", Math.Atan2(-1, 0.3) },
        { "erf(x)", ErrorFunction.Of(0.3) },
        { "erfc(2*x)", 1 - ErrorFunction.Of(0.6) },
        { "log10(x)", Math.Log10(0.3) },
        { "sech(x)", 1 / Math.Cosh(0.3) },
        { "abs(x - 1)^3", 0.343 },
        { "sign(x - 1)*x", -0.3 },
        { "min(x, x^2, 1)", 0.09 },
        { "max(x, x^2, -1)", 0.3 },
        { "step(x - 0.5) + step(x)*x", 0.3 },
        { "heaviside(x, 0.5)*exp(x)", Math.Exp(0.3) },
        { "clip(x^2, 0.01, 1) + clip(x, 0.5, 2) + clip(x, -2, 0.1)", 0.09 + 0.5 + 0.1 },
        { "x^x", Math.Pow(0.3, 0.3) },
        { "2^x", Math.Pow(2, 0.3) },
        { "pow(1 + x, x) + pow(x, 3)", Math.Pow(1.3, 0.3) + 0.027 },
        { "e^(-x)", Math.Exp(-0.3) },
        { "where(x < 0.5, x^3, 7)", 0.027 },
        { "where(0.1 < x <= 0.2, 7, sin(x))", Math.Sin(0.3) },
        { "where(0.1 < x < 0.5, cos(x), 7)", Math.Cos(0.3) },
        { "where(x >= 0.5, log(x - 0.5), x)", 0.3 },
    };

    [Theory]
    [MemberData(nameof(Smooth))]
    public void A_function_has_its_value(string text, double expected) => Assert.Equal(expected, At(text, 0.3), 1e-14);

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Derivatives_to_the_fourth_order_are_those_of_central_differences(string text, double expected)
    {
        const double Step = 1e-4;
        Assert.True(double.IsFinite(expected));
        for (var order = 1; order <= 4; order++)
        {
            var lower = order == 1 ? text : FormattableString.Invariant($"d({text}, x, {order - 1})");
            var difference = (At(lower, 0.3 + Step) - At(lower, 0.3 - Step)) / (2 * Step);

            Assert.Equal(difference, At(FormattableString.Invariant($"d({text}, x, {order})"), 0.3), 1e-5 * Math.Max(1, Math.Abs(difference)));
        }
    }

    /// <summary>What is said of one side: <c>abs</c> and <c>sign</c> 0 at 0, <c>step</c> 1, the first of equals in <c>min</c> and <c>max</c>.</summary>
    [Theory]
    [InlineData("abs(x)", 0, 0)]
    [InlineData("sign(x)", 0, 0)]
    [InlineData("step(x)", 1, 0)]
    [InlineData("heaviside(x)", 1, 0)]
    [InlineData("heaviside(x, 0.25)", 0.25, 0)]
    [InlineData("max(x, 3*x)", 0, 1)]
    [InlineData("max(3*x, x)", 0, 3)]
    [InlineData("min(x, 3*x)", 0, 1)]
    [InlineData("clip(x, 0, 1)", 0, 1)]
    [InlineData("where(x < 0, 2*x + 1, 5*x + 3)", 3, 5)]
    [InlineData("where(x <= 0, 2*x + 1, 5*x + 3)", 1, 2)]
    [InlineData("where(x > 0, 2*x + 1, 5*x + 3)", 3, 5)]
    [InlineData("where(x >= 0, 2*x + 1, 5*x + 3)", 1, 2)]
    public void A_kink_has_the_value_and_slope_of_its_side(string text, double value, double slope)
    {
        Assert.Equal(value, At(text, 0));
        Assert.Equal(slope, At($"d({text}, x)", 0));
    }

    [Fact]
    public void A_choice_is_exact_where_its_parts_differ_by_many_orders()
    {
        Assert.Equal(1, At("max(x, 1e300)*0 + max(1, -1e20)", 0.3));
        Assert.Equal(-1e20, At("min(1, -1e20)", 0.3));
        Assert.Equal(3e-20, At("clip(3e-20, 1e-20, 1)", 0.3));
        Assert.Equal([Math.PI, -Math.PI / 2, Math.PI / 2], [At("atan2(0, -1)", 0), At("atan2(-2, 0)", 0), At("asin(1)", 0)]);
    }

    [Fact]
    public void Values_with_31_digits_keep_the_identities_of_the_functions()
    {
        var x = Expr.Coordinate(0);
        var pi = 4.0 * Expr.Atan(1.0);
        var (series, power, factorial) = ((Expr)0.0, x, 1.0);
        for (var n = 0; n < 18; n++)
        {
            series = n % 2 == 0 ? series + (power / factorial / ((2 * n) + 1.0)) : series - (power / factorial / ((2 * n) + 1.0));
            power *= x * x;
            factorial *= n + 1;
        }

        Assert.Equal(0, ClosedForm.EvaluatePrecisely((Expr.Sin(Expr.Atan(x)) / Expr.Cos(Expr.Atan(x))) - x, [0.3]), 1e-30);
        Assert.Equal(0, ClosedForm.EvaluatePrecisely((Expr.Erf(x) * Expr.Sqrt(pi) / 2.0) - series, [0.3]), 1e-30);
        Assert.Equal([0.3, 0, 0.3, 0], new[] { Expr.WherePositive(x, x), Expr.WherePositive(x, -x), Expr.WhereNotNegative(x, x - x), Expr.WherePositive(x, x - x) }.Select(part => ClosedForm.EvaluatePrecisely(part, [0.3])));
        Assert.Equal([1, -1], new[] { Expr.Erf(30 * x), Expr.Erf(-30 * x) }.Select(part => ClosedForm.EvaluatePrecisely(part, [0.3])));
    }

    // u = x³ y² + t x and v = sin(x) y at (0.3, 0.7, 0.2).
    public static TheoryData<string, Func<double, double, double, double>> Derived => new()
    {
        { "d(u*u_x, x)", (x, y, t) => (((3 * x * x * y * y) + t) * ((3 * x * x * y * y) + t)) + (((x * x * x * y * y) + (t * x)) * 6 * x * y * y) },
        { "d(k*x*u, x, y)", (x, y, _) => 0.5 * 8 * x * x * x * y },
        { "d(u, x, 2, y)", (x, y, _) => 12 * x * y },
        { "d(c*v, x)", (x, y, _) => 2 * Math.Cos(x) * y },
        { "div(u, v)", (x, y, t) => (3 * x * x * y * y) + t + Math.Sin(x) },
        { "div(k*grad(u))", (x, y, _) => 0.5 * ((6 * x * y * y) + (2 * x * x * x)) },
        { "div((1 + x)*grad(u) - grad(v)/2)", (x, y, t) => ((1 + x) * ((6 * x * y * y) + (2 * x * x * x))) + (3 * x * x * y * y) + t + (Math.Sin(x) * y / 2) },
        { "laplacian(u)", (x, y, _) => (6 * x * y * y) + (2 * x * x * x) },
        { "laplacian(laplacian(u))", (x, _, _) => 24 * x },
        { "dot(grad(u), grad(v))", (x, y, t) => ((((3 * x * x * y * y) + t) * Math.Cos(x)) * y) + (2 * x * x * x * y * Math.Sin(x)) },
        { "d(abs(u), x)", (x, y, t) => (3 * x * x * y * y) + t },
    };

    [Theory]
    [MemberData(nameof(Derived), DisableDiscoveryEnumeration = true)]
    public void Derivatives_of_expressions_are_total(string text, Func<double, double, double, double> expected)
    {
        var (x, y, t) = (0.3, 0.7, 0.2);

        var value = new PointFormula(ExpressionParser.Parse(text, Plane)).At([x, y, t], Leaf);

        Assert.Equal(expected(x, y, t), value!.Value, 1e-12);

        double Leaf(Expr leaf) => leaf switch
        {
            Expr.CoefficientOf => 2,
            Expr.Derivative { Output: 0, Orders: [var i, var j, var k] } => (Of(x, 3, i) * Of(y, 2, j) * Of(t, 0, k)) + (Of(x, 1, i) * Of(y, 0, j) * Of(t, 1, k)),
            Expr.Derivative { Orders: [var i, var j, var k] } => Math.Sin(x + (i * Math.PI / 2)) * Of(y, 1, j) * Of(t, 0, k),
            _ => throw new NotSupportedException($"{leaf}"),
        };

        static double Of(double z, int power, int order) =>
            order > power ? 0 : Enumerable.Range(0, order).Aggregate(1.0, (product, i) => product * (power - i)) * Math.Pow(z, power - order);
    }

    [Theory]
    [InlineData("d(u_xxx, x, 2)", "derives u 5 times; the highest order is 4; an auxiliary output splits it: outputs [u, w], an equation w = u_xx, and w_xxx in place of the derivative")]
    [InlineData("d(u, z)", "'z' is no coordinate; they are x, y, t")]
    [InlineData("d(u)", "says by what is derived, for instance d(u, x)")]
    [InlineData("d(u, t, 0.5)", "the order '0.5' is no whole number: fractional derivatives are not known; auxiliary outputs")]
    [InlineData("grad(u)", "a gradient is a vector; it stands in div(…) or dot(…, …)")]
    [InlineData("u + sin(grad(u))", "a gradient is a vector")]
    [InlineData("div(grad(u)*grad(v))", "two gradients make a number in dot(a, b)")]
    [InlineData("div(u + grad(v))", "a gradient is added to a gradient")]
    [InlineData("div(u)", "div takes a vector, as in div(k*grad(u)), or a part for each coordinate of space (x, y); found 1")]
    [InlineData("dot(u, v)", "dot takes two vectors")]
    [InlineData("dn(u)", "it stands in a condition on sides of the domain")]
    [InlineData("max(u)", "'max' takes 2 or more arguments; found 1")]
    [InlineData("atan2(x)", "'atan2' takes 2 arguments; found 1")]
    [InlineData("heaviside(x, 1, 2)", "'heaviside' takes 1 to 2 arguments; found 3")]
    [InlineData("where(x, 1, 2)", "',' stands where a comparison ('<', '<=', '>' or '>=') is expected")]
    [InlineData("laplacian(u, v)", "'laplacian' takes 1 argument; found 2")]
    public void A_derivative_or_call_that_cannot_be_is_told(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(text, Plane)).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_of_the_file_come_before_functions_that_came_later()
    {
        var symbols = Line with { Constants = Line.Constants.Add("step", 3).Add("e", 2).Add("max", 5) };

        Assert.Equal(3 * 2 * 5.0, PointValue.Of(ExpressionParser.Parse("step*e*max", symbols), []));
        Assert.Equal(4, PointValue.Of(ExpressionParser.Parse("max(step, 4)", symbols), []));
    }

    private static double At(string text, double x) => new PointFormula(ExpressionParser.Parse(text, Line)).At([x])!.Value;
}
