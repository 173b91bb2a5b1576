using PinnSweep.Jets.Expressions;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// The functions of expressions. A kink or jump has the slope of one side: <c>abs</c> and <c>sign</c> have slope 0 at 0; <c>step(0)</c>
/// is 1;
/// <c>min</c> and <c>max</c> of equal arguments have the slope of the first.
/// </summary>
internal static class ExpressionFunctions
{
    /// <summary>A function of so many arguments.</summary>
    /// <param name="Least">Arguments at least.</param>
    /// <param name="Most">Arguments at most.</param>
    /// <param name="Of">The expression; it is given as many arguments as were written.</param>
    public sealed record Function(int Least, int Most, Func<IReadOnlyList<Expr>, Expr> Of);

    /// <summary>The names that a file may not give away; of later functions, names of the file's own come first.</summary>
    public static IReadOnlySet<string> Reserved { get; } = new HashSet<string>(["sin", "cos", "tan", "exp", "log", "sqrt", "tanh", "sinh", "cosh"], StringComparer.Ordinal);

    /// <summary>All by name.</summary>
    public static IReadOnlyDictionary<string, Function> All { get; } = new Dictionary<string, Function>(StringComparer.Ordinal)
    {
        ["sin"] = One(Expr.Sin),
        ["cos"] = One(Expr.Cos),
        ["tan"] = One(x => Expr.Sin(x) / Expr.Cos(x)),
        ["exp"] = One(Expr.Exp),
        ["log"] = One(Expr.Log),
        ["sqrt"] = One(Expr.Sqrt),
        ["tanh"] = One(Expr.Tanh),
        ["sinh"] = One(x => 0.5 * (Expr.Exp(x) - Expr.Exp(-x))),
        ["cosh"] = One(x => 0.5 * (Expr.Exp(x) + Expr.Exp(-x))),
        ["sech"] = One(x => 2.0 / (Expr.Exp(x) + Expr.Exp(-x))),
        ["log10"] = One(x => Expr.Log(x) / Math.Log(10)),
        ["atan"] = One(Expr.Atan),
        ["asin"] = One(Asin),
        ["acos"] = One(x => (Math.PI / 2) - Asin(x)),
        ["atan2"] = new(2, 2, of => Atan2(of[0], of[1])),
        ["erf"] = One(Expr.Erf),
        ["erfc"] = One(x => 1.0 - Expr.Erf(x)),
        ["abs"] = One(x => Expr.WherePositive(x, x) - Expr.WherePositive(x, -x)),
        ["sign"] = One(x => Expr.WherePositive(1.0, x) - Expr.WherePositive(1.0, -x)),
        ["step"] = One(Step),
        ["heaviside"] = new(1, 2, of => of.Count == 1 ? Step(of[0]) : Expr.WherePositive(1.0 - of[1], of[0]) + Expr.WhereNotNegative(of[1], of[0])),
        ["max"] = new(2, int.MaxValue, of => of.Aggregate((a, b) => Chosen(a, b, a - b))),
        ["min"] = new(2, int.MaxValue, of => of.Aggregate((a, b) => Chosen(a, b, b - a))),
        ["clip"] = new(3, 3, of => Chosen(of[0], of[1], of[0] - of[1]) is var least ? Chosen(least, of[2], of[2] - least) : least),
    };

    /// <summary>What other tools call them.</summary>
    public static IReadOnlyDictionary<string, string> OtherNames { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ln"] = "log",
        ["arctan"] = "atan",
        ["arcsin"] = "asin",
        ["arccos"] = "acos",
        ["arctan2"] = "atan2",
        ["fabs"] = "abs",
        ["Abs"] = "abs",
        ["sgn"] = "sign",
        ["Heaviside"] = "heaviside",
        ["maximum"] = "max",
        ["Max"] = "max",
        ["minimum"] = "min",
        ["Min"] = "min",
        ["clamp"] = "clip",
        ["power"] = "pow",
        ["diff"] = "d",
        ["Derivative"] = "d",
        ["lap"] = "laplacian",
        ["laplace"] = "laplacian",
    };

    /// <summary><paramref name="a"/> where <paramref name="by"/> ≥ 0, else <paramref name="b"/>.</summary>
    public static Expr Chosen(Expr a, Expr b, Expr by) => Expr.WhereNotNegative(a, by) + Expr.WherePositive(b, -by);

    private static Expr Step(Expr x) => Expr.WhereNotNegative(1.0, x);

    // Half the angle, because x/√(1 − x²) is infinite at the ends.
    private static Expr Asin(Expr x) => 2.0 * Expr.Atan(x / (1.0 + Expr.Sqrt(1.0 - (x * x))));

    // A quotient that has no value stands only where it is not chosen.
    private static Expr Atan2(Expr y, Expr x) => Expr.WherePositive(Expr.Atan(y / x), x)
        + Expr.WhereNotNegative(Chosen(Math.PI / 2, -Math.PI / 2, y) - Expr.Atan(x / y), -x);

    private static Function One(Func<Expr, Expr> of) => new(1, 1, arguments => of(arguments[0]));
}
