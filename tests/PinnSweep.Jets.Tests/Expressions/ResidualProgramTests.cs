using CsCheck;
using PinnSweep.Jets.Expressions;

namespace PinnSweep.Jets.Tests.Expressions;

public sealed class ResidualProgramTests
{
    private static readonly Expr X = Expr.Coordinate(0);
    private static readonly Expr T = Expr.Coordinate(1);
    private static readonly OutputExpr U = Expr.OutputOf(0, 2);

    [Fact]
    public void Compile_burgers_takes_x_to_second_order_and_t_to_first()
    {
        var program = ResidualProgram.Compile(2, 1, 0, [U.D(1) + (U * U.D(0)) - (0.01 / Math.PI * U.D(0, 0))]);

        Assert.Equal(new JetLayout(2, [new Direction([1, 0], 2), new Direction([0, 1], 1)]), program.Layout);
        Assert.Empty(program.Columns);
    }

    [Fact]
    public void Compile_plate_takes_both_diagonals_to_fourth_order()
    {
        var program = ResidualProgram.Compile(2, 1, 0, [U.D(0, 0, 0, 0) + (2 * U.D(0, 0, 1, 1)) + U.D(1, 1, 1, 1)]);

        Assert.Equal(new JetLayout(2, [new Direction([1, 0], 4), new Direction([0, 1], 4), new Direction([1, 1], 4), new Direction([1, -1], 4)]), program.Layout);
    }

    [Fact]
    public void Compile_a_mixed_derivative_beside_the_laplacian_adds_one_direction()
    {
        var program = ResidualProgram.Compile(2, 1, 0, [U.D(0, 0) + U.D(1, 1) + U.D(0, 1)]);

        Assert.Equal(3, program.Layout.Directions.Length);
        Assert.Equal(7, program.Layout.Channels);
    }

    [Fact]
    public void Compile_a_value_needs_no_direction()
    {
        var program = ResidualProgram.Compile(2, 1, 0, [U - Expr.Sin(X)]);

        Assert.Equal(JetLayout.ValuesOnly(2), program.Layout);
    }

    [Fact]
    public void Compile_hoists_the_largest_coordinate_only_parts_and_shares_equal_ones()
    {
        var source = Expr.Sin(Math.PI * X) * Expr.Exp(-T);
        var again = Expr.Sin(Math.PI * X) * Expr.Exp(-T);

        var program = ResidualProgram.Compile(2, 1, 0, [U.D(0, 0) - source, U - again]);

        var column = Assert.Single(program.Columns);
        Assert.Same(source, column);
        Assert.DoesNotContain(program.Instructions, instruction => instruction.Op is OpCode.Sin or OpCode.Exp);
    }

    [Fact]
    public void Compile_folds_constants_and_drops_what_no_residual_needs()
    {
        var program = ResidualProgram.Compile(2, 1, 1, [(U * 0.0) + (2.0 * (3.0 * U.D(0))) + ((Expr)0.0 * Expr.Coefficient(0))]);

        Assert.Equal([new Instruction(OpCode.Jet, 0, 1), new Instruction(OpCode.Scale, 0, Constant: 6)], program.Instructions);
    }

    [Fact]
    public void Compile_computes_a_shared_part_once()
    {
        var shared = Expr.Exp(U) * U.D(0);

        var program = ResidualProgram.Compile(2, 1, 0, [shared + U, shared * U, Expr.Exp(U.Value) * U.D(0)]);

        Assert.Single(program.Instructions, instruction => instruction.Op == OpCode.Exp);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Compile_refuses_what_the_network_lacks(int output) =>
        Assert.Throws<ArgumentException>(() => ResidualProgram.Compile(2, 1, 0, [Expr.OutputOf(output, 2).Value]));

    [Fact]
    public void Compile_refuses_a_fifth_derivative() =>
        Assert.Throws<ArgumentException>(() => ResidualProgram.Compile(2, 1, 0, [U.D(0, 0, 0, 1, 1)]));

    // u = exp(a·x): every partial is known, ∂ᵅu = aᵅ u, and so is every directional derivative, D_vᵏ u = (a·v)ᵏ u.
    [Fact]
    public void Any_set_of_derivatives_up_to_order_four_is_recovered_from_directions()
    {
        var derivative = Gen.Int[0, 2].List[1, 4];
        Gen.Select(Gen.Double[-1.5, 1.5].Array[3], derivative.List[1, 5]).Sample((slope, lists) =>
        {
            var output = Expr.OutputOf(0, 3);
            var program = ResidualProgram.Compile(3, 1, 0, [.. lists.Select(list => output.D([.. list]))]);
            var residuals = new double[lists.Count];
            new ResidualEvaluator(program).Evaluate(Jets(program.Layout, slope), [], [], residuals);

            for (var j = 0; j < residuals.Length; j++)
            {
                var expected = lists[j].Aggregate(1.0, (product, coordinate) => product * slope[coordinate]);
                Assert.Equal(expected, residuals[j], 1e-10);
            }
        }, iter: 300);
    }

    [Fact]
    public void Fourth_derivatives_in_four_coordinates_are_recovered()
    {
        double[] slope = [0.5, -1.25, 2, 0.75];

        var program = ResidualProgram.Compile(4, 1, 0, [Expr.OutputOf(0, 4).D(0, 1, 2, 3)]);
        var residuals = new double[1];
        new ResidualEvaluator(program).Evaluate(Jets(program.Layout, slope), [], [], residuals);

        Assert.Equal(8, program.Layout.Directions.Length);
        Assert.Equal(0.5 * -1.25 * 2 * 0.75, residuals[0], 1e-12);
    }

    [Fact]
    public void The_reverse_sweep_agrees_with_central_differences()
    {
        var k = Expr.Coefficient(0);
        var other = Expr.OutputOf(1, 2);
        Expr[] residuals =
        [
            (Expr.Exp(k * U) * U.D(0, 0)) + (Expr.Sin(U.D(1)) / (2.0 + (other.Value * other.Value))) - Expr.Tanh(other.D(0)),
            (Expr.Sqrt(1.0 + (U.Value * U.Value)) * Expr.Cos(k)) + Expr.Log(3.0 + U.D(0)) + (Expr.Power(2.0 + other.Value, 1.7) * X),
        ];
        var program = ResidualProgram.Compile(2, 2, 1, residuals);
        var evaluator = new ResidualEvaluator(program);
        var inputs = Enumerable.Range(0, (2 * program.Layout.Channels) + 1).Select(i => Math.Sin(1.3 * (i + 1))).ToArray();
        double[] seeds = [0.7, -1.1];
        double[] columns = [.. Enumerable.Repeat(0.4, program.Columns.Length)];

        double Weighted(double[] at)
        {
            var values = new double[2];
            evaluator.Evaluate(at.AsSpan(0, at.Length - 1), columns, at.AsSpan(at.Length - 1), values);
            return (seeds[0] * values[0]) + (seeds[1] * values[1]);
        }

        Weighted(inputs);
        var gradient = new double[inputs.Length];
        evaluator.Differentiate(seeds, gradient.AsSpan(0, inputs.Length - 1), gradient.AsSpan(inputs.Length - 1));

        for (var i = 0; i < inputs.Length; i++)
        {
            var (up, down) = ((double[])inputs.Clone(), (double[])inputs.Clone());
            up[i] += 1e-6;
            down[i] -= 1e-6;
            Assert.Equal((Weighted(up) - Weighted(down)) / 2e-6, gradient[i], 1e-8);
        }
    }

    private static double[] Jets(JetLayout layout, double[] slope)
    {
        var jets = new double[layout.Channels];
        jets[0] = 1;
        for (var d = 0; d < layout.Directions.Length; d++)
        {
            var along = layout.Directions[d].Components.Zip(slope, (v, a) => v * a).Sum();
            for (var k = 1; k <= layout.Directions[d].Order; k++)
            {
                jets[layout.Channel(d, k)] = Math.Pow(along, k);
            }
        }

        return jets;
    }
}
