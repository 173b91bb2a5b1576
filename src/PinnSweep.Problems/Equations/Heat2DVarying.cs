using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Spectral;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// u_t = ∇·(a∇u) + 200 sin πx sin 5πy sin πt on [0, 1]² × [0, 5], u = 0 at first and on the edge, a = exp of 1.7 times a <see cref="CosineField"/> of six modes:
/// its logarithm has standard deviation 1 as that of PINNacle's field, of which only a file of values exists. PINNacle trains aΔu in place of
/// ∇·(a∇u), another equation whose solution lies 77 % away from this one; it is the form <c>published</c>, with a reference of its own.
/// </summary>
internal static class Heat2DVarying
{
    private const double End = 5;
    private const double Strength = 200;
    private const double Roughness = 1.7;
    private const int Modes = 6;
    private const int Degree = 8;
    private const int StepsPerElement = 50;
    private const int Finest = 12;
    private const double FloorLimit = 2e-5;

    private static readonly ImmutableArray<double> Positions = ReferenceGrid.Spaced(0, 1, 40);
    private static readonly ImmutableArray<double> Times = ReferenceGrid.Spaced(0, End, 25);

    private static readonly Parameter<EquationForm> Form = MethodParameters.Choice(
        "form", "divergence: u_t = ∇·(a∇u) + f; published: u_t = aΔu + f, as PINNacle's program has it", EquationForm.Divergence, EquationForm.Published);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "heat-2d-varying",
            "2-D heat equation with an irregular conductivity and a pulsating source",
            "Hao et al., PINNacle, NeurIPS 2024, arXiv:2306.08827 (there with a random conductivity)",
            [Form]),
        Create,
        (Form.Name, ChoiceWords.ToValue(EquationForm.Published)))
    {
        Cases = ["PINNacle Heat2d-VC"],
    };

    private static Problem Create(Level level)
    {
        var (x, y, t, u) = (Expr.Coordinate(0), Expr.Coordinate(1), Expr.Coordinate(2), Expr.OutputOf(0, 3));
        var isDivergence = Form.Of(level) == EquationForm.Divergence;
        var (logarithm, source) = Coefficients();
        var spread = u.D(0, 0) + u.D(1, 1);
        if (isDivergence)
        {
            spread += (CoordinateCalculus.Derivative(logarithm, 0) * u.D(0)) + (CoordinateCalculus.Derivative(logarithm, 1) * u.D(1));
        }

        double[] Solve(int elements) => Solution(isDivergence, elements, Positions, Times);
        var reference = Refinement.Of(
            $"heat-2d-varying {ChoiceWords.Of(Form.Of(level))} {Modes} {Finest}", [Positions, Positions, Times], Solve, Finest * 2 / 3, Finest, FloorLimit);
        return new(
            [new("x", 0, 1), new("y", 0, 1), new("t", 0, End)],
            ["u"],
            [
                LossTerm.Equation(u.D(2) - (Expr.Exp(logarithm) * spread) - (source * Expr.Sin(Math.PI * t)), Strength),
                LossTerm.Boundary("boundary", Box.SidesOf(0, 1), u, 1),
                LossTerm.Initial(2, u, 1),
            ],
            reference.At)
        {
            TimeAxis = 2,
            Reference = reference,
            FloorLimit = FloorLimit,
            SolvedBy = "spectral elements of degree 8, implicit Runge–Kutta steps of order 4",
            Solver = new("spectral elements of degree 8 with fifty SDIRK steps of order 4 for each along a side", [2, 3, 4, 6, 8, Finest], Solve),
        };
    }

    /// <summary>log a and f without its factor of time.</summary>
    private static (Expr Logarithm, Expr Source) Coefficients()
    {
        var (x, y) = (Expr.Coordinate(0), Expr.Coordinate(1));
        return (Roughness * CosineField.Of(x, y, Modes), Strength * Expr.Sin(Math.PI * x) * Expr.Sin(5 * Math.PI * y));
    }

    /// <summary>u at positions along x, the same along y, and moments that are equally spaced from 0 on.</summary>
    internal static double[] Solution(bool isDivergence, int elements, ImmutableArray<double> positions, ImmutableArray<double> times)
    {
        var (logarithm, source) = Coefficients();
        var (conductivity, load) = (new PointFormula(Expr.Exp(logarithm)), new PointFormula(source));
        var axis = ElementAxis.Equal(0, 1, elements, new(Degree));
        var (mesh, between) = (new ElementMesh(axis, axis), times[1] - times[0]);
        var (a, q) = (mesh.Within((x, y) => conductivity.At([x, y])!.Value), mesh.Within((x, y) => load.At([x, y])!.Value));
        double[] ones = [.. a.Select(_ => 1.0)];
        var steps = (int)Math.Ceiling(StepsPerElement * elements * between / End);

        // aΔu is symmetric once it is divided by a: u_t/a = Δu + f/a.
        var march = isDivergence
            ? new HeatMarch(mesh, ones, a, q, between / steps)
            : new HeatMarch(mesh, [.. a.Select(value => 1 / value)], ones, [.. q.Zip(a, (value, by) => value / by)], between / steps);
        var u = new double[mesh.Count];
        return Refinement.Moments(times.Length, moment =>
        {
            for (var s = moment == 0 ? steps : 0; s < steps; s++)
            {
                u = march.Step(u, between * (moment - 1 + ((double)s / steps)), time => Math.Sin(Math.PI * time));
            }

            return mesh.On(positions, positions, u);
        });
    }
}
