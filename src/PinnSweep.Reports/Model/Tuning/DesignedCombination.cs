using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Planning.Stages;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>A combination of levels over the points of a design; one without ranges has one point.</summary>
/// <param name="Number">From 1, in the order of the report.</param>
/// <param name="Search">Its levels and ranges.</param>
/// <param name="Method">Label of the factor under comparison.</param>
/// <param name="On">Labels of all other factors that vary; empty where none does.</param>
/// <param name="Score">What is compared, for axes.</param>
/// <param name="Dimensions">What varies.</param>
/// <param name="Points">In the order of the design.</param>
internal sealed record DesignedCombination(
    int Number,
    PlannedSearch Search,
    string Method,
    string On,
    string Score,
    ImmutableArray<DimensionView> Dimensions,
    ImmutableArray<DesignPoint> Points)
{
    private SearchView? _view;

    /// <summary>Those of which all trials have ended.</summary>
    public DesignPoint[] Observed => [.. Points.Where(point => point.IsObserved)];

    /// <summary>All its trials.</summary>
    public IEnumerable<ReportTrial> Trials => Points.SelectMany(point => point.Cell?.Trials ?? []);

    /// <summary>The point with the smallest score, one that was solved before any other; null where all failed.</summary>
    public DesignPoint? Best => Observed.Where(point => !point.IsFailed)
        .OrderBy(point => point.IsBad).ThenBy(point => point.Score).ThenBy(point => point.Number).FirstOrDefault();

    /// <summary>Median of the scores; +∞ where half of the points failed, NaN before any has ended.</summary>
    public double Median
    {
        get
        {
            double[] scores = [.. Observed.Select(point => point.Score).Order()];
            return scores.Length > 0 && double.IsInfinity(scores[scores.Length / 2]) ? double.PositiveInfinity : Descriptive.Median(scores);
        }
    }

    /// <summary>The largest score; +∞ where a point failed, NaN before any has ended.</summary>
    public double Worst => Observed.Select(point => point.Score).DefaultIfEmpty(double.NaN).Max();

    /// <summary>The share of the points near the best; null where all failed.</summary>
    public NearBest? Near => Dimensions.IsEmpty ? null : NearBest.Of([.. Observed.Select(point => point.Score)]);

    /// <summary>The same as a search in which nobody chose; its figures mark the best point.</summary>
    public SearchView View => _view ??= new(
        Number,
        Method,
        On,
        Score,
        Dimensions,
        [
            .. Observed.Select(point => new ProposalView(
                point.Number, point.Values, point.Score, null, 0, 0, false, point.Cell!.Trials.Sum(trial => (long)(trial.Result?.Steps ?? 0)))),
        ],
        null,
        Best?.Number,
        Points.Length) { IsDesign = true };

    /// <summary>The values of a point for people: <c>lr 0.01, interior 120</c>.</summary>
    public string ValuesOf(DesignPoint point) =>
        string.Join(", ", Dimensions.Select((dimension, d) => $"{dimension.Name} {DimensionView.Text(point.Values.Values[d])}"));

    /// <summary>Whether the other has the same points, because its ranges are the same.</summary>
    public bool HasPointsOf(DesignedCombination other) =>
        Dimensions.SequenceEqual(other.Dimensions) && Points.Select(point => point.Values).SequenceEqual(other.Points.Select(point => point.Values));
}
