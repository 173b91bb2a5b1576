using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Trainer;

/// <summary>
/// The residual of a loss term at the problem's own solution: zero but for rounding if problem and solution belong together.
/// </summary>
internal static class ExactResidual
{
    private const int Points = 64;

    /// <summary>
    /// The largest residual over random points of the term's place, relative to the term's scale; derivatives by central differences.
    /// </summary>
    public static double ByDifferences(Problem problem, LossTerm term) => Largest(problem, term, point => Evaluate(term.Residual, problem, point, problem.AcrossOf(term)));

    /// <summary>The same with the derivatives of the solution's expressions, and 31 digits.</summary>
    public static double ByJets(Problem problem, LossTerm term)
    {
        var residual = problem.Solution!.Insert(term.Residual, [.. problem.Unknowns.Select(unknown => unknown.Truth!.Value)], problem.AcrossOf(term));
        return Largest(problem, term, point => ClosedForm.EvaluatePrecisely(residual, point));
    }

    private static double Largest(Problem problem, LossTerm term, Func<double[], double> evaluate)
    {
        var stream = new RandomStream(1, "verify");
        var largest = 0.0;
        for (var i = 0; i < Points; i++)
        {
            var point = Point(problem, term, stream);
            var residual = Math.Abs(evaluate(point)) / Math.Max(1, term.Scale);
            largest = double.IsNaN(residual) ? double.NaN : Math.Max(largest, residual);
        }

        return largest;
    }

    private static double[] Point(Problem problem, LossTerm term, RandomStream stream)
    {
        if (!problem.IsWholeBox && !term.Faces.IsEmpty)
        {
            var region = Region.Side(problem, term.Faces[stream.NextInt(term.Faces.Length)]);
            var (unit, place) = (new double[region.FreeDimensions], new double[problem.Dimension]);
            stream.FillUniform(unit);
            region.Place(unit, place);
            return place;
        }

        double[] point;
        do
        {
            // A margin keeps the differences inside the box: a solution need not exist before the first moment.
            point = [.. problem.Axes.Select(axis => axis.Lower + (axis.Extent * (0.02 + (0.96 * stream.NextDouble()))))];
        }
        while (!problem.Contains(point));

        if (!term.Faces.IsEmpty)
        {
            var face = term.Faces[stream.NextInt(term.Faces.Length)];
            point[face.Axis] = face.Upper ? problem.Axes[face.Axis].Upper : problem.Axes[face.Axis].Lower;
        }

        return point;
    }

    private static double Evaluate(Expr expression, Problem problem, double[] point, Across? across) =>
        PointValue.Of(expression, point, leaf => leaf switch
        {
            Expr.CoefficientOf coefficient => problem.Unknowns[coefficient.Index].Truth!.Value,
            Expr.Derivative derivative => Differentiate(problem, derivative.Output, [.. derivative.Orders], derivative.IsAcross ? across!.Points(point, point.Length) : point),
            _ => throw new NotSupportedException($"no value of {leaf.GetType().Name} at a known solution"),
        })!.Value;

    /// <summary>
    /// Nine-point central differences (error h⁸), one order at a time; the step grows with the order, so that rounding and truncation stay
    /// alike. Five points leave 3e-4 on sin 50πx.
    /// </summary>
    private static double Differentiate(Problem problem, int output, int[] orders, double[] point)
    {
        var axis = Array.FindIndex(orders, order => order > 0);
        if (axis < 0)
        {
            Span<double> values = stackalloc double[problem.Outputs.Length];
            problem.Exact(point, values);
            return values[output];
        }

        var h = 1e-3 * Math.Pow(2, orders.Sum() - 1);
        int[] lower = [.. orders];
        lower[axis]--;
        double At(double offset)
        {
            double[] moved = [.. point];
            moved[axis] += offset;
            return Differentiate(problem, output, lower, moved);
        }

        double Across(int steps) => At(steps * h) - At(-steps * h);
        return ((4.0 / 5 * Across(1)) - (1.0 / 5 * Across(2)) + (4.0 / 105 * Across(3)) - (1.0 / 280 * Across(4))) / h;
    }
}
