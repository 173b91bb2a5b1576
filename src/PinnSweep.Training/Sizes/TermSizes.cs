using System.Collections.Immutable;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Training.Evaluations;

namespace PinnSweep.Training.Sizes;

/// <summary>
/// What the residuals of a problem are made of at one θ: of each term the root mean square of the largest part that it adds, and of each
/// output its own. A residual is small where parts cancel; the parts say what it is small beside.
/// </summary>
internal static class TermSizes
{
    private const int InteriorPoints = 400;
    private const int PointsPerSide = 200;

    // An ansatz of high order has thousands of parts, none of which says more than the first ones.
    private const int MostParts = 24;

    /// <summary>Terms and outputs, at the engine's θ.</summary>
    public static (double[] Terms, double[] Outputs) Measure(Problem problem, IJetEngine engine)
    {
        var points = IndependentPoints.Of(problem, InteriorPoints, PointsPerSide);
        var terms = problem.Terms.Select((term, k) => Sizes(problem, engine, term, points.Points(k), [.. Summands.All(term.Residual, MostParts)]).Max()).ToArray();
        var inside = Math.Max(0, problem.Terms.ToList().FindIndex(term => term.PointSet == PointSets.Interior));
        return (terms, Sizes(problem, engine, null, points.Points(inside), [.. problem.Outputs.Select((_, output) => OutputOf(problem, output))]));
    }

    /// <summary>An output as an expression: that of the network, or in an ansatz what becomes of it.</summary>
    public static Expr OutputOf(Problem problem, int output)
    {
        var network = Expr.OutputOf(output, problem.Dimension).Value;
        return problem.IsInAnsatz ? problem.Ansatz[output].Lift + (problem.Ansatz[output].Multiplier * network) : network;
    }

    private static double[] Sizes(Problem problem, IJetEngine engine, LossTerm? term, ReadOnlySpan<double> points, ImmutableArray<Expr> parts)
    {
        using var pass = engine.CreatePass(problem.Compile(parts, term));
        pass.SetPoints(points);
        var losses = new double[2 * parts.Length];
        pass.Run([], losses.AsSpan(0, parts.Length), losses.AsSpan(parts.Length), new double[parts.Length * pass.PointCount], []);
        return [.. losses[..parts.Length].Select(Math.Sqrt)];
    }
}
