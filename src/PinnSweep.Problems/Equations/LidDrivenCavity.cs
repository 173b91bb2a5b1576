using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// Steady flow in the unit square under a lid whose velocity falls to zero at the corners. Nothing fixes the pressure's constant, so its
/// error is measured without the mean. The reference is <see cref="CavityFlow"/>, shown at the midpoints of 65 × 65 squares: the pressure
/// is unbounded at the upper corners, and both centre lines are among the midpoints.
/// </summary>
internal static class LidDrivenCavity
{
    private const int Squares = 65;
    private const int Degree = 40;

    private static readonly Parameter<double> Reynolds = MethodParameters.Number(
        "reynolds", 100, 1, 1000, "Reynolds number; above 1000 the reference would need more than its polynomials of degree 40");
    private static readonly Parameter<Profile> Lid = MethodParameters.Choice(
        "lid", "u on the lid: 4x(1 − x), or 1 − cosh(50 (x − ½))/cosh 25", Profile.Parabola, Profile.Cosh);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "lid-driven-cavity",
            "2-D steady Navier–Stokes in a square cavity under a regularized lid",
            "Hao et al., PINNacle, arXiv:2306.08827 (parabola); Wang, Sankaran, Wang, Perdikaris 2023, arXiv:2308.08468 (cosh)",
            [Reynolds, Lid]),
        Create,
        (Lid.Name, ChoiceWords.ToValue(Profile.Cosh)))
    {
        Cases = ["PINNacle NS2d-C"],
    };

    private static Problem Create(Level level)
    {
        var (viscosity, x) = (1 / Reynolds.Of(level), Expr.Coordinate(0));
        var (u, v, p) = (Expr.OutputOf(0, 2), Expr.OutputOf(1, 2), Expr.OutputOf(2, 2));

        // cosh z / cosh 25 with both exponents below zero, so that nothing overflows in single precision.
        var lid = Lid.Of(level) == Profile.Parabola
            ? 4 * x * (1 - x)
            : 1 - ((Expr.Exp(50 * (x - 1)) + Expr.Exp(-50 * x)) / (1 + Math.Exp(-50)));

        // The steeper lid makes the pressure's singularity at the corners stronger, and that is what the floor consists of.
        var floorLimit = Lid.Of(level) == Profile.Parabola ? 1e-3 : 5e-3;
        var top = new Face(1, Upper: true);
        Expr Momentum(OutputExpr w, int axis) => (u * w.D(0)) + (v * w.D(1)) + p.D(axis) - (viscosity * (w.D(0, 0) + w.D(1, 1)));
        var nodes = ImmutableArray.CreateRange(Enumerable.Range(0, Squares).Select(i => (i + 0.5) / Squares));
        var reference = new GridSolution(
            string.Create(CultureInfo.InvariantCulture, $"lid-driven-cavity {Reynolds.Of(level):R} {ChoiceWords.Of(Lid.Of(level))} {Degree} {Squares}"),
            [nodes, nodes],
            () => CavityFlow.Solve(1 / viscosity, position => ClosedForm.Evaluate(lid, [position, 1]), Degree, nodes),
            ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal)
                .Add(ReferenceGrid.FloorName, floorLimit)
                .Add(CavityFlow.CentreLinesName, 1e-3)
                .Add(CavityFlow.ResidualName, 2 * floorLimit));
        return new(
            [new("x", 0, 1), new("y", 0, 1)],
            ["u", "v", "p"],
            [
                LossTerm.Equation(Momentum(u, 0), 1, "momentum-x"),
                LossTerm.Equation(Momentum(v, 1), 1, "momentum-y"),
                LossTerm.Equation(u.D(0) + v.D(1), 1, "continuity"),
                LossTerm.Boundary("lid", [top], u - lid, 1),
                LossTerm.Boundary("walls", [.. Box.SidesOf(0, 1).Where(face => face != top)], u, 1),
                LossTerm.Boundary("velocity-y", Box.SidesOf(0, 1), v, 1),
            ],
            reference.At)
        {
            Reference = reference,
            FloorLimit = floorLimit,
            FreeOfMean = [2],
            Solver = new(
                "stream function in Chebyshev collocation, Newton (degree)",
                [8, 10, 12, 16, 20, 24, 28],
                degree => CavityFlow.Values(1 / viscosity, position => ClosedForm.Evaluate(lid, [position, 1]), degree, nodes)),
        };
    }

    private enum Profile
    {
        Parabola,
        Cosh,
    }
}
