using System.Numerics.Tensors;
using PinnSweep.Methods.Optimizers.Parts;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Optimizers;

/// <summary>
/// Levenberg–Marquardt on the dense normal equations: (JᵀJ + λ I) d = −Jᵀρ, where ρ are all residuals times √(weight / n), so that the loss
/// is Σ ρ² and any balancer of terms or points plugs in. A step builds JᵀJ once and then solves and tries until the loss falls: λ is
/// divided after a success and multiplied after each failure. When the tries of a step are used up θ stays, and the next step goes on with
/// the larger λ.
/// </summary>
internal sealed class LevenbergMarquardt : IOptimizer
{
    /// <summary>The longest θ: the matrix and its factor take 144 MB.</summary>
    public const int MostParameters = 3000;

    private static readonly Parameter<double> Damping = MethodParameters.Positive("damping", 1e-2, "the first λ (Marquardt 1963: 1e-2)");
    private static readonly Parameter<double> Success = MethodParameters.Number(
        "success", 3, 1, 1e6, "λ is divided by it where the loss fell");
    private static readonly Parameter<double> Failure = MethodParameters.Number(
        "failure", 4, 1.0001, 1e6, "λ is multiplied by it where the loss did not fall");
    private static readonly Parameter<double> LeastDamping = MethodParameters.Number(
        "least_damping", 1e-14, 0, double.MaxValue, "λ stays above");
    private static readonly Parameter<double> MostDamping = MethodParameters.Positive("most_damping", 1e10, "λ stays below");
    private static readonly Parameter<int> Tries = MethodParameters.Count("tries", 10, "solves of one step");

    private readonly OptimizerContext _context;
    private readonly GaussNewton _system;
    [Scratch] private readonly double[] _move;
    [Scratch] private readonly double[] _trial;
    private readonly double _success;
    private readonly double _failure;
    private readonly double _least;
    private readonly double _most;
    private readonly int _tries;
    private double _lambda;

    private LevenbergMarquardt(OptimizerContext context, Level level)
    {
        _context = context;
        _system = new(context.ParameterCount);
        (_move, _trial) = (new double[context.ParameterCount], new double[context.ParameterCount]);
        _lambda = Damping.Of(level);
        _success = Success.Of(level);
        _failure = Failure.Of(level);
        (_least, _most) = (LeastDamping.Of(level), MostDamping.Of(level));
        _tries = Tries.Of(level);
    }

    /// <summary>The catalog's entry.</summary>
    public static OptimizerEntry Entry { get; } = new(
        new(
            Factor.Optimizer,
            "levenberg-marquardt",
            "Levenberg–Marquardt on the normal equations of the weighted residuals; at most 3,000 parameters",
            "Marquardt, J. SIAM 11 (1963) 431, doi 10.1137/0111030; Nocedal, Wright, Numerical Optimization, 2006, section 10.3",
            [Damping, Success, Failure, LeastDamping, MostDamping, Tries]),
        (context, level) => new LevenbergMarquardt(context, level))
    {
        Needs = _ => new() { MostParameters = MostParameters, GradientOfOneLoss = true, Float64Advised = true },
    };

    /// <inheritdoc/>
    public double LearningRate => IOptimizer.UsualLearningRate;

    /// <inheritdoc/>
    public double BaseLearningRate => IOptimizer.UsualLearningRate;

    /// <inheritdoc/>
    public void Step(Span<double> theta, ReadOnlySpan<double> gradient, double loss, IObjective objective)
    {
        _system.Build(objective, theta);
        for (var i = 0; i < _tries; i++)
        {
            if (TryMove(theta, loss, objective))
            {
                _trial.CopyTo(theta);
                _lambda = Math.Max(_lambda / _success, _least);
                return;
            }

            _lambda = Math.Min(_lambda * _failure, _most);
        }

        _context.Events.Count(OptimizerEvents.NoDescent);
    }

    /// <inheritdoc/>
    public void State(StateArchive archive) => archive.Number("lambda", ref _lambda);

    private bool TryMove(ReadOnlySpan<double> theta, double loss, IObjective objective)
    {
        if (!_system.Matrix.TryFactor(_lambda))
        {
            _context.Events.Count(OptimizerEvents.Damped);
            return false;
        }

        _system.HalfGradient.CopyTo(_move, 0);
        _system.Matrix.Solve(_move);
        TensorPrimitives.Subtract(theta, _move, _trial);
        if (_context.RoundToSingle)
        {
            Flat.RoundToSingle(_trial);
        }

        return objective.Evaluate(_trial, []) < loss;
    }
}
