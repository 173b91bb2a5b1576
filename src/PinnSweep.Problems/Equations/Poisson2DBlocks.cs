using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Spectral;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// ∇·(a∇u) + f = 0 on [−10, 10]² with u_n + u = 0 on the edge: 5 × 5 blocks with conductivities from 0.01 to 1000 and sources α + β sin πξ sin πη in the block's own
/// coordinates. Numbers of block (i, j): log₁₀ a = 5 {½ + gi + hj} − 2, α = 2 {¼ + hi + gj} − 1, β = 2 {¾ + gi + (1 − h)j} − 1 with g = 0.7548776662466927,
/// h = 0.5698402909980532 and {·} the fractional part; PINNacle's are a file of random numbers. From block to block log a and the sources go over by
/// ½ + ½ tanh(distance/width), so that a network with one output, which is smooth, can solve it.
/// </summary>
/// <remarks>
/// PINNacle trains aΔu + f with blocks that jump. Nothing there asks a u_n to be continuous, so its solution, with a continuous gradient, is another
/// than that of heat flow: it is the form <c>published</c>, with a reference of its own.
/// </remarks>
internal static class Poisson2DBlocks
{
    private const int Blocks = 5;
    private const double Block = 4;
    private const double Lower = -10;
    private const double G = 0.7548776662466927;
    private const double H = 0.5698402909980532;
    private const int Finest = 12;
    private const double FloorLimit = 2e-5;

    private static readonly ImmutableArray<double> Positions = ReferenceGrid.Spaced(Lower, -Lower, 100);

    private static readonly Parameter<EquationForm> Form = MethodParameters.Choice(
        "form", "divergence: ∇·(a∇u) + f = 0 with smooth steps; published: aΔu + f = 0 with jumps, as PINNacle's program has it", EquationForm.Divergence, EquationForm.Published);
    private static readonly Parameter<double> Width = MethodParameters.Number("width", 0.4, 0.2, 1, "width of the steps from block to block; without effect where these are jumps");

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "poisson-2d-blocks",
            "2-D Poisson equation with 25 blocks of very unequal conductivity, u_n = −u on the edge",
            "Hao et al., PINNacle, NeurIPS 2024, arXiv:2306.08827 (there with random blocks)",
            [Form, Width]),
        Create,
        (Form.Name, ChoiceWords.ToValue(EquationForm.Published)))
    {
        Cases = ["PINNacle Poisson2d-MS"],
    };

    private static Problem Create(Level level)
    {
        var (x, y, u) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.OutputOf(0, 2));
        var (isDivergence, width) = (Form.Of(level) == EquationForm.Divergence, Width.Of(level));
        var (logarithm, source) = Coefficients(isDivergence ? width : 0);
        var spread = u.D(0, 0) + u.D(1, 1);
        if (isDivergence)
        {
            spread += (CoordinateCalculus.Derivative(logarithm, 0) * u.D(0)) + (CoordinateCalculus.Derivative(logarithm, 1) * u.D(1));
        }

        double[] Solve(int degree) => Solution(logarithm, source, isDivergence, width, degree, Positions);
        var reference = Refinement.Of(
            string.Create(CultureInfo.InvariantCulture, $"poisson-2d-blocks {ChoiceWords.Of(Form.Of(level))} {(isDivergence ? width : 0):R} {Finest}"),
            [Positions, Positions],
            Solve,
            Finest * 2 / 3,
            Finest,
            FloorLimit);
        return new(
            [new("x", Lower, -Lower), new("y", Lower, -Lower)],
            ["u"],
            [
                LossTerm.Equation((Expr.Exp(logarithm) * spread) + source, 1),
                LossTerm.Boundary("sides-x", Box.SidesOf(0), (x / -Lower * u.D(0)) + u.Value, 1),
                LossTerm.Boundary("sides-y", Box.SidesOf(1), (y / -Lower * u.D(1)) + u.Value, 1),
            ],
            reference.At)
        {
            Reference = reference,
            FloorLimit = FloorLimit,
            SolvedBy = "spectral elements, six along a block",
            Solver = new("spectral elements, six along a block, by their degree", [3, 4, 6, 8, 10, Finest], Solve),
        };
    }

    /// <summary>log a and f, with steps of a width; with jumps where it is 0.</summary>
    internal static (Expr Logarithm, Expr Source) Coefficients(double width)
    {
        var (x, y) = (Expr.Coordinate(0), Expr.Coordinate(1));
        Expr Step(Expr position, int block)
        {
            var distance = position - (Lower + (Block * block));
            return width > 0 ? 0.5 + (0.5 * Expr.Tanh(distance / width)) : Expr.WhereNotNegative(1, distance);
        }

        // 1 in a block of its own, 0 in the others.
        Expr[] Parts(Expr position) => [.. Enumerable.Range(0, Blocks).Select(i =>
            i == 0 ? 1 - Step(position, 1) : i == Blocks - 1 ? Step(position, i) : Step(position, i) - Step(position, i + 1))];
        var (columns, rows) = (Parts(x), Parts(y));
        Expr Sum(Func<int, int, double> number) => columns.Select((column, i) => column * rows.Select((row, j) => number(i, j) * row).Aggregate((sum, part) => sum + part)).Aggregate((sum, part) => sum + part);

        // One wave over all: the sign of every second block keeps sin πξ sin πη positive within it.
        var wave = Expr.Sin(Math.PI / Block * (x - Lower)) * Expr.Sin(Math.PI / Block * (y - Lower));
        return (
            Sum((i, j) => Math.Log(10) * ((5 * Fraction(0.5 + (G * i) + (H * j))) - 2)),
            Sum((i, j) => (2 * Fraction(0.25 + (H * i) + (G * j))) - 1) +
                (wave * Sum((i, j) => ((i + j) % 2 == 0 ? 1 : -1) * ((2 * Fraction(0.75 + (G * i) + ((1 - H) * j))) - 1))));
    }

    /// <summary>u at positions along x and the same along y by elements of a degree, narrow beside the faces of blocks.</summary>
    internal static double[] Solution(Expr logarithm, Expr source, bool isDivergence, double width, int degree, ImmutableArray<double> positions)
    {
        double[] within = [0, width, 2.5 * width, Block / 2, Block - (2.5 * width), Block - width];
        within = 2.5 * width < Block / 2 ? within : [0, Block / 6, Block / 3, Block / 2, Block * 2 / 3, Block * 5 / 6];
        var axis = new ElementAxis([.. Enumerable.Range(0, Blocks).SelectMany(block => within.Select(place => Lower + (Block * block) + place)), -Lower], new(degree));
        var (mesh, conductivity, load) = (new ElementMesh(axis, axis), new PointFormula(Expr.Exp(logarithm)), new PointFormula(source));
        var (a, f) = (mesh.Within((x, y) => conductivity.At([x, y])!.Value), mesh.Within((x, y) => load.At([x, y])!.Value));

        // aΔu + f = 0 is Δu = −f/a.
        double[] zeros = [.. a.Select(_ => 0.0)];
        double[] q = isDivergence ? f : [.. f.Zip(a, (value, by) => value / by)];
        return mesh.On(positions, positions, new CondensedElements(mesh, isDivergence ? a : [.. a.Select(_ => 1.0)], zeros, robin: 1).Solve(mesh.Load(q)));
    }

    private static double Fraction(double value) => value - Math.Floor(value);
}
