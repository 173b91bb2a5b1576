using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Fused;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Jets.Tests.Engines.Gpu;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Tests.Engines;

/// <summary>Arc tangent, error function and choices, where every engine has code of its own, on u = w x + c.</summary>
public sealed class ChoiceTests
{
    private static readonly OutputExpr U = Expr.OutputOf(0, 1);

    [Theory]
    [InlineData(Precision.Float32, 1e-5)]
    [InlineData(Precision.Float64, 1e-12)]
    public void Engines_agree_with_one_another(Precision precision, double limit)
    {
        using var torch = JetEngines.Create(JetEngines.Torch, Line(), precision, 1);
        using var fused = new FusedJetEngine(Line(), precision);
        using var gpu = SimulatedCards.Of().CreateEngine(Line(), precision, 1, null);
        var program = Program();

        var expected = EngineAnswers.Of(torch, program, 45);

        foreach (var engine in (IJetEngine[])[fused, gpu])
        {
            var answers = EngineAnswers.Of(engine, program, 45);
            for (var part = 0; part < answers.Length; part++)
            {
                var error = answers[part].Zip(expected[part], (a, b) => Math.Abs(a - b)).Max() / Math.Max(1, expected[part].Max(Math.Abs));
                Assert.True(error <= limit, $"{engine.GetType().Name}, part {part}: {error:g3} exceeds {limit:g3}");
            }
        }
    }

    /// <summary>u = x, so the residuals are functions of x and their slope by c is the derivative.</summary>
    [Theory]
    [InlineData(JetEngines.Fused)]
    [InlineData(JetEngines.Torch)]
    public void Values_and_slopes_are_those_of_the_functions_at_their_kinks_too(string name)
    {
        using var engine = JetEngines.Create(name, Line(), Precision.Float64, 0);
        double[] points = [-30, -2, -0.3, 0, 0.3, 2, 30];
        (Expr Of, Func<double, double> Value, Func<double, double> Slope)[] functions =
        [
            (Expr.Atan(U), Math.Atan, x => 1 / (1 + (x * x))),
            (Expr.Erf(U), ErrorFunction.Of, x => 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x)),
            (Expr.WherePositive(U * U.Value, U), x => x > 0 ? x * x : 0, x => x > 0 ? 2 * x : 0),
            (Expr.WherePositive(2 + U.Value, U), x => x > 0 ? 2 + x : 0, x => x > 0 ? 1 : 0),
            (Expr.WhereNotNegative(2 + U.Value, U), x => x >= 0 ? 2 + x : 0, x => x >= 0 ? 1 : 0),
            // The slope of what is not taken may be none: it is asked of the logarithm first.
            (Expr.WherePositive(Expr.Log(-U.Value), -U.Value), x => x < 0 ? Math.Log(-x) : 0, x => x < 0 ? 1 / x : double.NaN),
        ];
        using var pass = engine.CreatePass(ResidualProgram.Compile(1, 1, 0, [.. functions.Select(function => function.Of)]));
        engine.SetParameters([1, 0]);
        pass.SetPoints(points);
        var residuals = new double[functions.Length * points.Length];
        var rows = new double[points.Length * 2];
        pass.Forward(new double[functions.Length], residuals);
        for (var f = 0; f < functions.Length; f++)
        {
            pass.Jacobian(f, new double[points.Length], rows);

            Assert.Equal(points.Select(functions[f].Value), residuals[(f * points.Length)..((f + 1) * points.Length)], Near);
            Assert.Equal(points.Select(functions[f].Slope), points.Select((_, i) => rows[(i * 2) + 1]), Near);
        }

        static bool Near(double a, double b) => double.IsNaN(a) || Math.Abs(a - b) <= 1e-14 * Math.Max(1, Math.Abs(a));
    }

    [Theory]
    [InlineData(JetEngines.Fused)]
    [InlineData(JetEngines.Torch)]
    public void What_is_not_a_number_is_not_hidden_by_a_choice(string name)
    {
        using var engine = JetEngines.Create(name, Line(), Precision.Float64, 0);
        using var pass = engine.CreatePass(ResidualProgram.Compile(1, 1, 0, [Expr.WherePositive(1.0, Expr.Log(U)), Expr.WhereNotNegative(1.0, Expr.Log(U))]));
        engine.SetParameters([1, 0]);
        pass.SetPoints([-1.0, 2]);
        var residuals = new double[4];

        pass.Forward(new double[2], residuals);

        Assert.Equal([double.NaN, 1, double.NaN, 1], residuals);
    }

    [Theory]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(1, 0.8427007929497149)]
    [InlineData(-2, -0.9953222650189527)]
    [InlineData(1e-9, 1.1283791670955126e-9)]
    [InlineData(40, 1)]
    [InlineData(double.NaN, double.NaN)]
    public void The_error_function_has_its_tabulated_values(double x, double expected) =>
        Assert.Equal(expected, ErrorFunction.Of(x), (a, b) => a.Equals(b) || Math.Abs(a - b) <= 4e-16 * Math.Abs(a));

    private static ResidualProgram Program()
    {
        var (x, k) = (Expr.Coordinate(0), Expr.Coefficient(0));
        return ResidualProgram.Compile(1, 1, 1, [
            Expr.Atan(3 * U.Value) + (Expr.Erf(U) * k) + Expr.WherePositive(U.D(0) * U.Value, U - k),
            Expr.WhereNotNegative(Expr.Erf(5 * U.Value), x - 0.7) - Expr.WherePositive(Expr.Atan(U * U.Value), Expr.Sin(9 * U.Value)),
        ]);
    }

    private static NetworkGraph Line()
    {
        var builder = new NetworkBuilder([-1], [2], normalise: false);
        var weight = builder.Parameters("weight", 1, BlockRole.Weight, Initializers.Normal(0, 1));
        var bias = builder.Parameters("bias", 1, BlockRole.Bias, Initializers.Normal(0, 1));
        builder.Add(new Node.Dense(NetworkBuilder.Input, 1, weight, bias));
        return builder.Build();
    }
}
