using System.Numerics.Tensors;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;

namespace PinnSweep.Methods.Optimizers.Parts;

/// <summary>How a line search ended.</summary>
internal enum SearchEnd
{
    /// <summary>Both strong Wolfe conditions hold.</summary>
    Wolfe,

    /// <summary>The evaluations were used up; the point found lowers the loss sufficiently.</summary>
    Decrease,

    /// <summary>No point with sufficient decrease was found.</summary>
    None,
}

/// <summary>
/// A line search for the strong Wolfe conditions φ(α) ≤ φ(0) + c₁ α φ′(0) and |φ′(α)| ≤ c₂ |φ′(0)|: bracketing and zoom of Nocedal and
/// Wright, Numerical Optimization, 2nd ed., algorithms 3.5 and 3.6, with their cubic interpolation (3.59) kept a tenth of the bracket away
/// from its ends. A trial that is not finite counts as too far.
/// </summary>
internal sealed class StrongWolfeSearch(int length, bool roundToSingle)
{
    /// <summary>c₁, sufficient decrease (Nocedal and Wright, section 3.1: 1e-4).</summary>
    public const double Decrease = 1e-4;

    /// <summary>c₂, curvature (Nocedal and Wright, section 3.1: 0.9 for quasi-Newton directions).</summary>
    public const double Curvature = 0.9;

    /// <summary>The most evaluations of one search (PyTorch's L-BFGS: 25).</summary>
    public const int MostEvaluations = 25;

    [Scratch] private double[] _theta = new double[length];
    [Scratch] private double[] _gradient = new double[length];
    [Scratch] private double[] _lowTheta = new double[length];
    [Scratch] private double[] _lowGradient = new double[length];

    /// <summary>The accepted θ.</summary>
    public ReadOnlySpan<double> Theta => _theta;

    /// <summary>The gradient there.</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>The loss there.</summary>
    [field: Scratch]
    public double Value { get; private set; }

    /// <summary>φ′ there.</summary>
    [field: Scratch]
    public double Slope { get; private set; }

    /// <summary>The accepted α.</summary>
    [field: Scratch]
    public double Alpha { get; private set; }

    /// <summary>Evaluations of the last search.</summary>
    [field: Scratch]
    public int Evaluations { get; private set; }

    /// <summary>Searches from θ along a direction that descends.</summary>
    /// <param name="objective">The loss.</param>
    /// <param name="theta">Where the line begins.</param>
    /// <param name="value">φ(0).</param>
    /// <param name="slope">φ′(0), negative.</param>
    /// <param name="direction">The direction.</param>
    /// <param name="first">The first α to try.</param>
    public SearchEnd Search(IObjective objective, ReadOnlySpan<double> theta, double value, double slope, ReadOnlySpan<double> direction, double first)
    {
        var start = new Trial(0, value, slope);
        var (low, previous, high) = (start, start, start);
        var lowIsKept = false;
        var bracketed = false;
        var alpha = first;
        Evaluations = 0;
        for (var evaluations = 0; evaluations < MostEvaluations; evaluations++)
        {
            var trial = Evaluate(objective, theta, direction, alpha);
            var tooFar = !(trial.Value <= value + (Decrease * alpha * slope)) || ((bracketed || evaluations > 0) && trial.Value >= low.Value);
            if (!tooFar && Math.Abs(trial.Slope) <= -Curvature * slope)
            {
                return Accept(trial, SearchEnd.Wolfe);
            }

            if (tooFar)
            {
                (high, bracketed) = (trial, true);
            }
            else
            {
                // Lower than every point before: it is the new low end, whatever the other end is.
                if (bracketed ? trial.Slope * (high.Alpha - low.Alpha) >= 0 : trial.Slope >= 0)
                {
                    (high, bracketed) = (low, true);
                }

                (previous, low, lowIsKept) = (low, trial, true);
                (_theta, _lowTheta) = (_lowTheta, _theta);
                (_gradient, _lowGradient) = (_lowGradient, _gradient);
            }

            var next = bracketed ? Within(low, high) : Beyond(previous, low);
            if (next == low.Alpha || next == alpha)
            {
                break;
            }

            alpha = next;
        }

        if (!lowIsKept)
        {
            return SearchEnd.None;
        }

        (_theta, _lowTheta) = (_lowTheta, _theta);
        (_gradient, _lowGradient) = (_lowGradient, _gradient);
        return Accept(low, SearchEnd.Decrease);
    }

    private SearchEnd Accept(Trial trial, SearchEnd end)
    {
        (Alpha, Value, Slope) = (trial.Alpha, trial.Value, trial.Slope);
        return end;
    }

    private Trial Evaluate(IObjective objective, ReadOnlySpan<double> theta, ReadOnlySpan<double> direction, double alpha)
    {
        TensorPrimitives.MultiplyAdd(direction, alpha, theta, _theta);
        if (roundToSingle)
        {
            Flat.RoundToSingle(_theta);
        }

        Evaluations++;
        var value = objective.Evaluate(_theta, _gradient);
        var slope = Vectors.Dot(_gradient, direction);
        return double.IsFinite(value) && double.IsFinite(slope) ? new(alpha, value, slope) : new(alpha, double.PositiveInfinity, double.NaN);
    }

    /// <summary>The next trial inside the bracket.</summary>
    private static double Within(Trial low, Trial high)
    {
        var (from, to) = (Math.Min(low.Alpha, high.Alpha), Math.Max(low.Alpha, high.Alpha));
        var margin = 0.1 * (to - from);
        var alpha = Cubic(low, high);
        return double.IsFinite(alpha) ? Math.Clamp(alpha, from + margin, to - margin) : from + (0.5 * (to - from));
    }

    /// <summary>The next trial farther out, where φ still falls: at least a little beyond, at most ten times as far.</summary>
    private static double Beyond(Trial previous, Trial last)
    {
        var (least, most) = (last.Alpha + (0.1 * (last.Alpha - previous.Alpha)), 10 * last.Alpha);
        var alpha = Cubic(previous, last);
        return double.IsFinite(alpha) && alpha > last.Alpha ? Math.Clamp(alpha, least, most) : most;
    }

    /// <summary>The minimum of the cubic through both values and slopes; not a number where it has none.</summary>
    private static double Cubic(Trial a, Trial b)
    {
        var d1 = a.Slope + b.Slope - (3 * (a.Value - b.Value) / (a.Alpha - b.Alpha));
        var square = (d1 * d1) - (a.Slope * b.Slope);
        var d2 = Math.CopySign(Math.Sqrt(square), b.Alpha - a.Alpha);
        return b.Alpha - ((b.Alpha - a.Alpha) * (b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2)));
    }

    private readonly record struct Trial(double Alpha, double Value, double Slope);
}
