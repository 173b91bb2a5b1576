using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>What <c>tune</c> and <c>replicate</c> need of the cells of a study, told with the line of their keys.</summary>
internal sealed class StageChecks(SourceNode.Map study, StudySpec spec, Dictionary<Factor, List<PlacedLevel>> factors, Catalog catalog, MistakeList mistakes, int maximumTrials)
{
    /// <summary>What can be told without looking at cells.</summary>
    public void Check()
    {
        foreach (var level in spec.Tune is null ? [] : factors[Factor.Problem].Select(placed => placed.Level))
        {
            if (catalog.WhyNoMetric(level, spec.Tune!.By) is { } reason)
            {
                Refuse(TuneReader.Key, "by", reason);
            }
        }

        if (spec is { Tune: { } tune, Control: { } control } && !tune.Each.Contains(control.Factor))
        {
            mistakes.Add(study.Find("control")!.Place, "control", $"names a level of {control.Factor.ToWord()}, which each search chooses; write tune.each: [{string.Join(", ", tune.Each.Append(control.Factor).Order().Select(factor => factor.ToWord()))}], or name a level of another factor");
        }
        else if (spec.Replicate is not null && ComparedCells.FactorOf(spec) is null)
        {
            Refuse(ReplicateReader.Key, "until", $"nothing to decide: no factor {(spec.Tune is null ? "beside the problem" : "of tune.each beside the problem")} has two levels to compare");
        }
    }

    /// <summary>What depends on which cells can be trained.</summary>
    /// <param name="trainable">These.</param>
    /// <param name="leftOut">The others, with the reason.</param>
    public void CheckCells(IReadOnlyList<CellLevels> trainable, IReadOnlyList<(CellLevels Cell, string Reason)> leftOut)
    {
        var judged = trainable;
        if (spec.Tune is { } tune)
        {
            var searches = SearchedCells.Of(spec, trainable);
            judged = [.. searches.Select(search => trainable[search.Cells[0]])];
            foreach (var search in searches)
            {
                CheckWhole(search, trainable[search.Cells[0]], leftOut);
                CheckDesign(tune, SpaceOfCells.Of(search.Levels));
            }

            CheckBounds(trainable);
            CheckSize(tune, searches);
        }

        if (spec.Replicate is not null && ComparedCells.FactorOf(spec) is { } factor && ComparedCells.Pairs(spec, judged.Select((cell, i) => (i, cell))).IsEmpty)
        {
            Refuse(ReplicateReader.Key, "until", $"nothing to decide: no two cells differ in their {factor.ToWord()} alone{(spec.Control is null ? "" : " and have the control among them")}");
        }
    }

    /// <summary>A search chooses freely among its levels, so all combinations of them must be trained.</summary>
    private void CheckWhole(SearchedCells search, CellLevels first, IReadOnlyList<(CellLevels Cell, string Reason)> leftOut)
    {
        if (search.Cells.Length == search.Combinations)
        {
            return;
        }

        var key = SearchedCells.KeyOf(spec, first);
        var (cell, reason) = leftOut.First(left => SearchedCells.KeyOf(spec, left.Cell) == key && FactorWords.All.All(factor => search.Levels[factor].Any(space => space.Level == left.Cell[factor])));
        var open = FactorWords.All.Where(factor => search.Levels[factor].Length > 1).ToList();
        Refuse(TuneReader.Key, "each", $"a search chooses its {string.Join(" and ", open.Select(factor => factor.ToWord()))} freely, and {string.Join(" with ", open.Select(factor => NearestMatch.Quote(cell[factor].Kind)))} is left out ({reason}); write each: [{string.Join(", ", spec.Tune!.Each.Concat(open).Order().Select(factor => factor.ToWord()))}]");
    }

    private void CheckDesign(TuneSpec tune, SpaceOfCells space)
    {
        var first = tune.FirstIsDefault ? 1 : 0;
        if (tune.Trials is { } trials && DesignLimits.WhyNot(space.Space, tune.Design, trials - first, canLearn: true) is { } reason)
        {
            Refuse(TuneReader.Key, "design", tune is { Design: DesignKind.Grid, FirstIsDefault: true } ? $"{reason}; the default is one more" : reason);
        }
        else if (tune.Seconds is not null && tune.Design is not DesignKind.Grid && DesignLimits.WhyNot(space.Space, tune.Design, int.MaxValue, canLearn: true) is { } tooMany)
        {
            Refuse(TuneReader.Key, "design", tooMany);
        }
    }

    /// <summary>Each value and each bound by itself: what the catalog refuses is told before a search spends its purse on it.</summary>
    private void CheckBounds(IReadOnlyList<CellLevels> trainable)
    {
        foreach (var factor in FactorWords.All)
        {
            foreach (var placed in factors[factor].Where(level => level.Space is not null))
            {
                var cells = trainable.Where(cell => cell[factor] == placed.Level).DistinctBy(cell => cell.Problem).ToList();
                foreach (var range in placed.Space!.Ranges)
                {
                    CheckBounds(factor, placed, range, cells);
                }
            }
        }
    }

    /// <summary>
    /// A range that serves one problem may mean nothing on another, as the weight of a term that the other does not have: searches there leave
    /// it out.
    /// </summary>
    private void CheckBounds(Factor factor, PlacedLevel placed, LevelRange range, List<CellLevels> cells)
    {
        var ends = range.Scale.Ends();
        var refused = (from cell in cells
                       let reasons = ends.Select(value => (value, Reason: WhyNot(cell.With(factor, placed.Level with { Parameters = (SpecValue.Map)range.Put(placed.Level.Parameters, value) }))))
                           .Where(end => end.Reason is not null).ToList()
                       select (Cell: cell, Reasons: reasons)).ToList();
        var servesSome = refused.Exists(one => one.Reasons.Count == 0);
        foreach (var (cell, reasons) in refused.Where(one => !servesSome || one.Reasons.Count < ends.Count()))
        {
            foreach (var (value, reason) in reasons)
            {
                mistakes.Add(placed.Place, $"factors.{factor.ToWord()}[{placed.Level.Kind}].{range.Name}", $"{NearestMatch.Quote(value.Canonical())} cannot be trained on problem '{cell.Problem.Kind}': {reason}");
            }
        }
    }

    private string? WhyNot(CellLevels cell)
    {
        try
        {
            return catalog.WhyNotApplicable(cell);
        }
        catch (UserMistakeException mistake)
        {
            return mistake.Message;
        }
    }

    private void CheckSize(TuneSpec tune, ImmutableArray<SearchedCells> searches)
    {
        var proposals = searches.Sum(search => Math.Min(tune.Trials ?? 0, (double)(SpaceOfCells.Of(search.Levels).Space.Count() + 1 ?? long.MaxValue)));
        var trials = (proposals * tune.Seeds.Length * (tune.Rungs?.Steps.Length ?? 1)) + (2.0 * searches.Length * spec.Seeds.Length);
        if (trials > maximumTrials)
        {
            Refuse(TuneReader.Key, tune.Trials is null ? "seconds" : "trials", FormattableString.Invariant($"{searches.Length:N0} searches of {tune.Trials ?? 0:N0} proposals with {tune.Seeds.Length:N0} seeds, and their evaluation, may make {trials:N0} trials; at most {maximumTrials:N0} are planned in one study"));
        }
    }

    private void Refuse(string section, string key, string text)
    {
        var entry = study.Find(section)!;
        mistakes.Add((entry.Value as SourceNode.Map)?.Find(key)?.Place ?? entry.Place, $"{section}.{key}", text);
    }
}
