using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Planning;

/// <summary>Expands a study into its cells and trials.</summary>
public static class Planner
{
    /// <summary>The plan: a pure function of study and catalog.</summary>
    /// <exception cref="UserMistakeException">The study plans no trial, more than <see cref="StudyFile.MaximumTrials"/>, or one trial
    /// twice.</exception>
    public static StudyPlan Plan(StudySpec spec, Catalog catalog) => Plan(spec, catalog, PlanningWatch.None);

    /// <summary>The same; the watch may end it.</summary>
    /// <exception cref="OperationCanceledException">The planning shall end.</exception>
    /// <inheritdoc cref="Plan(StudySpec, Catalog)"/>
    public static StudyPlan Plan(StudySpec spec, Catalog catalog, PlanningWatch watch)
    {
        if (spec.Combinations is null && spec.Factors.Values.Aggregate((double)spec.Seeds.Length, (product, levels) => product * levels.Length) > StudyFile.MaximumTrials)
        {
            throw new UserMistakeException(string.Create(CultureInfo.InvariantCulture, $"study '{spec.Name}' plans more than {StudyFile.MaximumTrials:N0} trials"));
        }

        watch.Begin("finding labels for levels");
        var labels = spec.Factors.ToDictionary(
            factor => factor.Key,
            factor =>
            {
                var notes = spec.Notes.GetValueOrDefault(factor.Key, []);
                var levels = factor.Value.Select((level, i) => (Level: level, notes.ElementAtOrDefault(i)?.Label)).DistinctBy(one => one.Level).ToArray();
                return levels.Select(one => one.Level).Zip(LevelLabels.Of(factor.Key, [.. levels.Select(one => one.Level)], catalog, watch, [.. levels.Select(one => one.Label)])).ToDictionary(pair => pair.First, pair => pair.Second);
            });
        var cells = ImmutableArray.CreateBuilder<Cell>();
        var notApplicable = ImmutableArray.CreateBuilder<NotApplicableCell>();
        var trials = ImmutableArray.CreateBuilder<PlannedTrial>();
        foreach (var levels in CellGrid.Enumerate(spec))
        {
            watch.Begin(FormattableString.Invariant($"planning cell {cells.Count + notApplicable.Count + 1:N0}"));
            var names = labels.ToImmutableSortedDictionary(factor => factor.Key, factor => factor.Value[levels[factor.Key]]);
            names = spec.Methods?.Named(levels, names) ?? names;
            if (CellGrid.WhyLeftOut(levels, spec.Exclude, catalog) is { } reason)
            {
                notApplicable.Add(new(levels, names, reason));
                continue;
            }

            foreach (var seed in spec.Seeds)
            {
                watch.Check();
                var description = spec.Describe(levels, seed);
                trials.Add(new(description.Key(), description, cells.Count));
            }

            cells.Add(new(levels, names));
        }

        if (trials.Count == 0)
        {
            throw new UserMistakeException($"study '{spec.Name}' plans no trial: {CellGrid.WhyEmpty(spec, catalog, watch)}");
        }

        watch.Begin("comparing trials");
        RefuseTwins(spec, trials);
        watch.Begin("gathering notices");
        var plan = new StudyPlan(spec, Hash(spec.Name, spec.Metric, spec.Control, trials.Select(trial => trial.Key)), cells.ToImmutable(), notApplicable.ToImmutable(), trials.ToImmutable())
        {
            Notices = [.. catalog.Notices(cells.Select(cell => cell.Levels)), .. catalog.Cautions([.. cells.Select(cell => cell.Levels)])],
        };
        plan = spec.Design is null ? plan : plan with { Searches = DesignedSearches.Of(plan) };
        if (!spec.IsStaged)
        {
            return plan;
        }

        watch.Begin("deciding the first stage");
        var staged = StagedPlanner.Begin(plan, catalog);
        return staged with { Hash = Hash($"{spec.Name}\n{StageJson.Rules(staged)}", spec.Metric, spec.Control, plan.Trials.Concat(staged.Trials).Select(trial => trial.Key).Distinct()) };
    }

    private static void RefuseTwins(StudySpec spec, IEnumerable<PlannedTrial> trials)
    {
        var seen = new HashSet<TrialKey>();
        if (trials.FirstOrDefault(trial => !seen.Add(trial.Key)) is { } twin)
        {
            throw new UserMistakeException($"study '{spec.Name}' plans one trial twice: {twin.Description.Canonical()}");
        }
    }

    /// <summary>The order of levels in the file does not matter: the same trials under the same name are the same study.</summary>
    internal static string Hash(string name, string metric, StudyControl? control, IEnumerable<TrialKey> trials)
    {
        var text = new StringBuilder();
        text.Append(name).Append('\n').Append(metric).Append('\n');
        text.Append(control is null ? "none" : $"{control.Factor.ToWord()} {control.Level}").Append('\n');
        foreach (var key in trials.Select(trial => trial.Hex).Order(StringComparer.Ordinal))
        {
            text.Append(key).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
