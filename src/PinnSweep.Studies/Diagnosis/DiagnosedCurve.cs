using System.Collections.Immutable;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Diagnosis;

/// <summary>The curve of a trial as rules read it: windows of evaluations, and residuals in units of their terms' scales.</summary>
internal sealed class DiagnosedCurve(TrialResult result)
{
    private const int FewestPoints = 8;

    public TrialResult Result => result;

    public ImmutableArray<string> Terms => result.Terms;

    /// <summary>
    /// The evaluations of the last stage: losses of others are those of other problems. That at step 0 tells of the initial weights alone.
    /// </summary>
    public ImmutableArray<CurvePoint> Points { get; } = [.. result.Curve.Where(point => point.Step > (result.StageEnds.IsEmpty ? 0 : result.StageEnds[^1]))];

    /// <summary>Whether there are enough evaluations for windows.</summary>
    public bool HasWindows => Points.Length >= FewestPoints;

    /// <summary>Whether scales and roles of the terms are known.</summary>
    public bool HasTraits => result.TermTraits.Length == result.Terms.Length;

    /// <summary>
    /// Whether the trial did not reach what its study asks for. Only such a trial is diagnosed, whatever the curves of others look like.
    /// </summary>
    public bool FellShort => result.Outcome != Outcome.Converged;

    /// <summary>The first evaluation after that of the initial weights.</summary>
    public ImmutableArray<CurvePoint> Start => Points[..1];

    /// <summary>The second quarter of the evaluations.</summary>
    public ImmutableArray<CurvePoint> Early => Points[(Points.Length / 4)..(Points.Length / 2)];

    /// <summary>The last quarter.</summary>
    public ImmutableArray<CurvePoint> Late => Points[(3 * Points.Length / 4)..];

    public TermTrait Trait(int term) => result.TermTraits[term];

    /// <summary>The geometric mean of a term's loss over a window; 0 where a loss is 0.</summary>
    public static double Loss(ImmutableArray<CurvePoint> window, int term) => Math.Exp(window.Average(point => Math.Log(point.Losses[term])));

    /// <summary>√loss in units of the term's scale over a window: the share of the balanced quantities that is left over.</summary>
    public double Relative(ImmutableArray<CurvePoint> window, int term) => Math.Sqrt(Loss(window, term)) / Unit(term);

    /// <summary>
    /// What a term's residual is small beside: the scale that the problem declares, or where the quantities that it balances are larger
    /// with the initial weights, these. A problem file that declares nothing has the scale one, whatever its units.
    /// </summary>
    public double Unit(int term) => result.Sizes is { Terms: var sizes } && sizes.Length == Terms.Length && double.IsFinite(sizes[term].Start)
        ? Math.Max(Trait(term).Scale, sizes[term].Start)
        : Trait(term).Scale;

    /// <summary>A term's weight over the smallest weight, over a window; 0 where a weight is not above zero.</summary>
    public static double Share(ImmutableArray<CurvePoint> window, int term) =>
        Math.Exp(window.Average(point => Math.Log(Math.Max(0, point.Weights[term] / point.Weights.Where(weight => weight > 0).DefaultIfEmpty(double.PositiveInfinity).Min()))));

    /// <summary>The first weight of a term over that of another.</summary>
    public double WeightRatio(int term, int other) => result.Curve[0].Weights is var weights && weights[other] > 0 ? weights[term] / weights[other] : 1;

    /// <summary>A number over a window.</summary>
    public static SymptomEvidence Over(ImmutableArray<CurvePoint> window, string quantity, double value) => new(quantity, window[0].Step, window[^1].Step, value);
}
