using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>How far one search is: its proposals in their order, with what was observed of each.</summary>
public sealed class SearchState
{
    private readonly List<SearchedPoint> _points = [];

    private SearchState(PlannedSearch search, int number) => (Search, Number) = (search, number);

    /// <summary>The search.</summary>
    public PlannedSearch Search { get; }

    /// <summary>Its number in the plan.</summary>
    public int Number { get; }

    /// <summary>Its proposals.</summary>
    public IReadOnlyList<SearchedPoint> Points => _points;

    /// <summary>Generations decided so far.</summary>
    public int Generations { get; private set; }

    /// <summary>What was chosen; null before.</summary>
    public int? Chosen { get; private set; }

    /// <summary>Training time spent. What a trial took up to a rung is part of its time at the next.</summary>
    public double Seconds => _points.Sum(point => point.Scores is [.., var last] ? last.Seconds : 0);

    /// <summary>Each search of a plan as its decisions leave it.</summary>
    public static ImmutableArray<SearchState> Of(StudyPlan plan)
    {
        var states = plan.Searches.Select((search, number) => new SearchState(search, number)).ToImmutableArray();
        foreach (var stage in plan.Stages)
        {
            foreach (var decision in stage.Searches)
            {
                states[decision.Search].Follow(decision, stage);
            }
        }

        return states;
    }

    /// <summary>What the design learns from: every proposal with its score at the highest rung.</summary>
    public ImmutableArray<Observation> History() =>
        [.. _points.Select(point => new Observation(point.Point, point.Scores is [.., var last] ? last.Score : double.PositiveInfinity))];

    /// <summary>The keys of a proposal's trials at a rung.</summary>
    internal IEnumerable<TrialKey> KeysOf(StudySpec spec, SearchedPoint point, int rung) => spec.Tune!.Seeds.Select(
        seed => PlanGrowth.Describe(spec, LevelsAt(point.Point), seed, spec.Tune.Rungs?.Steps[rung]).Key());

    /// <summary>The cell of a point.</summary>
    internal CellLevels LevelsAt(SpacePoint point) => Search.Space.At(point);

    private void Follow(SearchDecision decision, StageDecision stage)
    {
        foreach (var score in decision.Observed)
        {
            _points[score.Proposal] = _points[score.Proposal] with { Scores = _points[score.Proposal].Scores.Add(score) };
        }

        foreach (var promoted in decision.Promoted)
        {
            _points[promoted] = _points[promoted] with { Rung = _points[promoted].Rung + 1 };
        }

        if (!decision.Proposed.IsEmpty || stage.Number == 0)
        {
            _points.AddRange(decision.Proposed.Select((point, i) => new SearchedPoint(_points.Count + i, point, Generations, 0, [])).ToList());
            Generations++;
        }

        Chosen = decision.Chosen ?? Chosen;
    }
}

/// <summary>A proposal of a search.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Point">Its values.</param>
/// <param name="Generation">When it was proposed.</param>
/// <param name="Rung">The highest rung that it was let to.</param>
/// <param name="Scores">What was observed, rung by rung; empty while it trains.</param>
public sealed record SearchedPoint(int Number, SpacePoint Point, int Generation, int Rung, ImmutableArray<ProposalScore> Scores)
{
    /// <summary>Whether it trained to the end of a rung and was not let on.</summary>
    public bool IsCensored(TuneSpec tune) => tune.Rungs is { } rungs && Rung < rungs.Steps.Length - 1 && Scores.Length > Rung;
}
