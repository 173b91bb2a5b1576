using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Equations;

/// <summary>Problems on a rectangle that is periodic both ways, and in time, whose solution is a computed evolution.</summary>
internal static class TorusProblem
{
    /// <summary>Points along each side of the shown grid, less one: with time three coordinates multiply.</summary>
    private const int Positions = 32;

    /// <summary>A problem in x, y and t.</summary>
    /// <param name="name">Its kind.</param>
    /// <param name="evolution">Its solution.</param>
    /// <param name="modes">Points along each side that it is computed on.</param>
    /// <param name="stepsPerMoment">Time steps between the moments that are shown.</param>
    /// <param name="end">The last time.</param>
    /// <param name="outputs">Names.</param>
    /// <param name="terms">Equations and initial conditions.</param>
    /// <param name="floorLimit">What the floor may be.</param>
    /// <param name="residualLimit">What the residual of the solution may be, relative to u_t.</param>
    public static Problem Create(
        string name,
        TorusEvolution evolution,
        int modes,
        int stepsPerMoment,
        double end,
        ImmutableArray<string> outputs,
        ImmutableArray<LossTerm> terms,
        double floorLimit,
        double residualLimit)
    {
        // Fewer steps would let reactions and currents run away at the coarsest resolutions.
        const int Moments = 20, FewestSteps = 5;
        ImmutableArray<ImmutableArray<double>> nodes =
        [
            ReferenceGrid.Spaced(evolution.Lower.First, evolution.Upper.First, Positions),
            ReferenceGrid.Spaced(evolution.Lower.Second, evolution.Upper.Second, Positions),
            ReferenceGrid.Spaced(0, end, Moments),
        ];
        var solution = new GridSolution(
            FormattableString.Invariant($"{name} on a torus, {modes} modes, {Moments} x {stepsPerMoment} steps to {end:R}, {Positions} positions"),
            nodes,
            () => evolution.Solve(modes, stepsPerMoment, nodes),
            ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal)
                .Add(ReferenceGrid.FloorName, floorLimit)
                .Add(PeriodicEvolution.ResidualName, residualLimit));
        ImmutableArray<int> resolutions = [.. Enumerable.Range(0, 4).Select(halvings => modes >> (3 - halvings))];
        return new(
            [
                new("x", evolution.Lower.First, evolution.Upper.First, Periodic: true),
                new("y", evolution.Lower.Second, evolution.Upper.Second, Periodic: true),
                new("t", 0, end),
            ],
            outputs,
            terms,
            solution.At)
        {
            TimeAxis = 2,
            Reference = solution,
            FloorLimit = floorLimit,
            SolvedBy = $"Fourier collocation on {modes} × {modes} points, exponential Runge–Kutta of order four with {Moments * stepsPerMoment} steps",
            Solver = new(
                "Fourier collocation with the 2/3 rule, exponential Runge–Kutta of order four; points along a side",
                [.. resolutions],
                n => evolution.Trajectory(n, Math.Max(FewestSteps, stepsPerMoment * n / modes), nodes)),
        };
    }
}
