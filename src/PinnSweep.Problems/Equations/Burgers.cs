using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Problems.Yardsticks;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>u_t + u u_x = ν u_xx on [−1, 1] × [0, 1] from −sin πx with fixed ends; the solution is <see cref="ColeHopf"/>.</summary>
public static class Burgers
{
    private static readonly Parameter<double> Nu = MethodParameters.Number(
        "nu", 0.01 / Math.PI, 1e-3, 1, "viscosity; 0.01/π in most papers, 0.01 and 1/1000 in some: never compare across them");

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "burgers",
            "1-D viscous Burgers equation, u(x, 0) = −sin πx, u(±1, t) = 0, exact by Cole–Hopf",
            "Raissi, Perdikaris, Karniadakis, J. Comput. Phys. 378, 2019, doi:10.1016/j.jcp.2018.10.045",
            [Nu, BoundaryTerms.Parameter, BoundaryTerms.Dilution]),
        level => BoundaryTerms.Regrouped(level, Create(level)),
        (Nu.Name, new SpecValue.Number(0.01)),
        (Nu.Name, new SpecValue.Number(1e-3)))
    {
        Cases = ["PINNacle Burgers1d-C"],
    };

    private static Problem Create(Level level)
    {
        var (x, u, nu) = (Expr.Coordinate(0), Expr.OutputOf(0, 2), Nu.Of(level));
        return new(
            [new("x", -1, 1) { Repeats = true }, new("t", 0, 1)],
            ["u"],
            [
                LossTerm.Equation(u.D(1) + (u * u.D(0)) - (nu * u.D(0, 0)), Math.PI),
                LossTerm.Boundary("boundary", Box.SidesOf(0), u, 1),
                LossTerm.Initial(1, u + Expr.Sin(Math.PI * x), 1),
            ],
            (point, values) => values[0] = ColeHopf.Burgers(point[0], point[1], nu))
        {
            Ansatz = [new(-Expr.Sin(Math.PI * x), Expr.Coordinate(1) * (1 - (x * x)))],
            TimeAxis = 1,
            MeasureFloor = problem => ColeHopf.Floor(problem.TestGrid(), Problem.FloorStride, nu),
            FloorLimit = 1e-12,
            KeptAs = ColeHopf.Identity(nu),
            Solver = new LineDifferences(-1, 1, 1, 1, position => [-Math.Sin(Math.PI * position)], (_, _, left, here, right, h, rate) =>
                rate[0] = (nu * (left[0] - (2 * here[0]) + right[0]) / (h * h)) - (((right[0] * right[0]) - (left[0] * left[0])) / (4 * h)))
            {
                Speed = 1,
                Diffusivity = nu,
            }.Solver([50, 100, 200, 400, 800, 1600, 3200]),
        };
    }
}
