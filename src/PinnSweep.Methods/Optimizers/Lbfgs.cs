using System.Numerics.Tensors;
using PinnSweep.Methods.Optimizers.Parts;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Optimizers;

/// <summary>
/// L-BFGS: the two-loop recursion of Nocedal and Wright, Numerical Optimization, 2nd ed., algorithms 7.4 and 7.5, with H⁰ = yᵀs/(yᵀy) I and
/// a strong Wolfe line search. The first step along −g has length 1 at most. Pairs (s, y) come from one step's points and weights and are
/// kept when those change; a direction that does not descend drops them.
/// </summary>
/// <remarks>
/// Both tolerances are off by default: PyTorch's (1e-7 on the gradient, 1e-9 on the change) end the training of a PINN early. Where one is
/// set and met, θ stays and the steps that are left count without work. PyTorch's tolerance on the change ends where either θ or the loss
/// stands still, which the loss in single precision does in every plateau; <c>tolerance_rule: either</c> is that.
/// </remarks>
internal sealed class Lbfgs : IOptimizer
{
    // Below this cosine of s and y their product is rounding.
    private const double SmallestCosine = 1e-15;

    private static readonly Parameter<int> History = MethodParameters.Count(
        "history", 50,
        "pairs of steps and changes of the gradient that are kept (arXiv 2402.01868 and most PINN codes: 50 to 100)",
        maximum: 1000);
    private static readonly Parameter<double> ToleranceGrad = MethodParameters.Number(
        "tolerance_grad", 0, 0, double.MaxValue, "no more steps where the largest entry of the gradient is below; 0 never (PyTorch: 1e-7)");
    private static readonly Parameter<double> ToleranceChange = MethodParameters.Number(
        "tolerance_change", 0, 0, double.MaxValue, "no more steps where θ and loss change by less, or one of them (tolerance_rule); 0 never (PyTorch: 1e-9)");
    private static readonly Parameter<ChangeRule> ToleranceRule = MethodParameters.Choice(
        "tolerance_rule",
        "what tolerance_change asks for: that θ and loss both change by less, or either (PyTorch: either, which stops in a plateau)",
        ChangeRule.Both, ChangeRule.Either) with { Absent = ChoiceWords.ToValue(ChangeRule.Both) };

    private readonly OptimizerContext _context;
    private readonly StrongWolfeSearch _search;
    private readonly double[][] _s;
    private readonly double[][] _y;
    private readonly double[] _ys;
    [Scratch] private readonly double[] _shares;
    [Scratch] private readonly double[] _direction;
    [Memo] private readonly FailedSearch _failed;
    private readonly double _gradientTolerance;
    private readonly double _changeTolerance;
    private readonly ChangeRule _changeRule;
    private readonly bool _isSingle;
    private double _scale = 1;
    private int _count;
    private int _next;
    private bool _isDone;

    private Lbfgs(OptimizerContext context, Level level)
    {
        _context = context;
        _search = new(context.ParameterCount, context.RoundToSingle);
        _failed = new(context.ParameterCount);
        var history = History.Of(level);
        // One place more than pairs are kept, so that a pair that is not fit to be kept overwrites none.
        var places = Enumerable.Range(0, history + 1);
        _s = [.. places.Select(_ => new double[context.ParameterCount])];
        _y = [.. places.Select(_ => new double[context.ParameterCount])];
        (_ys, _shares, _direction) = (new double[history + 1], new double[history + 1], new double[context.ParameterCount]);
        _gradientTolerance = ToleranceGrad.Of(level);
        _changeTolerance = ToleranceChange.Of(level);
        _changeRule = ToleranceRule.Of(level);
        _isSingle = StatePrecision.IsSingle(context, level);
    }

    /// <summary>Its parameters.</summary>
    internal static Parameter[] Parameters { get; } =
    [History, ToleranceGrad, ToleranceChange, ToleranceRule, StatePrecision.Parameter];

    /// <summary>The catalog's entry.</summary>
    public static OptimizerEntry Entry { get; } = new(
        new(
            Factor.Optimizer,
            "lbfgs",
            "L-BFGS with a strong Wolfe line search; float64 advised",
            "Liu, Nocedal, Math. Program. 45 (1989) 503, doi 10.1007/BF01589116; Nocedal, Wright, Numerical Optimization, 2006",
            [.. Parameters]),
        (context, level) => new Lbfgs(context, level))
    {
        Needs = _ => new() { GradientOfOneLoss = true, PointsThatStay = true, Float64Advised = true },
    };

    /// <inheritdoc/>
    public double LearningRate => IOptimizer.UsualLearningRate;

    /// <inheritdoc/>
    public double BaseLearningRate => IOptimizer.UsualLearningRate;

    /// <inheritdoc/>
    public bool IsAtRest => _isDone || (_count == 0 && _failed.IsKnown);

    /// <inheritdoc/>
    public void Step(Span<double> theta, ReadOnlySpan<double> gradient, double loss, IObjective objective)
    {
        if (_isDone || (_gradientTolerance > 0 && Vectors.Largest(gradient) <= _gradientTolerance))
        {
            _isDone = true;
            _context.Events.Count(OptimizerEvents.ToleranceMet);
            return;
        }

        if (_count == 0 && _failed.Repeats(loss, gradient, _context.Events))
        {
            return;
        }

        Recurse(gradient);
        var slope = Vectors.Dot(gradient, _direction);
        if (!(slope < 0))
        {
            Restart();
            TensorPrimitives.Negate(gradient, _direction);
            slope = -Vectors.Dot(gradient, gradient);
        }

        var end = _search.Search(objective, theta, loss, slope, _direction, _count == 0 ? Math.Min(1, 1 / Math.Sqrt(-slope)) : 1);
        if (end == SearchEnd.None)
        {
            _context.Events.Count(OptimizerEvents.NoDescent);
            if (_count > 0)
            {
                Restart();
            }
            else if (slope < 0)
            {
                _failed.Keep(loss, gradient, _search.Evaluations);
            }

            return;
        }

        _failed.Forget();

        if (end == SearchEnd.Decrease)
        {
            _context.Events.Count(OptimizerEvents.WeakStep);
        }

        var (s, y) = (_s[_next], _y[_next]);
        TensorPrimitives.Subtract(_search.Theta, theta, s);
        TensorPrimitives.Subtract(_search.Gradient, gradient, y);
        if (_isSingle)
        {
            Flat.RoundToSingle(s);
            Flat.RoundToSingle(y);
        }

        _search.Theta.CopyTo(theta);
        _isDone = _changeTolerance > 0 && StandsStill(Vectors.Largest(s) <= _changeTolerance, Math.Abs(loss - _search.Value) < _changeTolerance);
        var (ys, yy) = (Vectors.Dot(y, s), Vectors.Dot(y, y));
        if (!(ys > SmallestCosine * Math.Sqrt(yy) * Vectors.Norm(s)))
        {
            _context.Events.Count(OptimizerEvents.SkippedUpdate);
            return;
        }

        (_ys[_next], _scale) = (ys, ys / yy);
        _next = (_next + 1) % _s.Length;
        _count = Math.Min(_count + 1, _s.Length - 1);
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Count("lbfgs.next", ref _next);
        archive.Count("lbfgs.count", ref _count);
        archive.Number("lbfgs.scale", ref _scale);
        archive.Flag("lbfgs.done", ref _isDone);
        archive.Vector("lbfgs.ys", _ys);
        for (var k = 1; k <= _count; k++)
        {
            archive.Vector("lbfgs.s", _s[Place(k)]);
            archive.Vector("lbfgs.y", _y[Place(k)]);
        }
    }

    private bool StandsStill(bool theta, bool loss) => _changeRule == ChangeRule.Either ? theta || loss : theta && loss;

    /// <summary>Where the k-th newest pair is.</summary>
    private int Place(int k) => (_next - k + _s.Length) % _s.Length;

    private void Restart()
    {
        _context.Events.Count(OptimizerEvents.Restart);
        (_count, _next, _scale) = (0, 0, 1);
    }

    /// <summary>The direction −H g, newest pair first and then oldest first.</summary>
    private void Recurse(ReadOnlySpan<double> gradient)
    {
        TensorPrimitives.Negate(gradient, _direction);
        for (var k = 1; k <= _count; k++)
        {
            var i = Place(k);
            _shares[i] = Vectors.Dot(_s[i], _direction) / _ys[i];
            TensorPrimitives.MultiplyAdd(_y[i], -_shares[i], _direction, _direction);
        }

        TensorPrimitives.Multiply(_direction, _scale, _direction);
        for (var k = _count; k >= 1; k--)
        {
            var i = Place(k);
            var share = _shares[i] - (Vectors.Dot(_y[i], _direction) / _ys[i]);
            TensorPrimitives.MultiplyAdd(_s[i], share, _direction, _direction);
        }
    }

    private enum ChangeRule
    {
        Both,
        Either,
    }
}
