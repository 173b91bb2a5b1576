using System.Collections.Immutable;
using PinnSweep.Methods.Events;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Optimizers;

/// <summary>
/// A loss Σ ρ² given by residuals and their derivatives, with everything an optimizer may ask and a count of what it asked.
/// </summary>
internal abstract class LeastSquares(int size, int rows) : IObjective
{
    public int Size => size;

    public int RowBlocks => 1;

    public int Gradients { get; private set; }

    public int Values { get; private set; }

    public abstract double[] Start { get; }

    public abstract double[] Minimum { get; }

    /// <summary>Weight matrices within θ, for optimizers that look at shapes.</summary>
    public virtual ImmutableArray<ParameterMatrix> Matrices => [];

    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        var (residuals, jacobian) = (new double[rows], new double[rows * size]);
        Fill(theta, residuals, jacobian);
        _ = gradient.IsEmpty ? Values++ : Gradients++;
        gradient.Clear();
        for (var r = 0; r < rows && !gradient.IsEmpty; r++)
        {
            for (var i = 0; i < size; i++)
            {
                gradient[i] += 2 * residuals[r] * jacobian[(r * size) + i];
            }
        }

        return residuals.Sum(value => value * value);
    }

    public int Rows(ReadOnlySpan<double> theta, int block, Span<double> residuals, Span<double> target)
    {
        Fill(theta, residuals[..rows], target[..(rows * size)]);
        return rows;
    }

    /// <summary>One step as the training loop makes it.</summary>
    public double Step(IOptimizer optimizer, Span<double> theta)
    {
        var gradient = new double[size];
        var loss = Evaluate(theta, gradient);
        optimizer.Step(theta, gradient, loss, this);
        return loss;
    }

    protected abstract void Fill(ReadOnlySpan<double> theta, Span<double> residuals, Span<double> jacobian);
}

/// <summary>Rosenbrock's valley in two pairs: ρ = 10 (y − x²), 1 − x for each pair; minimum 0 at ones.</summary>
internal sealed class Rosenbrock() : LeastSquares(4, 4)
{
    public override double[] Start => [-1.2, 1, -0.5, 0.8];

    public override double[] Minimum => [1, 1, 1, 1];

    public override ImmutableArray<ParameterMatrix> Matrices => [new(0, 2, 2)];

    protected override void Fill(ReadOnlySpan<double> theta, Span<double> residuals, Span<double> jacobian)
    {
        jacobian.Clear();
        for (var pair = 0; pair < 2; pair++)
        {
            var (x, y) = (theta[2 * pair], theta[(2 * pair) + 1]);
            residuals[2 * pair] = 10 * (y - (x * x));
            residuals[(2 * pair) + 1] = 1 - x;
            jacobian[(8 * pair) + (2 * pair)] = -20 * x;
            jacobian[(8 * pair) + (2 * pair) + 1] = 10;
            jacobian[(8 * pair) + 4 + (2 * pair)] = -1;
        }
    }
}

/// <summary>
/// A quadratic of condition 10⁶ that no coordinate axis knows: ρ = √c_i (Q (θ − θ*))_i with Q a reflection and c from 10⁻⁶ to 1.
/// </summary>
internal sealed class IllConditioned() : LeastSquares(20, 20)
{
    public override double[] Start => new double[20];

    public override double[] Minimum => [.. Enumerable.Range(0, 20).Select(i => Math.Cos(i))];

    public override ImmutableArray<ParameterMatrix> Matrices => [new(0, 4, 4)];

    protected override void Fill(ReadOnlySpan<double> theta, Span<double> residuals, Span<double> jacobian)
    {
        var minimum = Minimum;
        for (var r = 0; r < 20; r++)
        {
            var root = Math.Pow(10, -3.0 * r / 19);
            residuals[r] = 0;
            for (var i = 0; i < 20; i++)
            {
                jacobian[(r * 20) + i] = root * ((r == i ? 1 : 0) - (2.0 / 20));
                residuals[r] += jacobian[(r * 20) + i] * (theta[i] - minimum[i]);
            }
        }
    }
}

/// <summary>Optimizers for tests.</summary>
internal static class Made
{
    public static IOptimizer Optimizer(LeastSquares problem, Level level, EventCounts? events = null) => OptimizerCatalog.Create(
        new(problem.Size, RoundToSingle: false) { Matrices = problem.Matrices, Events = events ?? new(), Stream = new(1, "optimizer") },
        level);

    public static Level Level(string kind, params (string Name, object Value)[] parameters) =>
        MethodLevels.Of(OptimizerCatalog.Find(kind).Method, parameters);

    public static IOptimizer Restored(IOptimizer saved, Func<IOptimizer> create)
    {
        using var state = new MemoryStream();
        using (var writer = new StateWriter(state))
        {
            saved.State(writer);
        }

        state.Position = 0;
        var restored = create();
        using var reader = new StateReader(state);
        restored.State(reader);
        return restored;
    }
}
