using PinnSweep.Methods.Optimizers.Parts;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Moments;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Optimizers;

/// <summary>
/// Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1) with PyTorch's place of ε: added to the bias-corrected root. Keras and TensorFlow 1
/// add it to the uncorrected root, which differs visibly only where gradients are of the order of ε. With <c>weight_decay</c> it is AdamW
/// (Loshchilov and Hutter, arXiv 1711.05101): θ shrinks by lr · weight_decay before the step.
/// </summary>
/// <remarks>Under float32 a step is taken in single precision, or with <c>state: double</c> in double and θ rounded after it.</remarks>
public sealed class Adam : IOptimizer
{
    private static readonly Parameter<double> Beta1 = MethodParameters.Number(
        "beta1", 0.9, 0, 0.999999, "decay of the first moment (arXiv 1412.6980: 0.9)");
    private static readonly Parameter<double> Beta2 = MethodParameters.Number(
        "beta2", 0.999, 0, 0.9999999, "decay of the second moment (arXiv 1412.6980: 0.999)");
    private static readonly Parameter<double> Epsilon = MethodParameters.Positive(
        "epsilon", 1e-8, "added to the bias-corrected root (PyTorch: 1e-8)");
    private static readonly Parameter<double> WeightDecay = MethodParameters.Number(
        "weight_decay", 0, 0, double.MaxValue, "decoupled weight decay; 0 is plain Adam");

    private readonly IAdamMoments _moments;
    private readonly LearningRateSchedule _schedule;
    private readonly double _weightDecay;
    private readonly bool _roundToSingle;

    private Adam(OptimizerContext context, Level level)
    {
        _moments = AdamMoments.Of(StatePrecision.IsSingle(context, level), context.ParameterCount, Beta1.Of(level), Beta2.Of(level), Epsilon.Of(level));
        _schedule = new(level);
        _weightDecay = WeightDecay.Of(level);
        _roundToSingle = context.RoundToSingle;
    }

    /// <summary>The catalog's entry.</summary>
    public static OptimizerEntry Entry { get; } = new(
        new(
            Factor.Optimizer,
            "adam",
            "Adam with PyTorch's ε, schedules and optional decoupled weight decay",
            "Kingma, Ba, ICLR 2015, arXiv 1412.6980; weight decay: Loshchilov, Hutter, ICLR 2019, arXiv 1711.05101",
            [
                LearningRateSchedule.LearningRate with { Summary = "learning rate (arXiv 1412.6980: 1e-3)" },
                Beta1,
                Beta2,
                Epsilon,
                WeightDecay,
                .. LearningRateSchedule.Parameters,
                StatePrecision.Parameter,
            ]),
        (context, level) => new Adam(context, level));

    /// <inheritdoc/>
    public double LearningRate => _schedule.Rate;

    /// <inheritdoc/>
    public double BaseLearningRate => _schedule.BaseRate;

    /// <inheritdoc/>
    public void Step(Span<double> theta, ReadOnlySpan<double> gradient, double loss, IObjective objective)
    {
        var rate = _schedule.Rate;
        if (_weightDecay > 0)
        {
            System.Numerics.Tensors.TensorPrimitives.Multiply(theta, 1 - (rate * _weightDecay), theta);
        }

        _moments.Step(theta, gradient, rate);
        if (_roundToSingle)
        {
            Flat.RoundToSingle(theta);
        }

        _schedule.Advance(loss);
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        _moments.State(archive);
        _schedule.State(archive);
    }
}
