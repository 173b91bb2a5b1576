using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.WellPosedness;

namespace PinnSweep.Problems.Scales;

/// <summary>
/// How large the outputs of a problem are before anything is trained: by its solution or reference where it has one; else by the values
/// that conditions and measurements prescribe; and by what equations add, where that is far more or nothing else says it.
/// </summary>
/// <param name="problem">The problem as it is stated.</param>
/// <param name="points">Its points.</param>
internal sealed class OutputSizes(Problem problem, CheckPoints points)
{
    // A source is a rough guide: what conditions say is believed up to here.
    private const double FarMore = 30;

    /// <summary>The range of each output; not a number where nothing says it.</summary>
    public (double Lower, double Upper)[] Ranges()
    {
        var ranges = problem.Outputs.Select((_, output) => Range(Values(output))).ToArray();
        var response = new SourceResponse(problem, points);
        double[] nobody = [.. ranges.Select(_ => double.NaN)];
        for (var output = 0; output < ranges.Length; output++)
        {
            ranges[output] = IsSolved(output) ? ranges[output] : Widened(ranges[output], response.Of(output, nobody));
        }

        // What is still open follows those that are known, once: sizes that feed one another would grow without end.
        for (var output = 0; output < ranges.Length; output++)
        {
            ranges[output] = IsSolved(output) || Size(ranges[output]) > 0 ? ranges[output]
                : Widened(ranges[output], response.Of(output, [.. ranges.Select(range => Size(range) is > 0 and var size ? size : double.NaN)]));
        }

        return ranges;
    }

    /// <summary>The largest size within a range.</summary>
    public static double Size((double Lower, double Upper) range) => Math.Max(Math.Abs(range.Lower), Math.Abs(range.Upper));

    private bool IsSolved(int output) => problem.HasSolution && problem.MeasuredOutputs.Contains(output);

    private static (double Lower, double Upper) Widened((double Lower, double Upper) range, double? asked) =>
        asked is not { } size || (Size(range) > 0 && size <= FarMore * Size(range)) ? range
        : double.IsNaN(range.Lower) ? (-size, size)
        : (Math.Min(range.Lower, -size), Math.Max(range.Upper, size));

    private IEnumerable<double> Values(int output) => IsSolved(output) ? Solution(output) : problem.Terms
        .Where(term => term.Role != TermRole.Residual)
        .Select(term => (Term: term, Value: PrescribedValue.Of(term)))
        .Where(pair => pair.Value?.Output == output)
        .SelectMany(pair => new NaturalSizes(problem, points, []).At(pair.Term).Select(point => pair.Value!.Value(point)));

    private IEnumerable<double> Solution(int output)
    {
        var values = new double[problem.Outputs.Length];
        var places = problem.Reference is { } solved ? solved.Points().Chunk(problem.Dimension)
            : problem.TestPoints.IsEmpty ? problem.Terms.Where(term => term.MeasuredAt.IsEmpty).SelectMany(points.Of) : problem.TestPoints.Chunk(problem.Dimension);
        // Beyond the part in which an output lives its formula means nothing.
        foreach (var point in places.Where(point => problem.Has(output, point)))
        {
            problem.Exact(point, values);
            yield return values[output];
        }
    }

    private static (double Lower, double Upper) Range(IEnumerable<double> values)
    {
        var (lower, upper) = (double.NaN, double.NaN);
        foreach (var value in values.Where(double.IsFinite))
        {
            lower = !(lower <= value) ? value : lower;
            upper = !(upper >= value) ? value : upper;
        }

        return (lower, upper);
    }
}
