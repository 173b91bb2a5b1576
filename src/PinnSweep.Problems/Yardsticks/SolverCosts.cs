using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.Yardsticks;

/// <summary>A solver at one resolution.</summary>
/// <param name="Resolution">In the solver's own unit.</param>
/// <param name="Error">Relative L2 error on the test grid.</param>
/// <param name="Seconds">Processor time of the fastest run.</param>
public sealed record SolverCost(int Resolution, double Error, double Seconds);

/// <summary>What a solver takes at each of its resolutions, as far as it was tried.</summary>
/// <param name="Machine">Where it was measured.</param>
/// <param name="Costs">From coarse to fine; those whose values are not finite are left out.</param>
public sealed record SolverCosts(string Machine, ImmutableArray<SolverCost> Costs)
{
    /// <summary>Short runs are repeated up to so many seconds; a resolution that would take all of a problem past its limit is not tried.</summary>
    private const double RepeatedFor = 0.1;
    private const double Most = 3;
    private const int MostRepeats = 20;

    // Without a second measurement a finer resolution may take ten times as long.
    private const double UnknownGrowth = 10;

    /// <summary>Measures the solver of a problem, in some seconds.</summary>
    /// <param name="problem">Has a solver and a solution.</param>
    /// <param name="processor">The processor time that this process has taken so far, in seconds; nothing else may run in it meanwhile.</param>
    public static SolverCosts Measure(Problem problem, Func<double> processor)
    {
        var solver = problem.Solver!;
        var exact = problem.ExactOnTestGrid();
        var (costs, spent, last, before) = (ImmutableArray.CreateBuilder<SolverCost>(), 0.0, 0.0, 0.0);
        foreach (var resolution in solver.Resolutions)
        {
            if (spent > 0 && spent + (last * (before > 0 ? Math.Max(2, last / before) : UnknownGrowth)) > Most)
            {
                break;
            }

            var (best, total, values) = (double.PositiveInfinity, 0.0, Array.Empty<double>());
            for (var run = 0; run == 0 || (total < RepeatedFor && run < MostRepeats); run++)
            {
                var began = processor();
                values = solver.Solve(resolution);
                var seconds = processor() - began;
                (best, total) = (Math.Min(best, seconds), total + seconds);
            }

            (before, last, spent) = (last, best, spent + total);
            var error = RelativeError(problem, exact, values);
            if (double.IsFinite(error))
            {
                costs.Add(new(resolution, error, best));
            }
        }

        return new(Environment.MachineName, costs.ToImmutable());
    }

    /// <summary>‖u − u*‖ / ‖u*‖ over the measured outputs on the test grid, those that are free of their mean without it.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="exact">u* on its test grid.</param>
    /// <param name="values">u there.</param>
    internal static double RelativeError(Problem problem, double[] exact, double[] values)
    {
        var grid = problem.FreeOfMean.IsEmpty ? [] : problem.TestGrid();
        var (difference, norm) = (0.0, 0.0);
        foreach (var output in problem.MeasuredOutputs)
        {
            var points = Enumerable.Range(0, exact.Length / problem.Outputs.Length).ToArray();
            var groups = !problem.FreeOfMean.Contains(output) ? [points]
                : problem.TimeAxis is { } time ? points.GroupBy(point => grid[(point * problem.Dimension) + time]).Select(group => group.ToArray()).ToArray()
                : [points];
            foreach (var group in groups)
            {
                double At(double[] field, int point) => field[(point * problem.Outputs.Length) + output];
                var isFree = problem.FreeOfMean.Contains(output);
                var (mean, exactMean) = isFree ? (group.Average(point => At(values, point)), group.Average(point => At(exact, point))) : (0, 0);
                foreach (var point in group)
                {
                    var (own, truth) = (At(values, point) - mean, At(exact, point) - exactMean);
                    difference += (own - truth) * (own - truth);
                    norm += truth * truth;
                }
            }
        }

        return Math.Sqrt(norm > 0 ? difference / norm : difference);
    }
}
