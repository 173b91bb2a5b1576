using PinnSweep.Studies.Spaces;

namespace PinnSweep.Studies.Tests.Searches;

/// <summary>A function that is known in closed form, on the space on which it is usually minimized.</summary>
/// <param name="Name">Of the function.</param>
/// <param name="Space">Where.</param>
/// <param name="Of">Its value at a point.</param>
public sealed record TestFunction(string Name, SearchSpace Space, Func<SpacePoint, double> Of)
{
    /// <summary>All five.</summary>
    public static TestFunction[] All { get; } = [
        new("sphere of exponents", Cube(4, new DimensionScale.Log(1e-6, 1)), point =>
            Enumerable.Range(0, 4).Sum(i => Square(Math.Log10(point.Number(i)) + 1.5 + i))),
        new("Branin", new([new("x", new DimensionScale.Linear(-5, 10)), new("y", new DimensionScale.Linear(0, 15))]), point =>
            Branin(point.Number(0), point.Number(1))),
        new("Rosenbrock", Cube(2, new DimensionScale.Linear(-2, 2)), point =>
            (100 * Square(point.Number(1) - Square(point.Number(0)))) + Square(1 - point.Number(0))),
        new("Hartmann 6", Cube(6, new DimensionScale.Linear(0, 1)), Hartmann),
        new("Ackley with a choice", new([
            .. Cube(3, new DimensionScale.Linear(-20, 30)).Dimensions,
            new("n", new DimensionScale.Integer(-10, 15)),
            new("kind", SomeSpaces.Choice("a", "b", "c", "d")),
        ]), Ackley),
    ];

    /// <summary>1/α of Hartmann's six-dimensional function (Dixon, Szegö 1978).</summary>
    private static readonly double[] Alpha = [1, 1.2, 3, 3.2];

    private static readonly double[][] A = [
        [10, 3, 17, 3.5, 1.7, 8],
        [0.05, 10, 17, 0.1, 8, 14],
        [3, 3.5, 1.7, 10, 17, 8],
        [17, 8, 0.05, 10, 0.1, 14],
    ];

    private static readonly double[][] P = [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static double Branin(double x, double y) =>
        Square(y - (5.1 / (4 * Square(Math.PI)) * Square(x)) + (5 / Math.PI * x) - 6)
        + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10;

    private static double Hartmann(SpacePoint point) =>
        -Enumerable.Range(0, 4).Sum(i =>
            Alpha[i] * Math.Exp(-Enumerable.Range(0, 6).Sum(j => A[i][j] * Square(point.Number(j) - P[i][j]))));

    /// <summary>Ackley's in four dimensions, one of them whole; the choice adds 0, 1, 2 or 3.</summary>
    private static double Ackley(SpacePoint point)
    {
        var squares = Enumerable.Range(0, 4).Average(i => Square(point.Number(i)));
        var waves = Enumerable.Range(0, 4).Average(i => Math.Cos(2 * Math.PI * point.Number(i)));
        var more = ((DimensionScale.Choice)All[4].Space.Dimensions[4].Scale).Values.IndexOf(point.Values[4]!);
        return (-20 * Math.Exp(-0.2 * Math.Sqrt(squares))) - Math.Exp(waves) + 20 + Math.E + more;
    }

    private static SearchSpace Cube(int dimensions, DimensionScale scale) =>
        new([.. Enumerable.Range(0, dimensions).Select(i => new Dimension($"x{i}", scale))]);

    private static double Square(double x) => x * x;
}
