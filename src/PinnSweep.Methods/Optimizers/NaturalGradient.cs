using System.Numerics.Tensors;
using PinnSweep.Methods.Optimizers.Parts;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Optimizers;

/// <summary>
/// Energy natural gradient descent: (JᵀJ) d = ½∇L with the Gram matrix of the residuals at the collocation points, then the best of the
/// steps 2⁻ᵏ, k = 0 … 30 (Müller, Zeinhofer, arXiv 2302.13163, algorithm 1). Where no step lowers the loss θ stays.
/// </summary>
/// <remarks>
/// Deviations: the authors solve by least squares with a pseudo-inverse; here a multiple of the identity is added, relative to the mean of
/// the diagonal, ten times more until the Cholesky factor exists. For a nonlinear residual JᵀJ is that of its linearization at θ, and
/// residual and conditions enter with the balancer's weights.
/// </remarks>
internal sealed class NaturalGradient : IOptimizer
{
    private static readonly Parameter<double> Damping = MethodParameters.Positive(
        "damping",
        1e-12,
        "multiple of the mean diagonal added to the Gram matrix (arXiv 2302.13163: a pseudo-inverse in double precision)");
    private static readonly Parameter<int> Halvings = MethodParameters.Count(
        "halvings", 30, "the smallest step tried is 2 to minus this (arXiv 2302.13163, code: 30)", minimum: 0, maximum: 100);

    private readonly OptimizerContext _context;
    private readonly GaussNewton _system;
    [Scratch] private readonly double[] _move;
    [Scratch] private readonly double[] _trial;
    private readonly double _damping;
    private readonly int _halvings;

    private NaturalGradient(OptimizerContext context, Level level)
    {
        _context = context;
        _system = new(context.ParameterCount);
        (_move, _trial) = (new double[context.ParameterCount], new double[context.ParameterCount]);
        _damping = Damping.Of(level);
        _halvings = Halvings.Of(level);
    }

    /// <summary>The catalog's entry.</summary>
    public static OptimizerEntry Entry { get; } = new(
        new(
            Factor.Optimizer,
            "natural-gradient",
            "energy natural gradient with a line search over halvings; at most 3,000 parameters",
            "Müller, Zeinhofer, ICML 2023, arXiv 2302.13163",
            [Damping, Halvings]),
        (context, level) => new NaturalGradient(context, level))
    {
        Needs = _ => new() { MostParameters = LevenbergMarquardt.MostParameters, GradientOfOneLoss = true, Float64Advised = true },
    };

    /// <inheritdoc/>
    public double LearningRate => IOptimizer.UsualLearningRate;

    /// <inheritdoc/>
    public double BaseLearningRate => IOptimizer.UsualLearningRate;

    /// <inheritdoc/>
    public void Step(Span<double> theta, ReadOnlySpan<double> gradient, double loss, IObjective objective)
    {
        _system.Build(objective, theta);
        var isSolved = TrySolve();
        var (best, lowest) = (0.0, loss);
        for (var k = 0; isSolved && k <= _halvings; k++)
        {
            var step = Math.ScaleB(1, -k);
            Move(theta, step);
            var value = objective.Evaluate(_trial, []);
            if (value < lowest)
            {
                (best, lowest) = (step, value);
            }
        }

        if (best == 0)
        {
            _context.Events.Count(OptimizerEvents.NoDescent);
            return;
        }

        Move(theta, best);
        _trial.CopyTo(theta);
    }

    /// <inheritdoc/>
    public void State(StateArchive archive) => ArgumentNullException.ThrowIfNull(archive);

    private bool TrySolve()
    {
        var mean = _system.MeanDiagonal;
        var shift = _damping * mean;
        while (!_system.Matrix.TryFactor(shift))
        {
            _context.Events.Count(OptimizerEvents.Damped);
            shift *= 10;
            if (!(shift > 0 && shift <= mean))
            {
                return false;
            }
        }

        _system.HalfGradient.CopyTo(_move, 0);
        _system.Matrix.Solve(_move);
        return true;
    }

    private void Move(ReadOnlySpan<double> theta, double step)
    {
        TensorPrimitives.MultiplyAdd(_move, -step, theta, _trial);
        if (_context.RoundToSingle)
        {
            Flat.RoundToSingle(_trial);
        }
    }
}
