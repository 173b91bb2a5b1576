using System.Numerics.Tensors;
using PinnSweep.Methods.Optimizers.Parts;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Optimizers;

/// <summary>
/// Gauss–Newton with adaptive ratio: d = −(JᵀJ + λ I)⁻¹ Jᵀρ with the smallest λ at which the loss still falls by a given small share of the
/// fall that the linear model predicts, ‖ρ‖² − ‖ρ + J d‖² = −dᵀJᵀρ + λ dᵀd. Where Levenberg–Marquardt takes the first λ that lowers the loss
/// at all, this one goes down with λ as far as the share allows, and back up as soon as it is missed (Webb, Jerad, Cartis, arXiv
/// 2607.02194, with a share of 0.075).
/// </summary>
/// <remarks>
/// Deviations: neither residuals nor parameters are sketched; the authors solve by the singular values of the sketched J, here by Cholesky
/// factors of the normal equations, so that directions below 1e-8 of the largest singular value are damped; λ is probed in powers of a
/// factor and not interpolated; the share stays as it is. Points and weights are those of the trial.
/// </remarks>
internal sealed class AdaptiveRatio : IOptimizer
{
    private static readonly Parameter<double> Ratio = MethodParameters.Number(
        "ratio", 0.075, 1e-6, 1, "least share of the predicted fall of the loss (arXiv 2607.02194, code: 0.075)");
    private static readonly Parameter<double> Damping = MethodParameters.Positive("damping", 1, "the first λ");
    private static readonly Parameter<double> Factor = MethodParameters.Number("factor", 4, 1.0001, 1e6, "from one λ to the next that is tried");
    private static readonly Parameter<double> LeastDamping = MethodParameters.Number(
        "least_damping", 1e-16, 0, double.MaxValue, "λ stays above this multiple of the mean diagonal of JᵀJ");
    private static readonly Parameter<int> Tries = MethodParameters.Count("tries", 8, "solves of one step");

    private readonly OptimizerContext _context;
    private readonly GaussNewton _system;
    [Scratch] private readonly double[] _move;
    [Scratch] private double[] _trial;
    [Scratch] private double[] _kept;
    private readonly double _ratio;
    private readonly double _factor;
    private readonly double _least;
    private readonly int _tries;
    private double _lambda;

    private AdaptiveRatio(OptimizerContext context, Level level)
    {
        _context = context;
        _system = new(context.ParameterCount);
        (_move, _trial, _kept) = (new double[context.ParameterCount], new double[context.ParameterCount], new double[context.ParameterCount]);
        (_ratio, _factor, _least, _tries) = (Ratio.Of(level), Factor.Of(level), LeastDamping.Of(level), Tries.Of(level));
        _lambda = Damping.Of(level);
    }

    /// <summary>The catalog's entry.</summary>
    public static OptimizerEntry Entry { get; } = new(
        new(
            Studies.Catalogs.Factor.Optimizer,
            "gauss-newton-ratio",
            "Gauss–Newton with the least damping at which the loss falls by a share of what the model predicts; at most 3,000 parameters",
            "Webb, Jerad, Cartis, arXiv 2607.02194, without its sketches",
            [Ratio, Damping, Factor, LeastDamping, Tries]),
        (context, level) => new AdaptiveRatio(context, level))
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
        var least = _least * _system.MeanDiagonal;
        var (isKept, isRaised) = (false, false);
        var lambda = Math.Max(_lambda, least);
        for (var i = 0; i < _tries; i++)
        {
            if (IsEnough(theta, loss, objective, lambda))
            {
                (_trial, _kept) = (_kept, _trial);
                (_lambda, isKept) = (lambda, true);

                // The next lower one was tried before.
                if (isRaised || lambda <= least)
                {
                    break;
                }

                lambda = Math.Max(lambda / _factor, least);
            }
            else if (isKept)
            {
                break;
            }
            else
            {
                (_lambda, isRaised) = (lambda *= _factor, true);
            }
        }

        if (isKept)
        {
            _kept.CopyTo(theta);
        }
        else
        {
            _context.Events.Count(OptimizerEvents.NoDescent);
        }
    }

    /// <inheritdoc/>
    public void State(StateArchive archive) => archive.Number("lambda", ref _lambda);

    private bool IsEnough(ReadOnlySpan<double> theta, double loss, IObjective objective, double lambda)
    {
        if (!_system.Matrix.TryFactor(lambda))
        {
            _context.Events.Count(OptimizerEvents.Damped);
            return false;
        }

        _system.HalfGradient.CopyTo(_move, 0);
        _system.Matrix.Solve(_move);
        var predicted = Vectors.Dot(_move, _system.HalfGradient) + (lambda * Vectors.Dot(_move, _move));
        TensorPrimitives.Subtract(theta, _move, _trial);
        if (_context.RoundToSingle)
        {
            Flat.RoundToSingle(_trial);
        }

        // A loss that is not finite is no fall.
        return predicted > 0 && loss - objective.Evaluate(_trial, []) >= _ratio * predicted;
    }
}
