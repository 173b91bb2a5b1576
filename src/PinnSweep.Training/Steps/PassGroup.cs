using PinnSweep.Jets.Engines;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Training.Steps;

/// <summary>
/// Consecutive terms of one point set and the same sides: one pass, so that equations which share their points share the forward pass.
/// </summary>
/// <param name="first">The number of the first term.</param>
/// <param name="count">How many terms.</param>
/// <param name="pass">Evaluates them; owned.</param>
/// <param name="parameters">Length of θ.</param>
internal sealed class PassGroup(int first, int count, ILossPass pass, int parameters) : IDisposable
{
    public int First => first;

    public int Count => count;

    public ILossPass Pass => pass;

    /// <summary>Where its residuals begin.</summary>
    public int Offset { get; set; }

    /// <summary>Whether the step has weights of its points.</summary>
    public bool IsWeighted { get; set; }

    /// <summary>Residuals of all its terms.</summary>
    public int Length => count * pass.PointCount;

    /// <summary>The groups of a problem, in the order of its terms.</summary>
    public static IEnumerable<PassGroup> Of(Problem problem, IJetEngine engine, int parameters)
    {
        var terms = problem.Terms;
        for (var first = 0; first < terms.Length;)
        {
            var count = 1;
            while (first + count < terms.Length && SharePoints(terms[first], terms[first + count]))
            {
                count++;
            }

            yield return new(first, count, engine.CreatePass(problem.Compile([.. terms.Skip(first).Take(count)])), parameters);
            first += count;
        }
    }

    /// <summary>The place of a term's residuals among those of all terms.</summary>
    public Range PlaceOf(int term)
    {
        var begin = Offset + ((term - first) * pass.PointCount);
        return begin..(begin + pass.PointCount);
    }

    /// <summary>Evaluates the terms at the engine's θ.</summary>
    /// <param name="values">Takes what was found.</param>
    /// <param name="pointWeights">Of all its points, or empty for ones.</param>
    /// <param name="reverse">Whether gradients are wanted.</param>
    /// <param name="termWeights">λ of all terms, by which gradients are summed within the group; empty where each is wanted.</param>
    public void Run(TermValues values, ReadOnlySpan<double> pointWeights, bool reverse, ReadOnlySpan<double> termWeights)
    {
        var losses = values.Losses.AsSpan(first, count);
        var weightedLosses = values.WeightedLosses.AsSpan(first, count);
        var residuals = values.Residuals.AsSpan(Offset, Length);
        var gradients = reverse ? values.Gradients.AsSpan(first * parameters, count * parameters) : [];
        if (!reverse || termWeights.IsEmpty || count == 1)
        {
            pass.Run(pointWeights, losses, weightedLosses, residuals, gradients);
            return;
        }

        // The sum stands in the first term's row; the others are zero, so that no old value is taken for one of this step.
        pass.RunCombined(pointWeights, termWeights.Slice(first, count), losses, weightedLosses, residuals, gradients[..parameters]);
        gradients[parameters..].Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => pass.Dispose();

    private static bool SharePoints(LossTerm a, LossTerm b) =>
        a.PointSet == b.PointSet && a.PairsOn == b.PairsOn && a.Faces.SequenceEqual(b.Faces) && (a.MeasuredAt == b.MeasuredAt || a.MeasuredAt.SequenceEqual(b.MeasuredAt));
}
