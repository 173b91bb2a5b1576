using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>What a solution leaves in a term of the loss.</summary>
/// <param name="Relative">Root mean square of the residual over that of its parts.</param>
/// <param name="Worst">Where the residual is largest.</param>
/// <param name="Residual">What it is there.</param>
/// <param name="Size">What its parts amount to (root mean square).</param>
internal sealed record TermMisfit(double Relative, double[] Worst, double Residual, double Size)
{
    private const int MostParts = 200;

    // Of the largest number on the way: sin(pi) is 1e-16, and so is all of a condition that says that it is nothing.
    private const double Rounding = 1e-13;

    /// <summary>Measures it at the points of the term; null where nothing there has a value.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="points">Its points.</param>
    /// <param name="term">An equation or a condition.</param>
    /// <param name="solution">What takes the network's place.</param>
    /// <param name="coefficients">Values of the trainable coefficients.</param>
    public static TermMisfit? Of(Problem problem, CheckPoints points, LossTerm term, InsertedSolution solution, ImmutableArray<double> coefficients)
    {
        var across = problem.AcrossOf(term);
        Expr[] parts = [.. Summands.All(term.Inside, MostParts).Select(part => solution.Of(part, across)), solution.Of(term.Inside, across)];
        var formula = new PointFormula(parts);
        int[] indices = [.. parts[..^1].Select(formula.IndexOf)];
        var values = new double[formula.Count];
        var (sum, count, worst, largest) = (0.0, 0, Array.Empty<double>(), -1.0);
        var (parted, many, largestOnTheWay) = (new double[indices.Length], 0, 0.0);
        foreach (var (point, isThere) in points.Of(term).Select(point => (point, true))
            .Concat(term.Faces.IsEmpty ? [] : points.In(Region.Domain(problem)).Select(point => (point, false))))
        {
            formula.Evaluate(point, leaf => leaf is Expr.CoefficientOf coefficient ? coefficients[coefficient.Index] : double.NaN, values);
            if (!double.IsFinite(values[^1]))
            {
                continue;
            }

            // A condition such as u = 0 has the size that u has inside.
            many++;
            for (var i = 0; i < indices.Length; i++)
            {
                parted[i] += values[indices[i]] * values[indices[i]];
            }

            if (isThere)
            {
                largestOnTheWay = Math.Max(largestOnTheWay, values.Where(double.IsFinite).Max(Math.Abs));
                (sum, count) = (sum + (values[^1] * values[^1]), count + 1);
                (worst, largest) = Math.Abs(values[^1]) > Math.Abs(largest) || count == 1 ? (point, values[^1]) : (worst, largest);
            }
        }

        if (count == 0)
        {
            return null;
        }

        var size = parted.Select(part => Math.Sqrt(part / many)).DefaultIfEmpty(0).Max();
        var left = Math.Sqrt(sum / count);
        return new(left <= Rounding * largestOnTheWay ? 0 : left / Math.Max(size, double.Epsilon), worst, largest, size);
    }
}
