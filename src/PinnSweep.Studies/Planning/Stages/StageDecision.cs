using System.Collections.Immutable;
using PinnSweep.Studies.Spaces;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>What a stage is for.</summary>
public enum StageKind
{
    /// <summary>Proposals of searches.</summary>
    Generation,

    /// <summary>The best proposals train on.</summary>
    Rung,

    /// <summary>Defaults and what was chosen, on the seeds of the evaluation.</summary>
    Evaluation,

    /// <summary>More seeds of what is not decided.</summary>
    Look,
}

/// <summary>
/// One decision of a study in stages: what was seen, what follows, and the trials to train next. Pure function of the study and the results
/// of the trials before, whatever order they came in.
/// </summary>
/// <param name="Number">From 0, which is decided with the plan.</param>
/// <param name="Kind">What the trials are for.</param>
/// <param name="Words">The same for people: <c>generation 3</c>.</param>
/// <param name="IsLast">Nothing is decided after it.</param>
public sealed record StageDecision(int Number, StageKind Kind, string Words, bool IsLast)
{
    /// <summary>By search; empty in looks.</summary>
    public ImmutableArray<SearchDecision> Searches { get; init; } = [];

    /// <summary>What is known of each comparison after the look before this stage.</summary>
    public ImmutableArray<ComparisonDecision> Comparisons { get; init; } = [];

    /// <summary>Cells that this decision adds to the plan.</summary>
    public ImmutableArray<Cell> Cells { get; init; } = [];

    /// <summary>Trials that it adds, in the order in which they are granted.</summary>
    public ImmutableArray<StageTrial> Trials { get; init; } = [];
}

/// <summary>What was decided about one search.</summary>
/// <param name="Search">Its number in <see cref="StudyPlan.Searches"/>.</param>
public sealed record SearchDecision(int Search)
{
    /// <summary>What was observed since the decision before, by proposal.</summary>
    public ImmutableArray<ProposalScore> Observed { get; init; } = [];

    /// <summary>New proposals; their numbers follow those before.</summary>
    public ImmutableArray<SpacePoint> Proposed { get; init; } = [];

    /// <summary>Proposals that train on to the next rung; the others are censored.</summary>
    public ImmutableArray<int> Promoted { get; init; } = [];

    /// <summary>The proposal that was chosen; null before.</summary>
    public int? Chosen { get; init; }
}

/// <summary>What a proposal is worth.</summary>
/// <param name="Proposal">Its number in the search.</param>
/// <param name="Rung">The rung at whose end it was measured; 0 without rungs.</param>
/// <param name="Score">The geometric mean of the metric over the tuning's seeds; infinite where one of its trials failed.</param>
/// <param name="Truth">The same of the relative L2 error; not a number where it is unknown, or a trial failed.</param>
/// <param name="Failed">How many of its trials diverged or were given up.</param>
/// <param name="Seconds">Training time of its trials.</param>
public sealed record ProposalScore(int Proposal, int Rung, double Score, double Truth, int Failed, double Seconds);

/// <summary>Two cells that are compared, and what is known of them.</summary>
/// <param name="Method">The cell that is judged.</param>
/// <param name="Control">The cell that it is compared with.</param>
/// <param name="Look">From 0.</param>
/// <param name="Pairs">Seeds of both.</param>
/// <param name="MeanLog10">Mean of log10(method ÷ control): decades.</param>
/// <param name="Lower">Of the repeated confidence interval.</param>
/// <param name="Upper">Of the same.</param>
/// <param name="StandardError">Of the mean.</param>
/// <param name="RepeatedP">Before the correction for several comparisons.</param>
/// <param name="AdjustedP">After it.</param>
/// <param name="Verdict">What follows.</param>
public sealed record ComparisonDecision(
    int Method, int Control, int Look, int Pairs, double MeanLog10, double StandardError, double Lower, double Upper, double RepeatedP, double AdjustedP,
    Replication.Verdict Verdict);

/// <summary>A trial that a decision adds.</summary>
/// <param name="Cell">Its cell in <see cref="StudyPlan.Cells"/> once the decision's own are added.</param>
/// <param name="Seed">The replicate.</param>
/// <param name="Steps">The steps of its rung; null for the budget of the study.</param>
public sealed record StageTrial(int Cell, long Seed, int? Steps);
