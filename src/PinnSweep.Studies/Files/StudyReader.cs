using System.Collections.Immutable;
using System.Numerics;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>Reads the keys of a study file. Mistakes are gathered; what depends on a part with mistakes is not looked at.</summary>
internal sealed class StudyReader(SourceNode.Map study, Catalog catalog, TextOfPath texts, MistakeList mistakes, int maximumTrials, PlanningWatch watch)
{
    internal static readonly string[] Metrics = ["relative_l2", "max_error", "mse", CurvePoint.ResidualL2];
    private const long MaximumComparisons = 50_000_000;
    private readonly ValueReader _values = new(mistakes);

    public static IReadOnlyList<string> Keys { get; } =
        ["study", "description", HypothesesReader.Key, "metric", "seeds", "precision", "factors", MethodsReader.Key, "exclude", "budget", "evaluate_every", "converged_below", StopReader.Key, "control", "published", DesignReader.Key, TuneReader.Key, ReplicateReader.Key];

    public StudySpec Read()
    {
        foreach (var entry in study.Entries.Where(entry => !Keys.Contains(entry.Key)))
        {
            mistakes.Add(entry.Place, $"unknown key {NearestMatch.Quote(entry.Key)}{NearestMatch.Hint(entry.Key, Keys)}");
        }

        var name = Name();
        var description = Description();
        var hypotheses = new HypothesesReader(mistakes).Read(study.Find(HypothesesReader.Key));
        var metric = Typed("metric", new ParameterType.Choice([.. Metrics]), new SpecValue.Text(StudyDefaults.Metric));
        var seeds = new SeedReader(mistakes).Read(study.Find("seeds")?.Value);
        var replication = new ReplicateReader(mistakes);
        var replicate = replication.Read(study);
        seeds = replicate is null ? seeds : replication.Seeds(replicate, seeds, study.Find("seeds"));
        var budgets = new BudgetReader(mistakes);
        var budget = budgets.Read(study);
        var evaluateEvery = Typed("evaluate_every", new ParameterType.Integer(1), SpecValue.None.Value);
        var convergedBelow = Typed("converged_below", new ParameterType.Number(0, ExclusiveMinimum: true), new SpecValue.Number(StudyDefaults.ConvergedBelow));
        var every = evaluateEvery is SpecValue.Number { Value: var given } ? checked((int)given) : budget is null ? (int?)null : StudyDefaults.EvaluateEvery(budget);
        var factors = new FactorsReader(study, catalog, texts, mistakes, watch, SpaceUse.Of(study)).Read();
        NamedMethods? methods = null;
        ImmutableArray<ExcludeRule> exclude = [];
        StudyControl? control = null;
        ImmutableArray<BudgetException> exceptions = [];
        ImmutableArray<PublishedTable> published = [];
        DesignSpec? design = null;
        TuneSpec? tune = null;
        if (factors is not null)
        {
            tune = new TuneReader(study, catalog, mistakes).Read(factors, seeds, budget, Metrics);
            design = new DesignReader(mistakes).Read(study, factors.Values.SelectMany(levels => levels));
            methods = new MethodsReader(study, new(catalog, texts, mistakes, watch), mistakes).Read(factors);
        }

        // What may name methods is not looked at where these have mistakes.
        if (factors is not null && (methods is not null || study.Find(MethodsReader.Key) is null or { Value: SourceNode.Scalar { IsNull: true } }))
        {
            var patterns = new ExcludeReader(factors, catalog, mistakes, watch) { Methods = methods };
            exclude = patterns.Read(study.Find("exclude")?.Value);
            control = new ControlReader(factors, catalog, texts, mistakes, watch) { Methods = methods }.Read(study.Find("control")?.Value);
            exceptions = budgets.Exceptions(study, budget, patterns);
            published = new PublishedReader(factors, patterns, mistakes).Read(study.Find("published")?.Value, (metric as SpecValue.Text)?.Value ?? StudyDefaults.Metric, Metrics);
        }

        var longest = exceptions.Select(exception => exception.Budget).Append(budget).Max(one => one?.Steps);
        var stop = new StopReader(mistakes).Read(study, longest / every);
        mistakes.ThrowIfAny();
        var spec = new StudySpec(
            name!,
            ((SpecValue.Text)metric!).Value,
            seeds,
            factors!.ToImmutableSortedDictionary(factor => factor.Key, factor => factor.Value.Select(item => item.Level).ToImmutableArray()),
            exclude,
            budget!,
            every!.Value,
            ((SpecValue.Number)convergedBelow!).Value,
            control)
        {
            Description = description,
            Hypotheses = hypotheses,
            BudgetExceptions = exceptions,
            Published = published,
            Notes = factors!.ToImmutableSortedDictionary(factor => factor.Key, factor => factor.Value.Select(item => item.Note).ToImmutableArray()),
            Spaces = factors!.Values.Any(levels => levels.Exists(level => level.Space is not null))
                ? factors!.ToImmutableSortedDictionary(factor => factor.Key, factor => factor.Value.Select(item => item.Space).ToImmutableArray())
                : ImmutableSortedDictionary<Factor, ImmutableArray<LevelSpace?>>.Empty,
            Tune = tune,
            Replicate = replicate,
            StopWhen = stop,
            Methods = methods,
        };
        spec = methods is null ? spec : spec with { Combinations = MethodsReader.Cells(spec, methods) };
        if (design is not null)
        {
            CheckSize(spec);
            mistakes.ThrowIfAny();
            spec = new DesignedCells(study, spec, new(catalog, texts, mistakes, watch), mistakes, maximumTrials).Of(design);
        }

        CheckMetric(spec, factors!);
        var stages = new StageChecks(study, spec, factors!, catalog, mistakes, maximumTrials);
        stages.Check();
        mistakes.ThrowIfAny();
        CheckCells(spec, factors!, stages);
        mistakes.ThrowIfAny();
        return spec;
    }

    private string? Name()
    {
        if (study.Find("study") is not { } entry)
        {
            mistakes.Add(study.Place, "study: missing; expected the study's name");
            return null;
        }

        if (entry.Value is SourceNode.Scalar { IsNull: false, Text: var name } && name.Length is > 0 and <= 100 &&
            char.IsAsciiLetterOrDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            return name;
        }

        mistakes.Add(entry.Place, "study", $"expected a name of at most 100 letters, digits, '-', '_' and '.', beginning with a letter or digit; found {entry.Value.Words}");
        return null;
    }

    private string? Description()
    {
        switch (study.Find("description"))
        {
            case null or { Value: SourceNode.Scalar { IsNull: true } }:
                return null;
            case { Value: SourceNode.Scalar { Text: var text } }:
                return text;
            case var entry:
                mistakes.Add(entry.Place, "description", $"expected text; found {entry.Value.Words}");
                return null;
        }
    }

    private SpecValue? Typed(string key, ParameterType type, SpecValue standard) =>
        study.Find(key) is { } entry ? _values.Read(type, entry.Value, key) : standard;

    private void CheckMetric(StudySpec spec, Dictionary<Factor, List<PlacedLevel>> factors)
    {
        foreach (var (level, place) in factors[Factor.Problem].Select(placed => (placed.Level, placed.Place)))
        {
            if (catalog.WhyNoMetric(level, spec.Metric) is { } reason)
            {
                mistakes.Add(study.Find("metric")?.Place ?? place, "metric", reason);
            }
        }
    }

    private static BigInteger CellsOf(StudySpec spec) =>
        spec.Combinations is { } combinations ? combinations.Length : spec.Factors.Values.Aggregate(BigInteger.One, (product, levels) => product * levels.Length);

    private bool CheckSize(StudySpec spec)
    {
        var cells = CellsOf(spec);
        var trials = cells * spec.Seeds.Length;
        if (trials > maximumTrials)
        {
            mistakes.Add(study.Find("factors")?.Place ?? study.Place, FormattableString.Invariant($"factors: {cells:N0} cells with {spec.Seeds.Length:N0} seeds make {trials:N0} trials; at most {maximumTrials:N0} are planned in one study"));
        }

        return trials <= maximumTrials;
    }

    private void CheckCells(StudySpec spec, Dictionary<Factor, List<PlacedLevel>> factors, StageChecks stages)
    {
        var place = study.Find("factors")?.Place ?? study.Place;
        var cells = CellsOf(spec);
        if (!CheckSize(spec))
        {
            return;
        }

        // Every rule is held against every cell.
        if (cells * spec.Exclude.Length > MaximumComparisons)
        {
            mistakes.Add(study.Find("exclude")?.Place ?? place, FormattableString.Invariant($"exclude: {spec.Exclude.Length:N0} rules for {cells:N0} cells are more than can be compared; name parameters that several cells share"));
            return;
        }

        // And every report holds each published number against every cell.
        var rows = spec.Published.Sum(table => table.Rows.Length);
        if (cells * rows > MaximumComparisons)
        {
            mistakes.Add(study.Find("published")?.Place ?? place, FormattableString.Invariant($"published: {rows:N0} numbers for {cells:N0} cells are more than can be compared"));
            return;
        }

        var before = mistakes.Count;
        CheckNames(factors);
        var trainable = new List<CellLevels>();
        var leftOut = new List<(CellLevels, string)>();
        var refused = new List<(PlacedLevel? Level, Factor Factor, string Message)>();
        var checkedCells = 0;
        foreach (var cell in CellGrid.Enumerate(spec))
        {
            watch.Begin(FormattableString.Invariant($"checking cell {++checkedCells:N0} of {cells:N0}"));
            try
            {
                if ((CellGrid.WhyExcluded(cell, spec.Exclude) ?? catalog.WhyNotApplicable(cell)) is { } reason)
                {
                    leftOut.Add((cell, reason));
                }
                else
                {
                    trainable.Add(cell);
                }
            }
            catch (UserMistakeException mistake)
            {
                // The catalog knows what is wrong with a level but not where it stands.
                var factor = FactorWords.FromWord(mistake.Message.Split(' ', 2)[0]);
                leftOut.Add((cell, mistake.Message));
                refused.Add((factor is { } named ? factors[named].Find(placed => placed.Level == cell[named]) : null, factor ?? Factor.Problem, mistake.Message));
            }
        }

        // A level that serves another cell is sound: what it cannot serve is n/a.
        foreach (var (level, factor, message) in refused.Distinct().Where(one => one.Level is null || !trainable.Exists(cell => cell[one.Factor] == one.Level.Level)))
        {
            mistakes.Add(level?.Place ?? place, message);
        }

        if (trainable.Count == 0 && mistakes.Count == before)
        {
            mistakes.Add(place, $"factors: no trial is left to train: {CellGrid.WhyEmpty(spec, catalog, watch)}");
        }

        if (mistakes.Count == before)
        {
            stages.CheckCells(trainable, leftOut);
        }
    }

    /// <summary>Names of what no problem of the study has, with the line of the level that has them.</summary>
    private void CheckNames(Dictionary<Factor, List<PlacedLevel>> factors)
    {
        var problems = factors[Factor.Problem].Select(placed => placed.Level).ToList();
        foreach (var factor in FactorWords.All)
        {
            foreach (var placed in factors[factor])
            {
                watch.Begin("looking up names");
                foreach (var unknown in UnknownNames.Of(catalog, factor, placed.Level, problems))
                {
                    mistakes.Add(placed.Place, unknown);
                }
            }
        }
    }
}
