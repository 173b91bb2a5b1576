using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.WellPosedness;

namespace PinnSweep.Problems.Scales;

/// <summary>
/// How fast the outputs of a problem vary along its coordinates: the root mean square slope of what is known of them (the solution, or the
/// values that conditions prescribe) over its root mean square. A sine of wave number k has the rate k.
/// </summary>
/// <param name="problem">The problem.</param>
/// <param name="points">Its points.</param>
/// <param name="amounts">What each output varies by.</param>
internal sealed class VariationRates(Problem problem, CheckPoints points, double[] amounts)
{
    private const double Step = 1.0 / 512;

    // A condition near zero says nothing of the whole.
    private const double Counts = 0.1;

    /// <summary>The rates of every output along every coordinate, at least one over its extent.</summary>
    public double[][] All() => [.. problem.Outputs.Select((_, output) => Of(output))];

    private double[] Of(int output)
    {
        var rates = problem.Axes.Select(axis => 1 / axis.Extent).ToArray();
        foreach (var (region, value) in Known(output))
        {
            var places = points.In(region).ToList();
            var size = Mean(places.Select(value));
            for (var axis = 0; axis < rates.Length && size > Counts * amounts[output]; axis++)
            {
                // Along a side alone; a circle turns both ways and is left out.
                if (region.Face is not { } face || (face.Hole == 0 && face.Cavity == 0 && face.Axis != axis))
                {
                    rates[axis] = Math.Max(rates[axis], Slope(places, value, axis) / size);
                }
            }
        }

        return rates;
    }

    private IEnumerable<(Region Region, Func<double[], double> Value)> Known(int output)
    {
        if (problem.Solution is { } solution)
        {
            var formula = new References.PointFormula(solution.Expressions[output]);
            return [(Region.Domain(problem), point => formula.At(point)!.Value)];
        }

        return problem.Terms.Where(term => term.Role != TermRole.Residual && term.MeasuredAt.IsEmpty)
            .Select(term => (Term: term, Value: PrescribedValue.Of(term)))
            .Where(pair => pair.Value?.Output == output)
            .SelectMany(pair => Region.Of(problem, pair.Term).Select(region => (region, (Func<double[], double>)(point => pair.Value!.Value(point)))));
    }

    private double Slope(List<double[]> places, Func<double[], double> value, int axis)
    {
        var (lower, upper, step) = (problem.Axes[axis].Lower, problem.Axes[axis].Upper, problem.Axes[axis].Extent * Step);
        return Mean(places.Select(point =>
        {
            var (left, right) = ((double[])point.Clone(), (double[])point.Clone());
            (left[axis], right[axis]) = (Math.Max(lower, point[axis] - step), Math.Min(upper, point[axis] + step));
            return (value(right) - value(left)) / (right[axis] - left[axis]);
        }));
    }

    private static double Mean(IEnumerable<double> values)
    {
        var squares = values.Select(value => value * value).Where(double.IsFinite).ToList();
        return squares.Count == 0 ? 0 : Math.Sqrt(squares.Average());
    }
}
