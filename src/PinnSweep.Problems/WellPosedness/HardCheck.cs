using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.HardConstraints;
using PinnSweep.Problems.References;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>
/// Whether an ansatz contradicts a condition: where the multiplier vanishes on a side, lift alone decides there, and no network can mend
/// what it prescribes.
/// </summary>
internal static class HardCheck
{
    private const double Same = 1e-10;
    private const double Refused = 1e-6;

    /// <summary>Conditions that no network in the ansatz keeps; none where its derivatives are too large to tell.</summary>
    /// <param name="problem">Has the ansatz; its residuals are those of the solution.</param>
    /// <param name="points">Its points.</param>
    public static IEnumerable<Flaw> Of(Problem problem, CheckPoints points)
    {
        ImmutableArray<LossTerm> terms;
        try
        {
            terms = HardConstraint.Rewritten(problem, [.. problem.Terms.Where(term => !term.Faces.IsEmpty)]);
        }
        catch (ExpressionTooLargeException)
        {
            yield break;
        }

        foreach (var term in terms)
        {
            var formula = new PointFormula(term.Residual);
            var (stream, first, second) = (new RandomStream(1, "hard-check"), new double[formula.Count], new double[formula.Count]);
            var (worst, largest, size, isFixed) = (Array.Empty<double>(), 0.0, 0.0, true);
            foreach (var point in points.Of(term))
            {
                formula.Evaluate(point, _ => (2 * stream.NextDouble()) - 1, first);
                formula.Evaluate(point, _ => (2 * stream.NextDouble()) - 1, second);
                size = Math.Max(size, first.Where(double.IsFinite).Select(Math.Abs).Max());
                isFixed &= Math.Abs(first[^1] - second[^1]) <= Same * size;
                (worst, largest) = Math.Abs(first[^1]) > Math.Abs(largest) ? (point, first[^1]) : (worst, largest);
            }

            if (isFixed && Math.Abs(largest) > Refused * size)
            {
                yield return new("hard", $"prescribes what condition '{term.Name}' contradicts: its residual is {CheckPoints.Words(largest)} at {points.Words(worst)}, whatever the network is");
            }
        }
    }
}
