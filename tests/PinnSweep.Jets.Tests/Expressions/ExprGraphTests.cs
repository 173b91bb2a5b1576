using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Tests.Expressions;

/// <summary>Shared parts are one: what doubles as a tree costs one step a level.</summary>
public sealed class ExprGraphTests
{
    private const int Levels = 60;

    [Fact]
    public void Order_of_nested_squares_holds_each_part_once()
    {
        var order = ExprGraph.Order(Squares(Expr.Coordinate(0), Levels));

        Assert.Equal(Levels + 1, order.Count);
        Assert.IsType<Expr.CoordinateOf>(order[0]);
    }

    [Fact]
    public void Order_is_operands_first_left_before_right()
    {
        var (x, y) = (Expr.Coordinate(0), Expr.Coordinate(1));
        var sum = x + y;
        var root = Expr.Sin(sum) * sum;

        Assert.Equal<Expr>([x, y, sum, ((Expr.Binary)root).Left, root], ExprGraph.Order(root), ReferenceEqualityComparer.Instance);
        Assert.Equal<Expr>([root], ExprGraph.Order(root, isKnown: part => part != root), ReferenceEqualityComparer.Instance);
        Assert.Equal<Expr>([sum, ((Expr.Binary)root).Left, root], ExprGraph.Order(root, isLeaf: part => part == sum), ReferenceEqualityComparer.Instance);
    }

    [Fact]
    public void Nested_squares_are_compared_hashed_written_and_replaced_at_once()
    {
        var (one, other) = (Squares(Expr.Coordinate(0), Levels), Squares(Expr.Coordinate(0), Levels));

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, Squares(Expr.Coordinate(1), Levels));
        Assert.NotEqual(one, Squares(Expr.Coordinate(0), Levels + 1));
        Assert.InRange(one.ToString().Length, 1, 300);
        Assert.Equal(Squares(Expr.Coordinate(1), Levels), ExprGraph.Replace(one, leaf => leaf is Expr.CoordinateOf ? Expr.Coordinate(1) : leaf));
        Assert.Equal(Levels + 1, ExprGraph.Order(ExprGraph.Replace(one, _ => Expr.Coordinate(1))).Count);
    }

    [Fact]
    public void Nested_squares_compile_to_a_product_a_level()
    {
        var u = Expr.OutputOf(0, 1);

        var program = ResidualProgram.Compile(1, 1, 0, [Squares(u.D(0), Levels) + Squares(Expr.Coordinate(0), Levels)]);

        Assert.Equal(Levels + 3, program.Instructions.Length);
        var columns = new double[1];
        new ColumnEvaluator(program.Columns, 1).Evaluate([1.0], columns);
        Assert.Equal(1, columns[0]);
    }

    [Fact]
    public void Derivative_of_nested_squares_is_the_textbooks_and_stays_small()
    {
        // (x^(2^5))'''' = 32·31·30·29 x^28.
        var derivative = CoordinateCalculus.Derivative(Squares(Expr.Coordinate(0), 5), [4]);

        var values = new double[1];
        new ColumnEvaluator([derivative], 1).Evaluate([0.9], values);
        Assert.Equal(32.0 * 31 * 30 * 29 * Math.Pow(0.9, 28), values[0], 1e-6);
        Assert.InRange(ExprGraph.Order(CoordinateCalculus.Derivative(Squares(Expr.Coordinate(0), Levels), [1])).Count, Levels, 10 * Levels);
    }

    [Fact]
    public void Derivatives_beyond_a_limit_are_refused()
    {
        var differentiation = new Differentiation(mostParts: 100);

        var mistake = Assert.Throws<ExpressionTooLargeException>(() => differentiation.Of(Squares(Expr.Coordinate(0), Levels), [4]));

        Assert.Equal(100, mistake.Most);
    }

    [Fact]
    public void No_depth_exhausts_the_stack()
    {
        const int Deep = 300_000;
        Expr sum = Expr.OutputOf(0, 1).Value;
        Expr sine = Expr.Coordinate(0);
        for (var i = 0; i < Deep; i++)
        {
            sum += Expr.Coefficient(0);
            sine = Expr.Sin(sine);
        }

        var program = ResidualProgram.Compile(1, 1, 1, [sum, sine]);

        Assert.Equal(Deep + 3, program.Instructions.Length);
        Assert.Equal(3, ExprGraph.Order(CoordinateCalculus.Derivative(Expr.Sin(Expr.Sin(Expr.Coordinate(0))), 0)).OfType<Expr.Unary>().Count());
        Assert.NotNull(CoordinateCalculus.Derivative(sine, 0));
        Assert.NotEqual(sine, Expr.Sin(sine));
    }

    private static Expr Squares(Expr x, int levels)
    {
        for (var i = 0; i < levels; i++)
        {
            x *= x;
        }

        return x;
    }
}
