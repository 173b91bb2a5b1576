using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using PinnSweep.Methods.Optimizers.Parts;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Matrices;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Optimizers;

/// <summary>
/// Quasi-Newton steps with a dense inverse Hessian H: direction −H g, strong Wolfe line search, then an update of H by
/// <see cref="SelfScaling"/>. The step and the change of the gradient come from one step's points and weights, so H is kept when those
/// change between steps. Before the first update H is the identity, scaled by it to yᵀs/(yᵀy) (Nocedal and Wright, equation 6.20), from
/// which the general rule then goes on; Urbán et al.'s code updates the identity itself, or with its option <c>initial_scale</c> takes
/// another τ in the first update. <c>first: identity</c> is the former.
/// </summary>
/// <remarks>
/// H is read and written once a step. The update is put off until the next step and made in the pass that computes w = H⁺ g⁺⁺; H y follows
/// from it as w + d, for d = −H g is known, and so does the next direction, −H⁺g⁺ being a combination of w, u and s. Only where points or
/// weights change the gradient between steps is a second product needed. H is symmetric by its storage. Where rounding has cost it its
/// definiteness, which shows in a direction that does not descend or in yᵀH y ≤ 0, it begins anew from the identity (Urbán et al. test by a
/// Cholesky factorization at each resampling, P³/3 operations, and begin anew where that fails).
/// </remarks>
internal sealed class DenseQuasiNewton : IOptimizer
{
    /// <summary>The longest θ: 144 MB of matrix.</summary>
    public const int MostParameters = 6000;

    // Below this cosine of s and y their product is rounding.
    private const double SmallestCosine = 1e-15;

    private readonly OptimizerContext _context;
    private readonly UpdateRule _rule;
    private readonly bool _scalesFirst;
    private readonly StrongWolfeSearch _search;
    private readonly PackedSymmetric _inverse;
    private readonly double[] _direction;
    private readonly double[] _expected;
    private readonly double[] _s;
    private readonly double[] _u;
    [Scratch] private readonly double[] _w;
    [Scratch] private readonly double[] _y;
    [Scratch] private readonly double[] _step;
    [Memo] private readonly FailedSearch _failed;
    private RankTwo _update;
    private bool _isPending;
    private bool _isFresh = true;
    private bool _knowsDirection;

    public DenseQuasiNewton(OptimizerContext context, Level level, UpdateRule rule)
    {
        var size = context.ParameterCount;
        (_context, _rule, _scalesFirst) = (context, rule, First.Of(level) == FirstMatrix.Scaled);
        _search = new(size, context.RoundToSingle);
        _failed = new(size);
        _inverse = new(size);
        _inverse.SetIdentity(1);
        (_direction, _expected, _s, _u) = (new double[size], new double[size], new double[size], new double[size]);
        (_w, _y, _step) = (new double[size], new double[size], new double[size]);
    }

    /// <summary>Its parameter.</summary>
    public static Parameter<FirstMatrix> First { get; } = MethodParameters.Choice(
        "first",
        "what the first update starts from: scaled, the identity times yᵀs/(yᵀy) of its step; identity (the default of the authors' code)",
        FirstMatrix.Scaled,
        FirstMatrix.Identity) with
    {
        Absent = ChoiceWords.ToValue(FirstMatrix.Scaled),
    };

    /// <summary>The needs of a dense quasi-Newton method.</summary>
    public static OptimizerNeeds Needs { get; } = new() { MostParameters = MostParameters, GradientOfOneLoss = true, PointsThatStay = true, Float64Advised = true };

    /// <inheritdoc/>
    public double LearningRate => IOptimizer.UsualLearningRate;

    /// <inheritdoc/>
    public double BaseLearningRate => IOptimizer.UsualLearningRate;

    /// <inheritdoc/>
    public bool IsAtRest => _isFresh && _failed.IsKnown;

    /// <inheritdoc/>
    public void Step(Span<double> theta, ReadOnlySpan<double> gradient, double loss, IObjective objective)
    {
        if (_isFresh && _failed.Repeats(loss, gradient, _context.Events))
        {
            return;
        }

        if (!_knowsDirection || !MemoryMarshal.AsBytes(gradient).SequenceEqual(MemoryMarshal.AsBytes<double>(_expected)))
        {
            Multiply(gradient, _direction);
            TensorPrimitives.Negate(_direction, _direction);
        }

        _knowsDirection = false;
        var slope = Vectors.Dot(gradient, _direction);
        if (!(slope < 0))
        {
            Restart(gradient);
            slope = -Vectors.Dot(gradient, gradient);
        }

        var end = _search.Search(objective, theta, loss, slope, _direction, _isFresh ? Math.Min(1, 1 / Math.Sqrt(-slope)) : 1);
        if (end == SearchEnd.None)
        {
            _context.Events.Count(OptimizerEvents.NoDescent);
            if (!_isFresh)
            {
                Restart(gradient);
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

        TensorPrimitives.Subtract(_search.Theta, theta, _step);
        _search.Theta.CopyTo(theta);
        TakeCurvature(gradient);
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Vector("inverse", _inverse.Entries);
        Span<double> update = [_update.Scale, _update.OnU, _update.OnBoth, _update.OnS];
        archive.Vector("update", update);
        _update = new(update[0], update[1], update[2], update[3]);
        var flags = (_isPending ? 1L : 0) | (_isFresh ? 2L : 0) | (_knowsDirection ? 4L : 0);
        archive.Count("flags", ref flags);
        (_isPending, _isFresh, _knowsDirection) = ((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
        archive.Vector("direction", _direction);
        archive.Vector("expected", _expected);
        archive.Vector("s", _s);
        archive.Vector("u", _u);
    }

    /// <summary>The inverse Hessian with the update that may be pending, row-major; for checks against dense formulas.</summary>
    internal double[,] InverseHessian()
    {
        var (zero, ignored) = (new double[_s.Length], new double[_s.Length]);
        Multiply(zero, ignored);
        var full = new double[_s.Length, _s.Length];
        var next = 0;
        for (var i = 0; i < _s.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                full[i, j] = full[j, i] = _inverse.Entries[next++];
            }
        }

        return full;
    }

    /// <summary>y = H x; a pending update is made on the way.</summary>
    private void Multiply(ReadOnlySpan<double> x, Span<double> y)
    {
        if (_isPending)
        {
            _inverse.UpdateAndMultiply(_update, _u, _s, x, y);
            _isPending = false;
        }
        else
        {
            _inverse.Multiply(x, y);
        }
    }

    private void Restart(ReadOnlySpan<double> gradient)
    {
        _context.Events.Count(OptimizerEvents.Restart);
        _inverse.SetIdentity(1);
        (_isFresh, _isPending) = (true, false);
        TensorPrimitives.Negate(gradient, _direction);
    }

    // A pending update is over _s and _u of the step before, so this step's take their place only after the product that makes it.
    private void TakeCurvature(ReadOnlySpan<double> gradient)
    {
        var next = _search.Gradient;
        TensorPrimitives.Subtract(next, gradient, _y);
        var ys = Vectors.Dot(_y, _step);
        var yy = Vectors.Dot(_y, _y);
        if (!(ys > SmallestCosine * Math.Sqrt(yy) * Vectors.Norm(_step)))
        {
            _context.Events.Count(OptimizerEvents.SkippedUpdate);
            return;
        }

        // H⁻¹ s = −α g, because s = −α H g.
        var sBs = -_search.Alpha * Vectors.Dot(_step, gradient);
        if (_isFresh)
        {
            var scale = _scalesFirst ? ys / yy : 1;
            _inverse.SetIdentity(scale);
            TensorPrimitives.Multiply(next, scale, _w);
            TensorPrimitives.Multiply(_y, scale, _u);
            sBs /= scale;
        }
        else
        {
            Multiply(next, _w);
            TensorPrimitives.Add(_w, _direction, _u);
        }

        _step.CopyTo(_s, 0);
        var yHy = Vectors.Dot(_y, _u);
        if (!(yHy > 0) || !(sBs > 0))
        {
            Restart(next);
            return;
        }

        _isFresh = false;
        var (tau, phi) = _rule(ys, yHy, sBs, _s.Length);
        _update = SelfScaling.Update(tau, phi, ys, yHy);
        _isPending = true;

        var (ug, sg) = (Vectors.Dot(_u, next), Vectors.Dot(_s, next));
        TensorPrimitives.Multiply(_w, -_update.Scale, _direction);
        TensorPrimitives.MultiplyAdd(_u, -((_update.OnU * ug) + (_update.OnBoth * sg)), _direction, _direction);
        TensorPrimitives.MultiplyAdd(_s, -((_update.OnBoth * ug) + (_update.OnS * sg)), _direction, _direction);
        next.CopyTo(_expected);
        _knowsDirection = true;
    }
}
