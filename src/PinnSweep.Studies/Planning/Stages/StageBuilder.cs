using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Texts;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>Gathers what a decision adds to a plan: cells once, and no trial that the plan has.</summary>
internal sealed class StageBuilder(StudyPlan plan)
{
    private readonly Dictionary<CellLevels, int> _cells = plan.Cells.Select((cell, index) => (cell.Levels, index)).DistinctBy(cell => cell.Levels).ToDictionary(cell => cell.Levels, cell => cell.index);
    private readonly HashSet<TrialKey> _known = [.. plan.Trials.Select(trial => trial.Key)];
    private readonly ImmutableArray<SearchDecision>.Builder _searches = ImmutableArray.CreateBuilder<SearchDecision>();
    private readonly ImmutableArray<Cell>.Builder _added = ImmutableArray.CreateBuilder<Cell>();
    private readonly ImmutableArray<StageTrial>.Builder _trials = ImmutableArray.CreateBuilder<StageTrial>();

    public StudyPlan Plan => plan;

    public bool HasProposals => _searches.Any(search => !search.Proposed.IsEmpty);

    public ImmutableArray<int> Promoted(int search) => _searches.First(decision => decision.Search == search).Promoted;

    public void Add(SearchDecision decision) => _searches.Add(decision);

    /// <summary>Proposals with their trials.</summary>
    public void Propose(SearchDecision decision, SearchState state)
    {
        _searches.Add(decision);
        foreach (var point in decision.Proposed)
        {
            Train(state, point, 0);
        }
    }

    /// <summary>Proposals that go on, with their trials.</summary>
    public void Promote(SearchDecision decision, SearchState state)
    {
        _searches.Add(decision);
        foreach (var number in decision.Promoted)
        {
            Train(state, state.Points[number].Point, state.Points[number].Rung + 1);
        }
    }

    /// <summary>The cell of these levels, added where the plan has none.</summary>
    public int CellOf(PlannedSearch search, CellLevels levels, SpacePoint? point)
    {
        if (!_cells.TryGetValue(levels, out var cell))
        {
            _cells[levels] = cell = plan.Cells.Length + _added.Count;
            _added.Add(new(levels, LabelsOf(search, levels, point)));
        }

        return cell;
    }

    /// <summary>A trial, unless the plan has it.</summary>
    public void Add(int cell, long seed, int? steps)
    {
        var levels = cell < plan.Cells.Length ? plan.Cells[cell].Levels : _added[cell - plan.Cells.Length].Levels;
        if (_known.Add(PlanGrowth.Describe(plan.Spec, levels, seed, steps).Key()))
        {
            _trials.Add(new(cell, seed, steps));
        }
    }

    public StageDecision Build(StageKind kind, string words, bool isLast) => new(plan.Stages.Length, kind, words, isLast)
    {
        Searches = _searches.ToImmutable(),
        Cells = _added.ToImmutable(),
        Trials = _trials.ToImmutable(),
    };

    private void Train(SearchState state, SpacePoint point, int rung)
    {
        var cell = CellOf(state.Search, state.LevelsAt(point), point);
        foreach (var seed in plan.Spec.Tune!.Seeds)
        {
            Add(cell, seed, plan.Spec.Tune.Rungs?.Steps[rung]);
        }
    }

    /// <summary>The labels of the default cell; a level that is another one is called by its kind and the values of the point.</summary>
    private static ImmutableSortedDictionary<Factor, string> LabelsOf(PlannedSearch search, CellLevels levels, SpacePoint? point) => point is null
        ? search.Labels
        : search.Labels.ToImmutableSortedDictionary(label => label.Key, label => levels[label.Key] == search.Default[label.Key]
            ? label.Value
            : Label(search, levels[label.Key], label.Key, point));

    private static string Label(PlannedSearch search, Level level, Factor factor, SpacePoint point)
    {
        var values = search.Space.Space.Dimensions.Zip(point.Values)
            .Where(pair => pair.Second is not null && pair.First.Name.StartsWith($"{factor.ToWord()}.", StringComparison.Ordinal))
            .Select(pair => $"{pair.First.Name[(factor.ToWord().Length + 1)..]} {Short(pair.Second!)}");
        return $"{level.Kind} ({string.Join(", ", values.DefaultIfEmpty("as chosen"))})";
    }

    private static string Short(SpecValue value) => value is SpecValue.Number number ? ShortNumber.Of(number.Value) : value.Canonical().Replace("\"", "", StringComparison.Ordinal);
}
