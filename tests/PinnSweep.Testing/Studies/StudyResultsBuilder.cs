using System.Collections.Immutable;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Testing.Studies;

/// <summary>
/// A study with results made up by functions of levels and seed: any factors, missing, diverged and given-up trials, curves that fall
/// from 1 to the final error with a little noise. A pure function of what it was told.
/// </summary>
public sealed class StudyResultsBuilder
{
    private readonly Dictionary<Factor, ImmutableArray<Level>> _factors = new()
    {
        [Factor.Problem] = [Level.Of("helmholtz")],
        [Factor.Network] = [Level.Of("mlp")],
        [Factor.Balancer] = [Level.Of("static")],
        [Factor.Sampler] = [Level.Of("uniform")],
        [Factor.Optimizer] = [Level.Of("adam")],
        [Factor.Time] = [Level.Of("none")],
        [Factor.Precision] = [Level.Of("float64")],
    };

    private ImmutableArray<long> _seeds = [1, 2, 3];
    private string _metric = "relative_l2";
    private Budget _budget = Budget.OfSteps(2000);
    private StudyControl? _control;
    private int _faultsRetried;
    private int _points = 20;
    private ImmutableArray<string> _terms = ["residual", "boundary"];
    private Func<CellLevels, long, double?> _error = (_, seed) => 1e-2 * (1 + (0.1 * seed));
    private Func<CellLevels, long, Outcome?> _outcome = (_, _) => null;
    private readonly Dictionary<Level, string> _labels = [];
    private readonly Dictionary<Factor, ImmutableArray<LevelNote>> _notes = [];
    private Func<CellLevels, string?> _notApplicable = _ => null;
    private Func<CellLevels, long, bool> _isQuarantined = (_, _) => false;
    private Func<CellLevels, long, bool> _isMissing = (_, _) => false;
    private Func<CellLevels, double> _millisecondsPerStep = _ => 1;

    public StudyResultsBuilder With(Factor factor, params string[] kinds) => Set(() => _factors[factor] = [.. kinds.Select(Level.Of)]);

    /// <summary>Levels with labels and the parameters that are not default, as plans have them that keep notes.</summary>
    public StudyResultsBuilder With(Factor factor, params (string Label, Level Level, string[] NotDefault)[] levels) => Set(() =>
    {
        _factors[factor] = [.. levels.Select(level => level.Level)];
        _notes[factor] = [.. levels.Select(level => new LevelNote(level.Label == level.Level.Kind ? null : level.Label, [.. level.NotDefault], SpecValue.Map.Empty))];
        foreach (var (label, level, _) in levels)
        {
            _labels[level] = label;
        }
    });

    public StudyResultsBuilder Seeds(params long[] seeds) => Set(() => _seeds = [.. seeds]);

    public StudyResultsBuilder Metric(string metric) => Set(() => _metric = metric);

    public StudyResultsBuilder Within(Budget budget) => Set(() => _budget = budget);

    public StudyResultsBuilder Control(Factor factor, string kind) => Set(() => _control = new(factor, Level.Of(kind)));

    public StudyResultsBuilder FaultsRetried(int count) => Set(() => _faultsRetried = count);

    public StudyResultsBuilder Points(int count) => Set(() => _points = count);

    public StudyResultsBuilder Terms(params string[] terms) => Set(() => _terms = [.. terms]);

    /// <summary>The final error of each trial; null diverges.</summary>
    public StudyResultsBuilder Error(Func<CellLevels, long, double?> error) => Set(() => _error = error);

    /// <summary>What science says of a trial with a finite error; null leaves it to the error.</summary>
    public StudyResultsBuilder Outcome(Func<CellLevels, long, Outcome?> outcome) => Set(() => _outcome = outcome);

    public StudyResultsBuilder NotApplicable(Func<CellLevels, string?> reason) => Set(() => _notApplicable = reason);

    public StudyResultsBuilder Quarantined(Func<CellLevels, long, bool> isQuarantined) => Set(() => _isQuarantined = isQuarantined);

    public StudyResultsBuilder Missing(Func<CellLevels, long, bool> isMissing) => Set(() => _isMissing = isMissing);

    public StudyResultsBuilder MillisecondsPerStep(Func<CellLevels, double> milliseconds) => Set(() => _millisecondsPerStep = milliseconds);

    public StudyResults Build()
    {
        var all =
            (from problem in _factors[Factor.Problem]
             from network in _factors[Factor.Network]
             from balancer in _factors[Factor.Balancer]
             from sampler in _factors[Factor.Sampler]
             from optimizer in _factors[Factor.Optimizer]
             from time in _factors[Factor.Time]
             from precision in _factors[Factor.Precision]
             select new CellLevels(problem, network, balancer, sampler, optimizer, time, PrecisionWords.FromWord(precision.Kind)!.Value)).ToArray();
        var cells = all.Where(levels => _notApplicable(levels) is null).ToImmutableArray();
        var spec = new StudySpec("made-up", _metric, _seeds, _factors.ToImmutableSortedDictionary(), [], _budget, EvaluateEvery, 0.05, _control)
        {
            Notes = _notes.Count == 0 ? ImmutableSortedDictionary<Factor, ImmutableArray<LevelNote>>.Empty : _factors.ToImmutableSortedDictionary(
                factor => factor.Key, factor => _notes.TryGetValue(factor.Key, out var notes) ? notes : [.. factor.Value.Select(_ => new LevelNote(null, [], SpecValue.Map.Empty))]),
        };
        var trials = cells.SelectMany((levels, index) => _seeds.Select(seed => Plan(levels, seed, index))).ToImmutableArray();
        var plan = new StudyPlan(
            spec,
            new string('c', 64),
            [.. cells.Select(levels => new Cell(levels, Labels(levels)))],
            [.. all.Except(cells).Select(levels => new NotApplicableCell(levels, Labels(levels), _notApplicable(levels)!))],
            trials);
        var results = trials.Where(trial => !_isMissing(trial.Description.Levels, trial.Description.Seed) && !_isQuarantined(trial.Description.Levels, trial.Description.Seed))
            .ToImmutableDictionary(trial => trial.Key, Result);
        return new(
            plan,
            results,
            [.. trials.Where(trial => _isQuarantined(trial.Description.Levels, trial.Description.Seed)).Select(trial => new QuarantinedTrial(trial.Key, ["out of memory", "out of memory", "lost worker"]))],
            _faultsRetried);
    }

    private int Steps => _budget.Steps ?? 2000;

    private int EvaluateEvery => Math.Max(1, Steps / _points);

    private ImmutableSortedDictionary<Factor, string> Labels(CellLevels levels) =>
        Enum.GetValues<Factor>().ToImmutableSortedDictionary(factor => factor, factor => _labels.GetValueOrDefault(levels[factor], levels[factor].Kind));

    private PlannedTrial Plan(CellLevels levels, long seed, int index)
    {
        var description = new TrialDescription(levels, seed, _budget, EvaluateEvery, 0.05);
        return new(description.Key(), description, index);
    }

    private TrialResult Result(PlannedTrial trial)
    {
        var (levels, seed) = (trial.Description.Levels, trial.Description.Seed);
        var error = _error(levels, seed);
        var milliseconds = _millisecondsPerStep(levels);
        var noise = new RandomStream(seed, trial.Key.Hex);
        var steps = error is null ? Steps / 2 : Steps;
        var curve = ImmutableArray.CreateBuilder<CurvePoint>();
        for (var step = 0; step <= steps; step += EvaluateEvery)
        {
            var isLast = step + EvaluateEvery > steps;
            var fall = Math.Pow((double)step / Steps, 0.6);
            var value = isLast ? error ?? double.NaN : Math.Pow(10, (Math.Log10(error ?? 0.5) * fall) + (0.04 * noise.NextGaussian()));
            curve.Add(new(
                isLast ? steps : step,
                step * milliseconds / 1000,
                value,
                3 * value,
                [.. _terms.Select((_, k) => value * value * Math.Pow(10, 1 - k))],
                [.. _terms.Select((_, k) => error is null ? double.PositiveInfinity : k == 0 ? 1 : 1 + (100 * fall * (1 + (0.1 * noise.NextDouble()))))]));
        }

        return new(
            trial.Key,
            trial.Description.Canonical(),
            error is null ? PinnSweep.Studies.Trials.Outcome.Diverged : _outcome(levels, seed) ?? (error < 0.05 ? PinnSweep.Studies.Trials.Outcome.Converged : error > 0.95 ? PinnSweep.Studies.Trials.Outcome.Trivial : PinnSweep.Studies.Trials.Outcome.Stalled),
            steps,
            7851,
            steps * milliseconds / 1000,
            _terms,
            curve.ToImmutable(),
            ImmutableSortedDictionary<string, int>.Empty,
            new(
                "0123456789abcdef0123456789abcdef01234567",
                ImmutableSortedDictionary<string, string>.Empty.Add("pinnsweep", "0.1.0"),
                "test machine, 2 cores",
                "fused",
                ["init", "interior", "boundary"],
                new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
                new(2026, 1, 2, 3, 5, 5, TimeSpan.Zero)));
    }

    private StudyResultsBuilder Set(Action set)
    {
        set();
        return this;
    }
}
