using System.Numerics.Tensors;
using PinnSweep.Methods.Balancers;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Training.Preparation;

namespace PinnSweep.Training.Steps;

/// <summary>
/// The steps of one stage. A step: new points where due, the passes (after a forward pass where the balancer asks for one), the balancer's
/// weights and direction, the optimizer, the balancer's after-step.
/// </summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly TermPasses _passes;
    private readonly StepObjective _objective;
    private readonly ResidualProbe _residuals;
    [Scratch] private readonly double[] _gradient;

    // Whether the passes of the last step are those of the next one too, if its points are.
    [Memo] private bool _isAtRest;

    /// <summary>Prepares the passes of a stage at its first points.</summary>
    public TrainingStep(TrialAssembly trial)
    {
        Trial = trial;
        _gradient = new double[trial.Theta.Length];
        _passes = new(trial.Problem, trial.Engine, _gradient.Length);
        _objective = new(_passes, trial.Engine, trial.Events, trial.Penalty);
        _residuals = new(trial.Problem, trial.Engine, IdleCores.Count);
        TakePoints();
    }

    /// <summary>The parts of the stage; the optimizer is another one where new points let it begin anew.</summary>
    public TrialAssembly Trial { get; private set; }

    /// <summary>Unweighted losses of the terms, as the last passes found them.</summary>
    public ReadOnlySpan<double> Losses => _passes.Losses;

    /// <summary>Takes the points that the sampler has, after a checkpoint was read.</summary>
    public void TakePoints()
    {
        _isAtRest = false;
        _passes.TakePoints(Trial.Sampler, null);
    }

    /// <summary>Losses and residuals at the engine's θ without weights.</summary>
    public void Forward() => _passes.Forward();

    /// <summary>Moves θ by one step of the optimizer.</summary>
    /// <param name="step">The number of the step in the stage: what parts that start anew with it count by.</param>
    /// <param name="theta">θ.</param>
    /// <param name="loss">Takes the weighted total loss, as far as the step came.</param>
    /// <returns>False where a loss or gradient is not finite; θ is then as it was.</returns>
    public bool TryTake(int step, double[] theta, ref double loss)
    {
        var balancer = Trial.Balancer;
        Trial.Engine.SetParameters(theta);
        var hasNewPoints = MoveTo(step);
        if (!hasNewPoints && _isAtRest)
        {
            Rest(theta, loss);
            return true;
        }

        if ((balancer.NeedsResidualsFirst || Trial.Sampler.NeedsResidualsFirst) && !TryLookAhead(step))
        {
            return false;
        }

        var needsTermGradients = balancer.NeedsTermGradients(step);
        _passes.ForwardAndReverse(theta, balancer, needsTermGradients ? [] : balancer.TermWeights);
        if (!TensorPrimitives.IsFiniteAll(_passes.Losses) || !TensorPrimitives.IsFiniteAll(_passes.Gradients))
        {
            return false;
        }

        if (!Trial.Sampler.NeedsResidualsFirst)
        {
            Trial.Sampler.Observe(_passes);
        }

        var observation = Observe(step, needsTermGradients ? _passes.Gradients : []);
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

        loss = TensorPrimitives.Dot(balancer.TermWeights, _passes.WeightedLosses) + (Trial.Penalty?.Add(theta, _gradient) ?? 0);
        if (!double.IsFinite(loss) || !TensorPrimitives.IsFiniteAll<double>(_gradient))
        {
            return false;
        }

        Trial.Sampler.ObserveDirection(_gradient);
        _objective.Begin(balancer.TermWeights);
        var wasAtRest = Trial.Optimizer.IsAtRest;
        Trial.Optimizer.Step(theta, _gradient, loss, _objective);
        balancer.AfterStep(observation);

        // On new points an optimizer at rest may move once more, and meet its tolerance where it comes to.
        _isAtRest = !hasNewPoints && wasAtRest && Trial.Optimizer.IsAtRest && balancer.IsConstant && HasNoPointWeights();
        return true;
    }

    public void Dispose()
    {
        _residuals.Dispose();
        _passes.Dispose();
    }

    /// <summary>Shows the residuals to those whose weights of points follow from them.</summary>
    private bool TryLookAhead(int step)
    {
        _passes.ForwardAhead();
        if (!TensorPrimitives.IsFiniteAll(_passes.Losses))
        {
            return false;
        }

        if (Trial.Sampler.NeedsResidualsFirst)
        {
            Trial.Sampler.Observe(_passes);
        }

        if (Trial.Balancer.NeedsResidualsFirst)
        {
            Trial.Balancer.ObserveResiduals(Observe(step, []));
        }

        return true;
    }

    // θ, points and weights are those of the last step, and so are losses and gradient, which stand in their places still.
    private void Rest(double[] theta, double loss)
    {
        Trial.Sampler.Observe(_passes);
        Trial.Sampler.ObserveDirection(_gradient);
        Trial.Optimizer.Step(theta, _gradient, loss, _objective);
    }

    private bool HasNoPointWeights()
    {
        for (var term = 0; term < Trial.Problem.Terms.Length; term++)
        {
            if (!Trial.Sampler.PointWeights(term).IsEmpty)
            {
                return false;
            }
        }

        return !Trial.Sampler.NeedsResidualsFirst;
    }

    private bool MoveTo(int step)
    {
        if (!Trial.Sampler.MoveTo(step, _residuals))
        {
            return false;
        }

        _passes.TakePoints(Trial.Sampler, Trial.Balancer);
        if (Trial.Sampler.RestartsOptimizer)
        {
            Trial = Trial.WithFreshOptimizer();
            Trial.Events.Count(OptimizerEvents.BegunAnew);
        }

        return true;
    }

    private StepObservation Observe(int step, ReadOnlySpan<double> gradients) => new()
    {
        Step = step,
        LearningRate = Trial.Optimizer.LearningRate,
        ParameterCount = _gradient.Length,
        Losses = _passes.Losses,
        WeightedLosses = _passes.WeightedLosses,
        Gradients = gradients,
        Residuals = _passes.Residuals,
    };
}
