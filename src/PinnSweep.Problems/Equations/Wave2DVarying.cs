using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Spectral;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.Equations;

/// <summary>
/// Δu = u_tt/c on [−1, 1]² × [0, 5], u_n = 0 on the edge, from a bump at rest in (−½, 0); the squared speed is c = 6.5 + 5.5 tanh of 8 times a
/// <see cref="CosineField"/> of four modes, between 1 and 12 as in PINNacle's field, which jumps and of which only a file of values exists.
/// </summary>
/// <remarks>
/// PINNacle's bump, e^(−r²/0.18), has the slope 1.4 at x = −1 where u_x = 0 is asked. By default its mirror images beyond the edges are added, which keep
/// the condition; <c>initial: published</c> has it as it is: a kink then runs through the square, and the reference is known to some 1e-3 only.
/// </remarks>
internal static class Wave2DVarying
{
    private const double End = 5;
    private const double TwiceVariance = 0.18;
    private const double Steepness = 8;
    private const int Modes = 4;
    private const int Degree = 8;
    private const int Finest = 24;

    private static readonly ImmutableArray<double> Positions = ReferenceGrid.Spaced(-1, 1, 40);
    private static readonly ImmutableArray<double> Times = ReferenceGrid.Spaced(0, End, 25);

    private static readonly Parameter<Bump> Initial = MethodParameters.Choice(
        "initial",
        "mirrored: a bump that keeps u_n = 0 by its mirror images; published: the bump alone, which contradicts u_n = 0",
        Bump.Mirrored, Bump.Published);

    /// <summary>The catalog's entry.</summary>
    public static ProblemEntry Entry { get; } = new(
        new(
            Factor.Problem,
            "wave-2d-varying",
            "2-D wave equation with irregular speed between reflecting walls",
            "Hao et al., PINNacle, NeurIPS 2024, arXiv:2306.08827 (there with a random speed)",
            [Initial]),
        Create,
        (Initial.Name, ChoiceWords.ToValue(Bump.Published)))
    {
        Cases = ["PINNacle Wave2d-CG"],
    };

    private static Problem Create(Level level)
    {
        var u = Expr.OutputOf(0, 3);
        var isMirrored = Initial.Of(level) == Bump.Mirrored;
        var (speed, start) = Coefficients(isMirrored);
        var floorLimit = isMirrored ? 2e-5 : 4e-3;
        double[] Solve(int elements) => Solution(isMirrored, elements, Positions, Times);
        var reference = Refinement.Of(
            $"wave-2d-varying {ChoiceWords.Of(Initial.Of(level))} {Modes} {Finest}", [Positions, Positions, Times], Solve, Finest * 2 / 3, Finest, floorLimit);
        return new(
            [new("x", -1, 1), new("y", -1, 1), new("t", 0, End)],
            ["u"],
            [
                LossTerm.Equation(u.D(0, 0) + u.D(1, 1) - (u.D(2, 2) / speed), 4 / TwiceVariance),
                LossTerm.Boundary("walls-x", Box.SidesOf(0), u.D(0), 2),
                LossTerm.Boundary("walls-y", Box.SidesOf(1), u.D(1), 2),
                LossTerm.Initial(2, u - start, 1),
                LossTerm.Initial(2, u.D(2), 2, "initial-velocity"),
            ],
            reference.At)
        {
            TimeAxis = 2,
            Reference = reference,
            FloorLimit = floorLimit,
            Equilibria = [[0]],
            SolvedBy = "spectral elements of degree 8, leap-frog steps of order 4",
            Solver = new("spectral elements of degree 8 along a side, leap-frog steps of order 4", [4, 6, 8, 12, 16, Finest], Solve),
        };
    }

    /// <summary>c and u at t = 0.</summary>
    private static (Expr Speed, Expr Start) Coefficients(bool isMirrored)
    {
        var (x, y) = (Expr.Coordinate(0), Expr.Coordinate(1));
        Expr Bell(Expr coordinate, params double[] centres) =>
            centres.Select(centre => Expr.Exp(Expr.Power(coordinate - centre, 2) * (-1 / TwiceVariance))).Aggregate((sum, part) => sum + part);

        // Images further away are below 1e-15 in the square.
        return (
            6.5 + (5.5 * Expr.Tanh(Steepness * CosineField.Of((x + 1) / 2, (y + 1) / 2, Modes))),
            isMirrored ? Bell(x, -0.5, -1.5, 2.5) * Bell(y, 0, -2, 2) : Bell(x, -0.5) * Bell(y, 0));
    }

    /// <summary>u at positions along x, the same along y, and moments that are equally spaced from 0 on.</summary>
    internal static double[] Solution(bool isMirrored, int elements, ImmutableArray<double> positions, ImmutableArray<double> times)
    {
        var (speed, start) = Coefficients(isMirrored);
        var (speedAt, startAt) = (new PointFormula(speed), new PointFormula(start));
        var axis = ElementAxis.Equal(-1, 1, elements, new(Degree));
        var (mesh, march) = (new ElementMesh(axis, axis), new WaveMarch(axis, (x, y) => speedAt.At([x, y])!.Value, (x, y) => startAt.At([x, y])!.Value));
        var between = times[1] - times[0];
        var steps = (int)Math.Ceiling(between / march.LongestStep);
        return Refinement.Moments(times.Length, moment =>
        {
            if (moment == 0)
            {
                // The truth, whose interpolation would be worst at a kink.
                return [.. positions.SelectMany(x => positions.Select(y => startAt.At([x, y])!.Value))];
            }

            march.Advance(steps, between / steps, isFirst: moment == 1);
            return mesh.On(positions, positions, march.Now);
        });
    }

    private enum Bump
    {
        Mirrored,
        Published,
    }
}
