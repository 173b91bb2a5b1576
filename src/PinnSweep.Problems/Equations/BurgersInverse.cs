using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// Burgers' equation discovered from measurements: u_t + λ₁ u u_x − λ₂ u_xx = 0 with λ₁ = 1 and λ₂ = 0.01/π unknown. λ₂ is trained as its
/// logarithm, as in the paper's code, so it stays positive; there are no conditions beside the data.
/// </summary>
internal static class BurgersInverse
{
    private const double Viscosity = 0.01 / Math.PI;

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "burgers-inverse",
            "1-D Burgers equation with unknown coefficients of advection (1) and viscosity (0.01/π), from measurements with noise",
            "Raissi, Perdikaris, Karniadakis, J. Comput. Phys. 378, 2019, doi:10.1016/j.jcp.2018.10.045",
            Measurements.Parameters(2000)),
        Create);

    private static Problem Create(Level level)
    {
        var u = Expr.OutputOf(0, 2);
        var problem = new Problem([new("x", -1, 1), new("t", 0, 1)], ["u"], [], (point, values) => values[0] = ColeHopf.Burgers(point[0], point[1], Viscosity))
        {
            TimeAxis = 1,
            Unknowns = [new("advection", 0, 1), new("viscosity", -6, Math.Log(Viscosity), Math.Exp)],
            MeasureFloor = problem => ColeHopf.Floor(problem.TestGrid(), Problem.FloorStride, Viscosity),
            FloorLimit = 1e-12,
            KeptAs = ColeHopf.Identity(Viscosity),
        };
        var equation = u.D(1) + (Expr.Coefficient(0) * u.Value * u.D(0)) - (Expr.Exp(Expr.Coefficient(1)) * u.D(0, 0));
        return problem with { Terms = [LossTerm.Equation(equation, Math.PI), Measurements.Term(problem, level)] };
    }
}
