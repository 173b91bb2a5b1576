using System.Numerics.Tensors;
using PinnSweep.Methods.Optimizers.Parts;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Optimizers;

/// <summary>
/// Gradient descent, with momentum as PyTorch has it: v ← μ v + g, θ ← θ − lr · v, or g + μ v in place of v with Nesterov's momentum.
/// The outer optimizer for balancers that scale their direction themselves.
/// </summary>
internal sealed class GradientDescent : IOptimizer
{
    private static readonly Parameter<double> Momentum = MethodParameters.Number("momentum", 0, 0, 0.999999, "μ (PyTorch: 0)");
    private static readonly Parameter<bool> Nesterov = MethodParameters.Flag("nesterov", false, "Nesterov's momentum (PyTorch: false)");

    private readonly double[] _velocity;
    [Scratch] private readonly double[] _move;
    private readonly LearningRateSchedule _schedule;
    private readonly double _momentum;
    private readonly bool _nesterov;
    private readonly bool _roundToSingle;
    private readonly bool _isSingle;

    private GradientDescent(OptimizerContext context, Level level)
    {
        _momentum = Momentum.Of(level);
        _velocity = new double[_momentum > 0 ? context.ParameterCount : 0];
        _move = new double[context.ParameterCount];
        _schedule = new(level);
        _nesterov = Nesterov.Of(level);
        _roundToSingle = context.RoundToSingle;
        _isSingle = StatePrecision.IsSingle(context, level);
    }

    /// <summary>The catalog's entry.</summary>
    public static OptimizerEntry Entry { get; } = new(
        new(
            Factor.Optimizer,
            "sgd",
            "gradient descent with optional momentum and schedules",
            "Polyak, USSR Comput. Math. Math. Phys. 4 (1964) 1, doi 10.1016/0041-5553(64)90137-5, in PyTorch's form",
            [
                LearningRateSchedule.LearningRate with { Summary = "learning rate (PyTorch: 1e-3)" },
                Momentum,
                Nesterov,
                .. LearningRateSchedule.Parameters,
                StatePrecision.Parameter,
            ]),
        (context, level) => new GradientDescent(context, level));

    /// <inheritdoc/>
    public double LearningRate => _schedule.Rate;

    /// <inheritdoc/>
    public double BaseLearningRate => _schedule.BaseRate;

    /// <inheritdoc/>
    public void Step(Span<double> theta, ReadOnlySpan<double> gradient, double loss, IObjective objective)
    {
        var direction = gradient;
        if (_momentum > 0)
        {
            TensorPrimitives.MultiplyAdd(_velocity, _momentum, gradient, _velocity);
            if (_isSingle)
            {
                Flat.RoundToSingle(_velocity);
            }

            direction = _velocity;
            if (_nesterov)
            {
                TensorPrimitives.MultiplyAdd(_velocity, _momentum, gradient, _move);
                direction = _move;
            }
        }

        TensorPrimitives.MultiplyAdd(direction, -_schedule.Rate, theta, theta);
        if (_roundToSingle)
        {
            Flat.RoundToSingle(theta);
        }

        _schedule.Advance(loss);
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Vector("sgd.velocity", _velocity);
        _schedule.State(archive);
    }
}
