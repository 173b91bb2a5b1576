using System.Numerics.Tensors;
using PinnSweep.Methods.Optimizers.Parts;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Matrices;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Optimizers;

/// <summary>
/// Muon (Jordan et al. 2024): the momentum of each weight matrix, brought near the closest orthogonal matrix by five steps of a quintic
/// Newton–Schulz iteration X ← a X + (b A + c A²) X, A = X Xᵀ, from X = M / ‖M‖_F. M is g + μ B with B ← μ B + g (Nesterov) and the step is
/// lr · √max(1, rows/columns) · X. Everything that is no weight matrix is trained by Adam.
/// </summary>
/// <remarks>
/// As in PyTorch's and optax's implementation the input and output matrices count as matrices too; the author advises Adam for them in
/// language models. Beside PyTorch's momentum, which optax averages instead (B ← μ B + (1 − μ) g), only a factor differs that the
/// normalization removes. PyTorch runs the iteration in bfloat16, here it is in double; what is kept is rounded as
/// <see cref="StatePrecision"/> says.
/// </remarks>
internal sealed class Muon : IOptimizer
{
    private const double Epsilon = 1e-7;

    private static readonly Parameter<double?> AdamLearningRate = MethodParameters.OptionalNumber(
        "adam_lr", 1e-300, double.MaxValue, "learning rate of the rest before schedules; null is that of the matrices (optax: the same)");
    private static readonly Parameter<double> Momentum = MethodParameters.Number(
        "momentum", 0.95, 0, 0.999999, "μ (Jordan et al. 2024: 0.95)");
    private static readonly Parameter<bool> Nesterov = MethodParameters.Flag(
        "nesterov", true, "Nesterov's momentum (Jordan et al. 2024: true)");
    private static readonly Parameter<int> Iterations = MethodParameters.Count(
        "iterations", 5, "Newton–Schulz steps (Jordan et al. 2024: 5)", maximum: 100);

    private readonly OptimizerContext _context;
    private readonly LearningRateSchedule _schedule;
    private readonly RestOfTheta _rest;
    private readonly double[][] _momenta;
    [Scratch] private readonly double[] _x;
    [Scratch] private readonly double[] _next;
    [Scratch] private readonly double[] _square;
    [Scratch] private readonly double[] _fourth;
    private readonly double _momentum;
    private readonly bool _nesterov;
    private readonly int _iterations;
    private readonly double _adamRatio;
    private readonly bool _isSingle;

    private Muon(OptimizerContext context, Level level)
    {
        _context = context;
        _schedule = new(level);
        _isSingle = StatePrecision.IsSingle(context, level);
        _rest = new(context, 0.9, 0.999, 1e-8, _isSingle);
        _momenta = [.. context.Matrices.Select(matrix => new double[matrix.Length])];
        var longest = context.Matrices.Select(matrix => matrix.Length).DefaultIfEmpty().Max();
        var side = context.Matrices.Select(matrix => Math.Min(matrix.Rows, matrix.Columns)).DefaultIfEmpty().Max();
        (_x, _next, _square, _fourth) = (new double[longest], new double[longest], new double[side * side], new double[side * side]);
        _momentum = Momentum.Of(level);
        _nesterov = Nesterov.Of(level);
        _iterations = Iterations.Of(level);
        var rate = LearningRateSchedule.LearningRate.Of(level);
        _adamRatio = (AdamLearningRate.Of(level) ?? rate) / rate;
    }

    /// <summary>The catalog's entry.</summary>
    public static OptimizerEntry Entry { get; } = new(
        new(
            Factor.Optimizer,
            "muon",
            "orthogonalized momentum for weight matrices, Adam for the rest",
            "Jordan et al. 2024, kellerjordan.github.io/posts/muon, in PyTorch's form; scaling and convergence: arXiv 2502.16982",
            [
                LearningRateSchedule.LearningRate with { Summary = "learning rate of the matrices (PyTorch: 1e-3)" },
                AdamLearningRate,
                Momentum,
                Nesterov,
                Iterations,
                .. LearningRateSchedule.Parameters,
                StatePrecision.Parameter,
            ]),
        (context, level) => new Muon(context, level));

    /// <inheritdoc/>
    public double LearningRate => _schedule.Rate;

    /// <inheritdoc/>
    public double BaseLearningRate => _schedule.BaseRate;

    /// <inheritdoc/>
    public void Step(Span<double> theta, ReadOnlySpan<double> gradient, double loss, IObjective objective)
    {
        var rate = _schedule.Rate;
        for (var i = 0; i < _momenta.Length; i++)
        {
            var matrix = _context.Matrices[i];
            var g = gradient.Slice(matrix.Offset, matrix.Length);
            var x = _x.AsSpan(0, matrix.Length);
            TensorPrimitives.MultiplyAdd(_momenta[i], _momentum, g, _momenta[i]);
            if (_isSingle)
            {
                Flat.RoundToSingle(_momenta[i]);
            }

            if (_nesterov)
            {
                TensorPrimitives.MultiplyAdd(_momenta[i], _momentum, g, x);
            }
            else
            {
                _momenta[i].CopyTo(x);
            }

            Orthogonalise(x, matrix.Rows, matrix.Columns);
            var target = theta.Slice(matrix.Offset, matrix.Length);
            TensorPrimitives.MultiplyAdd(x, -rate * Math.Sqrt(Math.Max(1, (double)matrix.Rows / matrix.Columns)), target, target);
        }

        _rest.Step(theta, gradient, rate * _adamRatio);
        if (_context.RoundToSingle)
        {
            Flat.RoundToSingle(theta);
        }

        _schedule.Advance(loss);
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        Array.ForEach(_momenta, momentum => archive.Vector("muon.momentum", momentum));
        _rest.State(archive);
        _schedule.State(archive);
    }

    /// <summary>The iteration, over the smaller of X Xᵀ and XᵀX, which give the same X.</summary>
    private void Orthogonalise(Span<double> x, int rows, int columns)
    {
        const double A = 3.4445;
        const double B = -4.7750;
        const double C = 2.0315;
        TensorPrimitives.Multiply(x, 1 / (Vectors.Norm(x) + Epsilon), x);
        var side = Math.Min(rows, columns);
        var square = _square.AsSpan(0, side * side);
        var fourth = _fourth.AsSpan(0, side * side);
        var next = _next.AsSpan(0, x.Length);
        for (var i = 0; i < _iterations; i++)
        {
            if (rows <= columns)
            {
                SmallMatrices.MultiplyByTransposed(x, x, square, rows, columns, rows);
            }
            else
            {
                SmallMatrices.MultiplyTransposed(x, x, square, columns, rows, columns);
            }

            SmallMatrices.Multiply(square, square, fourth, side, side, side);
            TensorPrimitives.Multiply(fourth, C, fourth);
            TensorPrimitives.MultiplyAdd(square, B, fourth, fourth);
            if (rows <= columns)
            {
                SmallMatrices.Multiply(fourth, x, next, rows, rows, columns);
            }
            else
            {
                SmallMatrices.Multiply(x, fourth, next, rows, columns, columns);
            }

            TensorPrimitives.MultiplyAdd(x, A, next, x);
        }
    }
}
