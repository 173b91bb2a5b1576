using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_tt = u_xx + 2 u_yy on [0, 1]² × [0, 100]. What was published as the solution, sin πx sinh πy cos πt + sinh 3πx sin 2πy cos πt, is none:
/// u_xx + 2 u_yy − u_tt is 2π² u there, and without a condition on u_t the problem has many. The corrected form keeps the two pairs of wave
/// numbers and starts at rest: sin πx sin πy cos √3 πt + sin 3πx sin 2πy cos √17 πt, since ω² = π² (m² + 2 n²).
/// </summary>
internal static class Wave2DMultiscale
{
    private const double End = 100;
    private static readonly (int M, int N)[] Modes = [(1, 1), (3, 2)];

    private static readonly Parameter<Variant> Form = MethodParameters.Choice(
        "form",
        "corrected: Σ sin mπx sin nπy cos(π√(m² + 2n²) t) for (m, n) = (1, 1), (3, 2), at rest at first; published: void, what the authors' program "
            + "compares with does not solve its equation",
        Variant.Corrected, Variant.Published);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "wave-2d-multiscale",
            "2-D wave equation u_tt = u_xx + 2 u_yy over some 200 periods, two standing waves",
            "Hao et al., PINNacle, NeurIPS 2024, arXiv:2306.08827 (in a corrected form)",
            [Form]),
        level => Form.Of(level) == Variant.Corrected ? Corrected() : Published(),
        (Form.Name, ChoiceWords.ToValue(Variant.Published)))
    {
        Cases = ["PINNacle Wave2d-MS"],
    };

    private static (Expr X, Expr Y, Expr T, OutputExpr U) Symbols => (Expr.Coordinate(0), Expr.Coordinate(1), Expr.Coordinate(2), Expr.OutputOf(0, 3));

    private static Problem Corrected()
    {
        var (x, y, t, u) = Symbols;
        Expr Shape((int M, int N) mode) => Expr.Sin(mode.M * Math.PI * x) * Expr.Sin(mode.N * Math.PI * y);
        static double Frequency((int M, int N) mode) => Math.PI * Math.Sqrt((mode.M * mode.M) + (2 * mode.N * mode.N));
        var solution = Modes.Select(mode => Shape(mode) * Expr.Cos(Frequency(mode) * t)).Aggregate((sum, wave) => sum + wave);
        return Problem.WithSolution(
            [new("x", 0, 1), new("y", 0, 1), new("t", 0, End)],
            ["u"],
            [
                Equation(u, Modes.Sum(mode => Frequency(mode) * Frequency(mode))),
                LossTerm.Boundary("boundary", Box.SidesOf(0, 1), u, 1),
                LossTerm.Initial(2, u - Modes.Select(Shape).Aggregate((sum, wave) => sum + wave), 1),
                LossTerm.Initial(2, u.D(2), Modes.Sum(Frequency), "initial-velocity"),
            ],
            solution) with
        {
            TimeAxis = 2,
            TestPointsPerAxis = 32,
        };
    }

    private static Problem Published()
    {
        var (x, y, t, u) = Symbols;
        static Expr Sinh(Expr z) => 0.5 * (Expr.Exp(z) - Expr.Exp(-z));
        var start = (Expr.Sin(Math.PI * x) * Sinh(Math.PI * y)) + (Sinh(3 * Math.PI * x) * Expr.Sin(2 * Math.PI * y));
        var (solution, size) = (start * Expr.Cos(Math.PI * t), Math.Sinh(3 * Math.PI));
        return Problem.WithSolution(
            [new("x", 0, 1), new("y", 0, 1), new("t", 0, End)],
            ["u"],
            [
                Equation(u, 9 * Math.PI * Math.PI * size),
                LossTerm.Boundary("boundary", Box.SidesOf(0, 1), u - solution, size),
                LossTerm.Initial(2, u - start, size),
            ],
            solution) with
        {
            TimeAxis = 2,
            TestPointsPerAxis = 32,
            Void = "what was published as its solution leaves u_xx + 2 u_yy − u_tt = 2π² u, and u_t has no condition",
        };
    }

    private static LossTerm Equation(OutputExpr u, double scale) => LossTerm.Equation(u.D(2, 2) - u.D(0, 0) - (2 * u.D(1, 1)), scale);

    private enum Variant
    {
        Corrected,
        Published,
    }
}
