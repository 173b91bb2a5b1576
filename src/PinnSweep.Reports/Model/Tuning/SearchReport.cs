using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Reports.Model.Tuning;

/// <summary>One search with what is computed of it.</summary>
/// <param name="State">Its decisions.</param>
/// <param name="View">Its proposals as far as they are judged.</param>
/// <param name="Trials">What became of the trials of each proposal.</param>
/// <param name="Tune">Its rules.</param>
internal sealed record SearchReport(SearchState State, SearchView View, ImmutableArray<ProposalTrials> Trials, TuneSpec Tune)
{
    /// <summary>Where, for people: what tells it from other searches of the method, or the problem where nothing does.</summary>
    public string Where => View.Block.Length > 0 ? View.Block : State.Search.Labels[Factor.Problem];

    /// <summary>Proposals that trained to the end of the first rung, judged or not.</summary>
    public int Observed => Trials.Count(proposal => proposal.IsObserved);

    /// <summary>Proposals of which a trial diverged.</summary>
    public int Diverged => View.Proposals.Count(proposal => proposal.IsFailed && Trials[proposal.Number].Diverged > 0);

    /// <summary>Proposals of which a trial was given up, and none diverged.</summary>
    public int GivenUp => Failed - Diverged;

    /// <summary>Proposals without a score; all count against the purse.</summary>
    public int Failed => View.Proposals.Count(proposal => proposal.IsFailed);

    /// <summary>Proposals that stopped at a rung below the last.</summary>
    public int Censored => View.Proposals.Count(proposal => proposal is { IsCensored: true, IsFailed: false });

    /// <summary>The proposal that was chosen; null before.</summary>
    public ProposalView? Chosen => View[View.Chosen];

    /// <summary>The best score of those that trained the longest; null where none has one.</summary>
    public double? Best => Longest.Where(proposal => !proposal.IsFailed).Select(proposal => (double?)proposal.Score).Min();

    /// <summary>Training time.</summary>
    public double Seconds => Trials.Sum(proposal => proposal.Seconds);

    /// <summary>
    /// The share of the space near its best, by the scores of the first rung, which all proposals have; null where no proposal fills the
    /// space evenly.
    /// </summary>
    public NearBest? Near
    {
        get
        {
            double[] even = [.. View.Proposals.Where(proposal => proposal.Number != View.Default && (proposal.Generation == 0 || Tune.Design != DesignKind.Tpe)).Select(FirstScore)];
            return even.Length == 0 || Tune.Design == DesignKind.External || View.Dimensions.IsEmpty ? null : NearBest.Of(even, View.Proposals.Min(FirstScore));
        }
    }

    /// <summary>
    /// What choosing by the metric of the search cost in truth; null where nothing is chosen, and where the truth is unknown, or is what it
    /// chose by.
    /// </summary>
    public Regret? Regret
    {
        get
        {
            ImmutableArray<ProposalView> longest = [.. Longest];
            return Tune.By == "relative_l2" || Chosen is not { } chosen ? null : Regret.Of(longest.IndexOf(chosen), [.. longest.Select(proposal => proposal.Truth ?? double.NaN)]);
        }
    }

    /// <summary>The default value of a dimension; null where it has none, or means nothing there.</summary>
    public SpecValue? DefaultOf(int dimension) => View[View.Default] is { } tried ? tried.Point.Values[dimension] : SearchReports.Shown(State.Search)?.Values[dimension];

    /// <summary>All proposals, each with how a report sees it; null of those that are not judged yet.</summary>
    public IEnumerable<(SearchedPoint Point, ProposalView? View)> WithViews()
    {
        var judged = View.Proposals.ToDictionary(proposal => proposal.Number);
        return State.Points.Select(point => (point, judged.GetValueOrDefault(point.Number)));
    }

    /// <summary>How much the chosen value of a dimension matters, by the scores of the first rung; null where nothing is chosen.</summary>
    public Sensitivity? SensitivityOf(int dimension)
    {
        double[] scores = [.. View.Proposals.Select(FirstScore)];
        var chosen = View.Chosen is { } number ? View.Proposals.Index().Where(proposal => proposal.Item.Number == number).Select(proposal => proposal.Index).DefaultIfEmpty(-1).First() : -1;
        if (chosen < 0 || !double.IsFinite(scores[chosen]))
        {
            return null;
        }

        var units = View.UnitsOf(dimension);
        return View.Dimensions[dimension].Choices.Count > 0
            ? Sensitivity.Of(ParameterImportance.Numbers(View.Dimensions[dimension], units), scores, chosen)
            : Sensitivity.Of(units, scores, chosen);
    }

    private IEnumerable<ProposalView> Longest
    {
        get
        {
            var last = View.Proposals.Select(proposal => proposal.Rung).DefaultIfEmpty(0).Max();
            return View.Proposals.Where(proposal => proposal.Rung == last);
        }
    }

    private double FirstScore(ProposalView proposal) => State.Points[proposal.Number].Scores[0].Score;
}

/// <summary>What became of the trials of a proposal.</summary>
/// <param name="Keys">Of all its trials, rung by rung.</param>
/// <param name="IsObserved">Whether each of the first rung has a result or was given up.</param>
/// <param name="Diverged">Trials without a finite metric.</param>
/// <param name="GivenUp">Trials given up after faults of infrastructure.</param>
/// <param name="Steps">Optimizer steps, those of the last rung including the earlier ones.</param>
/// <param name="Seconds">Training time, likewise.</param>
internal sealed record ProposalTrials(ImmutableArray<string> Keys, bool IsObserved, int Diverged, int GivenUp, long Steps, double Seconds);
