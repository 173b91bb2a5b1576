using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.ProblemFiles;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

public sealed class ExpressionParserTests
{
    private static readonly ExpressionSymbols Symbols = new(
        ["x", "t"], ["u", "v"], ImmutableSortedDictionary<string, double>.Empty.Add("nu", 0.01), ["k"]);

    private static readonly OutputExpr U = Expr.OutputOf(0, 2);
    private static readonly Expr X = Expr.Coordinate(0);

    public static TheoryData<string, Expr> Readings => new()
    {
        { "u_t + u*u_x - nu*u_xx", U.D(1) + (U.Value * U.D(0)) - (0.01 * U.D(0, 0)) },
        { "u_xxt", U.D(0, 0, 1) },
        { "v", Expr.OutputOf(1, 2).Value },
        { "k*x", Expr.Coefficient(0) * X },
        { "-x^2", -(X * X) },
        { "x**3", Expr.Power(X, 3) },
        { "2 - 3 - 4", new Expr.Number(2) - 3.0 - 4.0 },
        { "x^-(1/2)", Expr.Power(X, -0.5) },
        { "sin(pi*x)/ 2", Expr.Sin(Math.PI * X) / 2.0 },
        { "1.5e-3", 1.5e-3 },
        { "--x", X },
    };

    [Theory]
    [MemberData(nameof(Readings), DisableDiscoveryEnumeration = true)]
    public void Parse_known_text_gives_the_expression(string text, Expr expected) =>
        Assert.Equal(expected, ExpressionParser.Parse(text, Symbols));

    [Theory]
    [InlineData("u_t + ", 7, "ends")]
    [InlineData("u_t + w", 7, "'w' unknown")]
    [InlineData("sni(x)", 1, "nearest 'sin'")]
    [InlineData("(x", 3, "')'")]
    [InlineData("x x", 3, "operator")]
    [InlineData("x^", 3, "ends")]
    [InlineData("1..2", 1, "not a number")]
    [InlineData("u_xxxxx", 1, "derivative of order 5; the highest is 4")]
    [InlineData("1 + u_xz", 5, "no derivative of 'u'")]
    [InlineData("x $ t", 3, "'$'")]
    [InlineData("", 1, "ends")]
    public void Parse_mistake_names_its_column(string text, int column, string message)
    {
        var mistake = Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(text, Symbols));

        Assert.Equal(column, mistake.Column);
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_deep_nesting_is_refused_and_does_not_exhaust_the_stack() =>
        Assert.Contains("deep", Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(new string('(', 100_000), Symbols)).Message, StringComparison.Ordinal);
}
