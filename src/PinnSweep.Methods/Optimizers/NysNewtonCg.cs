using System.Numerics.Tensors;
using PinnSweep.Methods.Optimizers.Parts;
using PinnSweep.Numerics.Arrays;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Optimizers;

/// <summary>
/// NysNewton-CG (Rathore et al., arXiv 2402.01868, algorithms 4 to 7): damped Newton steps (H + μ I) d = ∇L by conjugate gradients from the
/// last direction, preconditioned by a randomized Nyström approximation of H that is renewed every so many steps, and a backtracking line
/// search by Armijo's condition.
/// </summary>
/// <remarks>
/// Products H v are central differences of gradients, (∇L(θ + h v) − ∇L(θ − h v)) / 2h with h = ∛ε (1 + ‖θ‖) / ‖v‖: two gradients a
/// product, of the full Hessian, not of Gauss and Newton's. Conjugate gradients therefore also end where the residual is 10⁻⁸ of the
/// gradient, beyond which differences have no digits, and at a direction of negative curvature, where the direction so far is taken. A
/// direction that does not descend gives way to the negative gradient (counted).
/// </remarks>
internal sealed class NysNewtonCg : IOptimizer
{
    private const double RelativeResidual = 1e-8;

    private static readonly Parameter<double> Damping = MethodParameters.Positive(
        "damping", 1e-2, "μ (arXiv 2402.01868: searched from 1e-5 to 1e-1; the default of its code is 1e-4)");
    private static readonly Parameter<int> Rank = MethodParameters.Count(
        "rank", 60, "rank of the Nyström approximation (arXiv 2402.01868: 60)", maximum: 500);
    private static readonly Parameter<int> RefreshEvery = MethodParameters.Count(
        "refresh", 20, "steps between preconditioners (arXiv 2402.01868: 20)");
    private static readonly Parameter<int> CgIterations = MethodParameters.Count(
        "cg_iterations", 1000, "the most conjugate-gradient iterations of a step, two gradients each (arXiv 2402.01868: 1000)");
    private static readonly Parameter<double> CgTolerance = MethodParameters.Number(
        "cg_tolerance", 1e-16, 0, 1, "residual at which conjugate gradients end (arXiv 2402.01868: 1e-16)");
    private static readonly Parameter<double> Armijo = MethodParameters.Number(
        "armijo", 0.1, 0, 0.5, "share of the predicted decrease that a step must reach (arXiv 2402.01868: 0.1)");
    private static readonly Parameter<double> Backtracking = MethodParameters.Number(
        "backtracking", 0.5, 0.01, 0.99, "factor of a step that does not (arXiv 2402.01868: 0.5)");

    private readonly OptimizerContext _context;
    private readonly NystromPreconditioner _preconditioner;
    private readonly double[] _direction;
    [Scratch] private readonly double[] _residual;
    [Scratch] private readonly double[] _preconditioned;
    [Scratch] private readonly double[] _search;
    [Scratch] private readonly double[] _product;
    [Scratch] private readonly double[] _trial;
    [Scratch] private readonly double[] _gradient;
    private readonly double _damping;
    private readonly int _refresh;
    private readonly int _iterations;
    private readonly double _tolerance;
    private readonly double _decrease;
    private readonly double _backtracking;
    private readonly bool _isSingle;
    private long _steps;

    private NysNewtonCg(OptimizerContext context, Level level)
    {
        _context = context;
        var size = context.ParameterCount;
        _preconditioner = new(size, Math.Min(Rank.Of(level), size));
        (_direction, _residual, _preconditioned, _search) = (new double[size], new double[size], new double[size], new double[size]);
        (_product, _trial, _gradient) = (new double[size], new double[size], new double[size]);
        _damping = Damping.Of(level);
        _refresh = RefreshEvery.Of(level);
        _iterations = CgIterations.Of(level);
        _tolerance = CgTolerance.Of(level);
        _decrease = Armijo.Of(level);
        _backtracking = Backtracking.Of(level);
        _isSingle = StatePrecision.IsSingle(context, level);
    }

    /// <summary>The catalog's entry.</summary>
    public static OptimizerEntry Entry { get; } = new(
        new(
            Factor.Optimizer,
            "nncg",
            "damped Newton steps by conjugate gradients with a Nyström preconditioner, meant to follow L-BFGS",
            "Rathore, Lei, Frangella, Lu, Udell, ICML 2024, arXiv 2402.01868",
            [Damping, Rank, RefreshEvery, CgIterations, CgTolerance, Armijo, Backtracking, StatePrecision.Parameter]),
        (context, level) => new NysNewtonCg(context, level))
    {
        Needs = _ => new() { GradientOfOneLoss = true, PointsThatStay = true, Float64Advised = true },
    };

    /// <inheritdoc/>
    public double LearningRate => IOptimizer.UsualLearningRate;

    /// <inheritdoc/>
    public double BaseLearningRate => IOptimizer.UsualLearningRate;

    /// <inheritdoc/>
    public void Step(Span<double> theta, ReadOnlySpan<double> gradient, double loss, IObjective objective)
    {
        if (_steps % _refresh == 0)
        {
            Refresh(theta, objective);
        }

        _steps++;
        Solve(theta, gradient, objective);
        if (_isSingle)
        {
            Flat.RoundToSingle(_direction);
        }

        var slope = -Vectors.Dot(gradient, _direction);
        if (!(slope < 0))
        {
            _context.Events.Count(OptimizerEvents.Restart);
            gradient.CopyTo(_direction);
            slope = -Vectors.Dot(gradient, gradient);
        }

        for (var (step, tries) = (1.0, 0); tries < StrongWolfeSearch.MostEvaluations; step *= _backtracking, tries++)
        {
            Along(theta, _direction, -step);
            if (objective.Evaluate(_trial, []) <= loss + (_decrease * step * slope))
            {
                _trial.CopyTo(theta);
                return;
            }
        }

        _context.Events.Count(OptimizerEvents.NoDescent);
        _direction.AsSpan().Clear();
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Count("nncg.steps", ref _steps);
        archive.Vector("nncg.direction", _direction);
        _preconditioner.State(archive);
    }

    /// <summary>The sketch of refresh n is words 4 P k n … of the stream, so its place needs no state.</summary>
    private void Refresh(ReadOnlySpan<double> theta, IObjective objective)
    {
        var stream = _context.Stream;
        stream.Position = 4 * (ulong)_preconditioner.SketchLength * (ulong)(_steps / _refresh);
        _preconditioner.BeginSketch(stream);
        for (var k = 0; k < _preconditioner.Rank; k++)
        {
            Multiply(theta, _preconditioner.Sketched(k), objective, _preconditioner.Product(k));
        }

        if (!_preconditioner.TryFinish())
        {
            _context.Events.Count(OptimizerEvents.Damped);
        }

        if (_isSingle)
        {
            _preconditioner.RoundToSingle();
        }
    }

    /// <summary>Preconditioned conjugate gradients on (H + μ I) d = g, d beginning as it was.</summary>
    private void Solve(ReadOnlySpan<double> theta, ReadOnlySpan<double> gradient, IObjective objective)
    {
        var enough = Math.Max(_tolerance, RelativeResidual * Vectors.Norm(gradient));
        MultiplyDamped(theta, _direction, objective);
        TensorPrimitives.Subtract(gradient, _product, _residual);
        _preconditioner.Apply(_residual, _damping, _preconditioned);
        _preconditioned.CopyTo(_search, 0);
        var rz = Vectors.Dot(_residual, _preconditioned);
        for (var i = 0; i < _iterations && Vectors.Norm(_residual) > enough; i++)
        {
            MultiplyDamped(theta, _search, objective);
            var curvature = Vectors.Dot(_search, _product);
            if (!(curvature > 0))
            {
                return;
            }

            var length = rz / curvature;
            TensorPrimitives.MultiplyAdd(_search, length, _direction, _direction);
            TensorPrimitives.MultiplyAdd(_product, -length, _residual, _residual);
            _preconditioner.Apply(_residual, _damping, _preconditioned);
            var next = Vectors.Dot(_residual, _preconditioned);
            TensorPrimitives.MultiplyAdd(_search, next / rz, _preconditioned, _search);
            rz = next;
        }
    }

    private void MultiplyDamped(ReadOnlySpan<double> theta, ReadOnlySpan<double> vector, IObjective objective)
    {
        Multiply(theta, vector, objective, _product);
        TensorPrimitives.MultiplyAdd(vector, _damping, _product, _product);
    }

    /// <summary>H v by central differences.</summary>
    private void Multiply(ReadOnlySpan<double> theta, ReadOnlySpan<double> vector, IObjective objective, Span<double> product)
    {
        var norm = Vectors.Norm(vector);
        if (norm == 0)
        {
            product.Clear();
            return;
        }

        var h = Math.Cbrt(_context.RoundToSingle ? Math.ScaleB(1, -24) : Math.ScaleB(1, -53)) * (1 + Vectors.Norm(theta)) / norm;
        Along(theta, vector, h);
        objective.Evaluate(_trial, product);
        Along(theta, vector, -h);
        objective.Evaluate(_trial, _gradient);
        TensorPrimitives.Subtract(product, _gradient, product);
        TensorPrimitives.Multiply(product, 0.5 / h, product);
    }

    private void Along(ReadOnlySpan<double> theta, ReadOnlySpan<double> vector, double step)
    {
        TensorPrimitives.MultiplyAdd(vector, step, theta, _trial);
        if (_context.RoundToSingle)
        {
            Flat.RoundToSingle(_trial);
        }
    }
}
