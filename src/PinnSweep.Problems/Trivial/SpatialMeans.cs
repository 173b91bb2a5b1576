using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.Trivial;

/// <summary>The means over space, at each moment, of outputs that the equations of a problem fix but for a constant.</summary>
public sealed class SpatialMeans
{
    private readonly Problem _problem;
    private readonly int[] _moments;
    private readonly AbsentValues _absent;

    /// <summary>For values at these points.</summary>
    /// <param name="problem">Says which outputs.</param>
    /// <param name="points">Row-major n × dimension.</param>
    public SpatialMeans(Problem problem, double[] points) => (_problem, _moments, _absent) = (problem, Moments(problem, points), new(problem, points));

    /// <summary>Takes the means away.</summary>
    /// <param name="values">Entry point · outputs + output.</param>
    public void RemoveFrom(double[] values)
    {
        var stride = _problem.Outputs.Length;
        foreach (var output in _problem.FreeOfMean)
        {
            var (sums, counts) = (new double[_moments.Max() + 1], new int[_moments.Max() + 1]);
            for (var i = 0; i < _moments.Length; i++)
            {
                if (_absent.Has((i * stride) + output))
                {
                    sums[_moments[i]] += values[(i * stride) + output];
                    counts[_moments[i]]++;
                }
            }

            for (var i = 0; i < _moments.Length; i++)
            {
                values[(i * stride) + output] -= sums[_moments[i]] / counts[_moments[i]];
            }
        }
    }

    /// <summary>The number of the moment of time that each point belongs to; all zero without time.</summary>
    private static int[] Moments(Problem problem, double[] points)
    {
        var numbers = new Dictionary<double, int>();
        var moments = new int[points.Length / problem.Dimension];
        for (var i = 0; i < moments.Length && problem.TimeAxis is not null; i++)
        {
            var time = points[(i * problem.Dimension) + problem.TimeAxis.Value];
            numbers.TryAdd(time, numbers.Count);
            moments[i] = numbers[time];
        }

        return moments;
    }
}
