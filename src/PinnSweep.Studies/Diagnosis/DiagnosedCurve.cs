using System.Collections.Immutable;

namespace PinnSweep.Studies;

/// <summary>The curve of a trial as rules read it: windows of evaluations, and residuals in units of their terms' scales.</summary>
internal sealed class DiagnosedCurve(TrialResult result)
{
    private const int FewestPoints = 8;

    public TrialResult Result => result;

    public ImmutableArray<string> Terms => result.Terms;

    /// <summary>The evaluations of the last stage: losses of others are those of other problems. That at step 0 tells of the initial weights alone.</summary>
    public ImmutableArray<CurvePoint> Points { get; } = [.. result.Curve.Where(point => point.Step > (result.StageEnds.IsEmpty ? 0 : result.StageEnds[^1]))];

    /// <summary>Whether there are enough evaluations for windows.</summary>
    public bool HasWindows => Points.Length >= FewestPoints;

    /// <summary>Whether scales and roles of the terms are known.</summary>
    public bool HasTraits => result.TermTraits.Length == result.Terms.Length;

    /// <summary>The second quarter of the evaluations.</summary>
    public ImmutableArray<CurvePoint> Early => Points[(Points.Length / 4)..(Points.Length / 2)];

    /// <summary>The last quarter.</summary>
    public ImmutableArray<CurvePoint> Late => Points[(3 * Points.Length / 4)..];

    public TermTrait Trait(int term) => result.TermTraits[term];

    /// <summary>The geometric mean of a term's loss over a window; 0 where a loss is 0.</summary>
    public static double Loss(ImmutableArray<CurvePoint> window, int term) => Math.Exp(window.Average(point => Math.Log(point.Losses[term])));

    /// <summary>√loss in units of the term's scale over a window: the share of the balanced quantities that is left over.</summary>
    public double Relative(ImmutableArray<CurvePoint> window, int term) => Math.Sqrt(Loss(window, term)) / Trait(term).Scale;

    /// <summary>A number over a window.</summary>
    public static SymptomEvidence Over(ImmutableArray<CurvePoint> window, string quantity, double value) => new(quantity, window[0].Step, window[^1].Step, value);
}
