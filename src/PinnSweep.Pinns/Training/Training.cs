using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>
/// The training of one trial, a step at a time. A step: new points where due, the passes (after a forward pass where the balancer asks
/// for one), the balancer's weights and direction, the optimizer, the balancer's after-step. The state between two steps is complete:
/// saved and loaded into another instance of the same trial, every later digit is the same. Where the factor time divides a training into stages,
/// the next one begins before the first step beyond the share of the one before it.
/// </summary>
public sealed class Training : IDisposable
{
    // In checkpoints: 0 and 1 say whether the network is flat, what is above names the trivial field.
    private const long FirstTrivial = 2;
    private readonly TimeProvider _clock;
    private readonly TestGridError _grid;
    private readonly ResidualErrors _errors;
    private readonly List<(double[] Theta, int LastStep)> _finished = [];
    private readonly double[] _theta;
    private readonly double[] _gradient;
    private readonly List<CurvePoint> _curve = [];
    private TrialAssembly _trial;
    private TermPasses _passes;
    private StepObjective _objective;
    private ResidualProbe _residuals;
    private TimeSpan _time;
    private bool _isFlat;
    private string? _trivial;

    /// <summary>Takes the parts of a trial over; they are disposed with this instance.</summary>
    public Training(TrialAssembly trial, TimeProvider clock)
    {
        _trial = trial;
        _clock = clock;
        _theta = [.. trial.Theta];
        _gradient = new double[_theta.Length];
        _grid = new(trial.Target, trial.Engine, trial.Stated);
        _errors = new(trial.Target, trial.Engine, trial.Stated);
        Begin(trial);
    }

    /// <summary>The parts of the stage that is in training.</summary>
    public TrialAssembly Trial => _trial;

    /// <summary>Optimizer steps taken.</summary>
    public int Step { get; private set; }

    /// <summary>Training time in seconds over all attempts that led here, evaluations excluded.</summary>
    public double Seconds => _time.TotalSeconds;

    /// <summary>The weighted total loss of the last step.</summary>
    public double Loss { get; private set; } = double.NaN;

    /// <summary>Whether a loss, gradient or parameter became non-finite.</summary>
    public bool IsDiverged { get; private set; }

    /// <summary>Whether the budget is used up or the training diverged.</summary>
    public bool IsFinished => IsDiverged || (_trial.Description.Budget is { Steps: { } steps } ? Step >= steps : Seconds >= _trial.Description.Budget.Seconds);

    /// <summary>θ.</summary>
    public ReadOnlySpan<double> Theta => _theta;

    /// <summary>The evaluations so far.</summary>
    public IReadOnlyList<CurvePoint> Curve => _curve;

    /// <summary>Takes one step, and evaluates on the test grid before the first, every <see cref="TrialDescription.EvaluateEvery"/>, and after the last of each stage.</summary>
    public void Advance()
    {
        if (_curve.Count == 0)
        {
            Evaluate();
        }

        while (_trial.IsStageOver(Step, Seconds))
        {
            BeginNextStage();
            if (_trial.Stages[_trial.StageNumber].Event is { } name)
            {
                _trial.Events.Count(name);
            }
        }

        var start = _clock.GetTimestamp();
        IsDiverged |= !TryStep();
        _time += _clock.GetElapsedTime(start);
        if (!IsDiverged && (Step % _trial.Description.EvaluateEvery == 0 || IsFinished || _trial.IsStageOver(Step, Seconds)))
        {
            Evaluate();
        }
    }

    /// <summary>What science says of the trial as it stands. A network that has settled on a trivial field has solved nothing, whatever that field scores.</summary>
    public Outcome Outcome =>
        IsDiverged ? Outcome.Diverged
        : _trivial is not null ? Outcome.Trivial
        : _curve[^1].Yardstick() < _trial.Description.ConvergedBelow ? Outcome.Converged
        : _isFlat ? Outcome.Trivial
        : Outcome.Stalled;

    /// <summary>The record of the trial as it stands.</summary>
    public TrialResult Result(Evidence evidence) => new(
        _trial.Description.Key(),
        _trial.Description.Canonical(),
        Outcome,
        Step,
        _theta.Length,
        Seconds,
        [.. _trial.Target.Terms.Select(term => term.Name)],
        [.. _curve],
        _trial.Events.Counts.ToImmutableSortedDictionary(StringComparer.Ordinal),
        evidence)
    {
        TermTraits = [.. _trial.Target.Terms.Select(term => new TermTrait(term.Role.ToString().ToLowerInvariant(), term.Scale))],
        Notices = PinnCatalogue.Instance.Notices([_trial.Description.Levels]),
        StageEnds = [.. _finished.Select(stage => stage.LastStep)],
        ReferenceMeanSquare = _grid.ReferenceMeanSquare,
        Field = IsDiverged ? null : FieldNow(),
        Floor = _trial.Target.Floor(),
        TrivialScores = _grid.TrivialScores,
        SettledOn = IsDiverged ? null : _trivial,
        Sizes = TrialSizing.Of(_trial, _theta, _grid),
        NonFinite = IsDiverged ? NonFiniteSearch.Find(_trial.Problem, _trial.Engine, _trial.Sampler, _theta) : null,
    };

    private SolutionField? FieldNow()
    {
        _trial.Engine.SetParameters(_theta);
        return _grid.Field();
    }

    /// <summary>Writes everything that later steps depend on.</summary>
    public void Save(Stream stream)
    {
        using var writer = new StateWriter(stream);
        Checkpoint.WriteHeader(writer, _trial.Description.Key(), _trial.Engine.Name);
        writer.Write("step", (long)Step);
        writer.Write("time", _time.Ticks);
        writer.Write("loss", Loss);
        writer.Write("flat", _trivial is { } field ? FirstTrivial + _grid.TrivialNames.IndexOf(field) : _isFlat ? 1L : 0L);
        writer.Write("stage", (long)_finished.Count);
        foreach (var (theta, lastStep) in _finished)
        {
            writer.Write("stage-theta", theta);
            writer.Write("stage-end", (long)lastStep);
        }

        writer.Write("theta", _theta);
        _trial.Optimizer.Save(writer);
        _trial.Balancer.Save(writer);
        _trial.Sampler.Save(writer);
        _trial.Events.Save(writer);
        Checkpoint.WriteCurve(writer, _curve);
    }

    /// <summary>The inverse of <see cref="Save"/>.</summary>
    /// <exception cref="InvalidDataException">The stream holds no checkpoint of this trial.</exception>
    public void Load(Stream stream)
    {
        using var reader = new StateReader(stream);
        var engine = Checkpoint.ReadHeader(reader, _trial.Description.Key());
        var step = checked((int)reader.ReadLong("step"));
        _time = TimeSpan.FromTicks(reader.ReadLong("time"));
        Loss = reader.ReadDouble("loss");
        var flat = reader.ReadLong("flat");
        _isFlat = flat == 1;
        _trivial = flat >= FirstTrivial ? _grid.TrivialNames[checked((int)(flat - FirstTrivial))] : null;
        for (var finished = reader.ReadLong("stage"); finished > 0; finished--)
        {
            reader.ReadVector("stage-theta", _theta);
            Step = checked((int)reader.ReadLong("stage-end"));
            BeginNextStage();
        }

        Step = step;
        reader.ReadVector("theta", _theta);
        _trial.Optimizer.Load(reader);
        _trial.Balancer.Load(reader);
        _trial.Sampler.Load(reader);
        _trial.Events.Load(reader);
        _curve.Clear();
        _curve.AddRange(Checkpoint.ReadCurve(reader));
        _passes.TakePoints(_trial.Sampler, null);
        if (engine != _trial.Engine.Name)
        {
            // The digits after this point are no longer those of an uninterrupted run; the result says so.
            _trial.Events.Count("resumed-on-another-engine");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _errors.Dispose();
        _grid.Dispose();
        _residuals.Dispose();
        _passes.Dispose();
        _trial.Release();
    }

    [MemberNotNull(nameof(_trial), nameof(_passes), nameof(_objective), nameof(_residuals))]
    private void Begin(TrialAssembly trial)
    {
        _trial = trial;
        _passes = new(trial.Problem, trial.Engine, _theta.Length);
        _objective = new(_passes, trial.Engine, trial.Events, trial.Penalty);
        _residuals = new(trial.Problem, trial.Engine);
        _passes.TakePoints(trial.Sampler, null);
    }

    /// <summary>Goes from the end of a stage, at θ, to the beginning of the next: the same in a training and in one that is resumed.</summary>
    private void BeginNextStage()
    {
        _finished.Add(([.. _theta], Step));
        _trial.Engine.SetParameters(_theta);
        if (_trial.Stages[_trial.StageNumber].SolvesUntil is { } moment)
        {
            _grid.Settle(moment);
            _errors.Settle(moment);
        }

        _residuals.Dispose();
        _passes.Dispose();
        var next = _trial.Next([.. _theta]);
        next.Theta.CopyTo(_theta, 0);
        _grid.Use(next.Engine);
        _errors.Use(next.Engine);
        Begin(next);
    }

    /// <summary>Steps taken in this stage: what parts that start anew with it count by.</summary>
    private int StageStep => Step - (_finished.Count > 0 ? _finished[^1].LastStep : 0);

    private bool TryStep()
    {
        var balancer = _trial.Balancer;
        _trial.Engine.SetParameters(_theta);
        if (_trial.Sampler.MoveTo(StageStep, _residuals))
        {
            _passes.TakePoints(_trial.Sampler, balancer);
            if (_trial.Sampler.RestartsOptimizer)
            {
                _trial = _trial.WithFreshOptimizer();
                _trial.Events.Count(OptimizerEvents.BegunAnew);
            }
        }

        if (balancer.NeedsResidualsFirst)
        {
            _passes.ForwardAhead();
            if (!TensorPrimitives.IsFiniteAll(_passes.Losses))
            {
                return false;
            }

            balancer.ObserveResiduals(Observe([]));
        }

        var needsTermGradients = balancer.NeedsTermGradients(StageStep);
        _passes.ForwardAndReverse(_theta, balancer, needsTermGradients ? [] : balancer.TermWeights);
        if (!TensorPrimitives.IsFiniteAll(_passes.Losses) || !TensorPrimitives.IsFiniteAll(_passes.Gradients))
        {
            return false;
        }

        _trial.Sampler.Observe(_passes);
        var observation = Observe(needsTermGradients ? _passes.Gradients : []);
        if (needsTermGradients)
        {
            balancer.Update(observation);
            balancer.Combine(observation, _gradient);
        }
        else
        {
            _passes.Direction(balancer.TermWeights, _gradient);
            BalancerStep.Update(balancer, observation, _gradient);
        }

        Loss = TensorPrimitives.Dot(balancer.TermWeights, _passes.WeightedLosses) + (_trial.Penalty?.Add(_theta, _gradient) ?? 0);
        if (!double.IsFinite(Loss) || !TensorPrimitives.IsFiniteAll<double>(_gradient))
        {
            return false;
        }

        _objective.Begin(balancer.TermWeights);
        _trial.Optimizer.Step(_theta, _gradient, Loss, _objective);
        balancer.AfterStep(observation);
        Step++;
        return TensorPrimitives.IsFiniteAll<double>(_theta);
    }

    private StepObservation Observe(ReadOnlySpan<double> gradients) => new()
    {
        Step = StageStep,
        LearningRate = _trial.Optimizer.LearningRate,
        ParameterCount = _theta.Length,
        Losses = _passes.Losses,
        WeightedLosses = _passes.WeightedLosses,
        Gradients = gradients,
        Residuals = _passes.Residuals,
    };

    private void Evaluate()
    {
        _trial.Engine.SetParameters(_theta);
        _passes.Forward();
        var error = _grid.Measure();
        var point = new CurvePoint(Step, Seconds, error.RelativeL2, error.MaxError, [.. _passes.Losses], Weights()) { Metrics = Metrics() };
        if (error.IsFinite)
        {
            _isFlat = error.IsFlat;
            _trivial = error.Trivial;
            _curve.Add(point);
            return;
        }

        // Finite θ can still give non-finite values. The curve keeps points with finite values only, unless there is none at all.
        IsDiverged = true;
        if (_curve.Count == 0)
        {
            _curve.Add(point);
        }
    }

    private ImmutableSortedDictionary<string, double> Metrics()
    {
        var metrics = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        _errors.Measure(metrics, _theta[^_trial.Target.Coefficients..]);
        _grid.MeasureOutputs(metrics);
        _grid.MeasureSpectrum(metrics);
        var unknowns = _trial.Target.Unknowns;
        for (var i = 0; i < unknowns.Length; i++)
        {
            var value = unknowns[i].ValueOf(_theta[^(unknowns.Length - i)]);
            metrics.Add($"coefficient/{unknowns[i].Name}", value);
            if (unknowns[i].Truth is { } theta)
            {
                var truth = unknowns[i].ValueOf(theta);
                metrics.Add($"coefficient-error/{unknowns[i].Name}", Math.Abs((value - truth) / truth));
            }
        }

        return metrics.ToImmutable();
    }

    private ImmutableArray<double> Weights()
    {
        var weights = _trial.Balancer.TermWeights.ToArray();
        for (var k = 0; k < weights.Length; k++)
        {
            var points = _trial.Balancer.PointWeights(k);
            weights[k] *= points.IsEmpty ? 1 : TensorPrimitives.Sum(points) / points.Length;
        }

        return [.. weights];
    }
}
