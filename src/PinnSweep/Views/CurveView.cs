using System.Collections.Immutable;
using PinnSweep.Storage.Curves;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Views;

/// <summary>The curve of one trial in columns, thinned; a value that was not measured is null.</summary>
/// <param name="IsLive">Whether the trial has no result yet, so that the curve may grow.</param>
/// <param name="Steps">Optimizer steps at each point.</param>
/// <param name="RelativeL2">Relative L2 error at each point.</param>
internal sealed record CurveView(bool IsLive, ImmutableArray<int> Steps, ImmutableArray<double?> RelativeL2)
{
    /// <summary>Training time at each point, in seconds, evaluations excluded; empty while the trial runs.</summary>
    public ImmutableArray<double?> Seconds { get; init; } = [];

    /// <summary>Largest absolute error at each point; empty while the trial runs.</summary>
    public ImmutableArray<double?> MaxError { get; init; } = [];

    /// <summary>Steps a second at each point; empty of a finished trial.</summary>
    public ImmutableArray<double?> StepsPerSecond { get; init; } = [];

    /// <summary>The attempt that reached each point; empty of a finished trial.</summary>
    public ImmutableArray<int> Attempts { get; init; } = [];

    /// <summary>Unweighted mean squared residual of each loss term at each point.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<double?>> Losses { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<double?>>.Empty;

    /// <summary>Weight of each loss term at each point; for weights of single points their mean.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<double?>> Weights { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<double?>>.Empty;

    /// <summary>Of a finished trial.</summary>
    public static CurveView Of(TrialResult result, int most)
    {
        var curve = result.Curve;
        var kept = CurveThinning.Kept([.. curve.Select(point => point.Yardstick())], most);
        return new(false, [.. kept.Select(i => curve[i].Step)], Column(kept, i => curve[i].RelativeL2))
        {
            Seconds = Column(kept, i => curve[i].Seconds),
            MaxError = Column(kept, i => curve[i].MaxError),
            Losses = Terms(result.Terms, kept, i => curve[i].Losses),
            Weights = Terms(result.Terms, kept, i => curve[i].Weights),
        };
    }

    /// <summary>Of one that has no result yet.</summary>
    public static CurveView Of(ImmutableArray<LivePoint> points, int most)
    {
        var kept = CurveThinning.Kept([.. points.Select(point => point.Progress.RelativeL2)], most);
        return new(true, [.. kept.Select(i => points[i].Progress.Step)], Column(kept, i => points[i].Progress.RelativeL2))
        {
            StepsPerSecond = Column(kept, i => points[i].Progress.StepsPerSecond),
            Attempts = [.. kept.Select(i => points[i].Attempt)],
        };
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<double?>> Terms(ImmutableArray<string> terms, int[] kept, Func<int, ImmutableArray<double>> values) =>
        terms.Select((term, index) => KeyValuePair.Create(term, Column(kept, i => index < values(i).Length ? values(i)[index] : double.NaN))).DistinctBy(term => term.Key).ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static ImmutableArray<double?> Column(int[] kept, Func<int, double> value) => [.. kept.Select(i => value(i) is var one && double.IsFinite(one) ? one : (double?)null)];
}
