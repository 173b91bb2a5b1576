using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.Equations;

/// <summary>Problems in x and t with one unknown whose solution is a computed evolution.</summary>
internal static class PeriodicProblem
{
    /// <summary>Residuals of references are relative; differences of order eight leave this much at the latest.</summary>
    private const double ResidualLimit = 1e-5;

    private const int FewestModes = 16;

    /// <summary>A problem on the interval that the evolution shows; periodic where that is the whole period.</summary>
    public static Problem Create(
        string name,
        PeriodicEvolution evolution,
        Resolution resolution,
        ImmutableArray<LossTerm> terms,
        double floorLimit,
        params ReadOnlySpan<(string Name, double Limit)> otherLimits)
    {
        var limits = ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal)
            .Add(ReferenceGrid.FloorName, floorLimit)
            .Add(PeriodicEvolution.ResidualName, ResidualLimit);
        foreach (var (other, limit) in otherLimits)
        {
            limits = limits.Add(other, limit);
        }

        var solution = new GridSolution(
            $"{name} {resolution}",
            evolution.Nodes(resolution.End, resolution.Outputs, resolution.Positions),
            () => evolution.Solve(resolution.Modes, resolution.StepsPerOutput, resolution.End, resolution.Outputs, resolution.Positions, resolution.Later),
            limits);
        return new([new("x", evolution.Lower, evolution.ShownUpTo, Periodic: evolution.ShownUpTo == evolution.Upper), new("t", 0, resolution.End)], ["u"], terms, solution.At)
        {
            TimeAxis = 1,
            Reference = solution,
            FloorLimit = floorLimit,
            Solver = new(
                "Fourier collocation, ETDRK4 (modes)",
                [.. Enumerable.Range(0, int.Log2(resolution.Modes)).Select(i => 1 << i).Where(modes => modes >= FewestModes)],
                modes => evolution.Values(modes, Math.Max(1, resolution.StepsPerOutput * modes / resolution.Modes), resolution.End, resolution.Outputs, resolution.Positions)),
        };
    }
}
