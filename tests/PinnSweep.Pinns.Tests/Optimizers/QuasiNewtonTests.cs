using PinnSweep.Methods.Events;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Methods.Optimizers.Parts;
using PinnSweep.Numerics.Matrices;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Pinns.Tests.Optimizers;

public sealed class QuasiNewtonTests
{
    /// <summary>
    /// By hand with H = I, s = (1, 0), y = (2, 1), P = 2, and sᵀH⁻¹s = 1: yᵀs = 2, yᵀHy = 5, b = 1/2, h = 5/2, a = 1/4, c = √(1/5), h (1 −
    /// c) = 1.382, so ρ⁻ = 1, θ⁻ = 0, θ⁺ = 1, (1 − b)/b = 1, θ = 1, σ = 5/4, τ = min(4/5, 1) = 4/5 and φ = 0.
    /// </summary>
    [Fact]
    public void Broyden_by_hand()
    {
        var (tau, phi) = SelfScaling.Broyden(ys: 2, yHy: 5, sBs: 1, size: 2);

        Assert.Equal(0.8, tau, 1e-15);
        Assert.Equal(0, phi, 1e-15);
    }

    /// <summary>
    /// By hand where θ is negative: yᵀs = 1, yᵀHy = 1/2, sᵀH⁻¹s = 4: b = 4, h = 1/2, a = 1, c = √½, ρ⁻ = ½ (1 − √½), θ⁻ = ρ⁻ − 1, (1 − b)/b
    /// = −3/4, θ = max(−0.8536, −0.75) = −3/4, σ = 1/4, φ = 7, and with P = 3 τ = min(¼ · (1/4)^(−1/2), 1/4) = min(1/2, 1/4).
    /// </summary>
    [Fact]
    public void Broyden_by_hand_with_negative_theta()
    {
        var (tau, phi) = SelfScaling.Broyden(ys: 1, yHy: 0.5, sBs: 4, size: 3);

        Assert.Equal(0.25, tau, 1e-15);
        Assert.Equal(7, phi, 1e-13);
    }

    [Fact]
    public void Scaled_bfgs_takes_the_smaller_of_one_and_one_over_b()
    {
        Assert.Equal((1, 1), SelfScaling.Bfgs(ys: 2, yHy: 5, sBs: 1, size: 2));
        Assert.Equal((0.25, 1), SelfScaling.Bfgs(ys: 1, yHy: 0.5, sBs: 4, size: 3));
    }

    /// <summary>Every inverse Hessian on the way against the update written with full matrices and inverses, as the paper has it.</summary>
    [Theory]
    [InlineData("ssbfgs")]
    [InlineData("ssbroyden")]
    public void The_inverse_hessian_follows_the_dense_formula(string kind)
    {
        var problem = new Rosenbrock();
        var optimizer = (DenseQuasiNewton)Made.Optimizer(problem, Made.Level(kind));
        var theta = problem.Start;
        problem.Step(optimizer, theta);
        for (var step = 0; step < 25; step++)
        {
            var before = optimizer.InverseHessian();
            double[] old = [.. theta];
            var (g, next) = (new double[4], new double[4]);
            problem.Evaluate(theta, g);
            problem.Step(optimizer, theta);
            problem.Evaluate(theta, next);

            var expected = Dense(kind, before, Difference(theta, old), Difference(next, g));
            var actual = optimizer.InverseHessian();
            var size = expected.Cast<double>().Max(Math.Abs);
            for (var i = 0; i < 16; i++)
            {
                Assert.Equal(expected[i / 4, i % 4], actual[i / 4, i % 4], 1e-7 * size);
            }
        }
    }

    /// <summary>
    /// The first update from the identity itself, as the authors' code makes it, and from yᵀs/(yᵀy) times it, against the dense formula.
    /// </summary>
    [Theory]
    [InlineData("ssbfgs", "identity")]
    [InlineData("ssbroyden", "identity")]
    [InlineData("ssbfgs", "scaled")]
    [InlineData("ssbroyden", "scaled")]
    public void The_first_update_starts_from_what_is_asked_for(string kind, string first)
    {
        var problem = new Rosenbrock();
        var optimizer = (DenseQuasiNewton)Made.Optimizer(problem, Made.Level(kind, ("first", first)));
        var theta = problem.Start;
        double[] old = [.. theta];
        var (g, next) = (new double[4], new double[4]);
        problem.Evaluate(theta, g);
        problem.Step(optimizer, theta);
        problem.Evaluate(theta, next);
        var (s, y) = (Difference(theta, old), Difference(next, g));
        var scale = first == "identity" ? 1 : s.Zip(y, (a, b) => a * b).Sum() / y.Sum(value => value * value);
        var start = new double[4, 4];
        for (var i = 0; i < 4; i++)
        {
            start[i, i] = scale;
        }

        var expected = Dense(kind, start, s, y);

        Assert.Equal(expected.Cast<double>(), optimizer.InverseHessian().Cast<double>(), (a, b) => Math.Abs(a - b) <= 1e-9 * expected.Cast<double>().Max(Math.Abs));
    }

    /// <summary>After each step: H⁺y = s, the quasi-Newton equation.</summary>
    [Theory]
    [InlineData("ssbfgs")]
    [InlineData("ssbroyden")]
    public void The_quasi_newton_equation_holds(string kind)
    {
        var problem = new IllConditioned();
        var optimizer = (DenseQuasiNewton)Made.Optimizer(problem, Made.Level(kind));
        var theta = problem.Start;
        for (var step = 0; step < 15; step++)
        {
            double[] old = [.. theta];
            var (g, next) = (new double[20], new double[20]);
            problem.Evaluate(theta, g);
            problem.Step(optimizer, theta);
            problem.Evaluate(theta, next);
            var (s, y, h) = (Difference(theta, old), Difference(next, g), optimizer.InverseHessian());

            for (var i = 0; i < 20; i++)
            {
                Assert.Equal(s[i], Enumerable.Range(0, 20).Sum(j => h[i, j] * y[j]), 1e-8 * s.Max(Math.Abs));
            }
        }
    }

    /// <summary>Rows of every length beside whole vectors, against plain loops.</summary>
    [Fact]
    public void Packed_products_and_updates_follow_plain_loops()
    {
        const int Size = 77;
        var stream = new RandomStream(1, "packed");
        double[] Draw() => [.. Enumerable.Range(0, Size).Select(_ => stream.NextGaussian())];
        var (x, u, s, y) = (Draw(), Draw(), Draw(), new double[Size]);
        var full = new double[Size, Size];
        var packed = new PackedSymmetric(Size);
        var entries = packed.Entries;
        for (int i = 0, k = 0; i < Size; i++)
        {
            for (var j = 0; j <= i; j++, k++)
            {
                full[i, j] = full[j, i] = entries[k] = stream.NextGaussian();
            }
        }

        packed.Multiply(x, y);
        Assert.Equal(Product(full, x), y, (a, b) => Math.Abs(a - b) < 1e-12);

        packed.UpdateAndMultiply(new(0.5, 2, -3, 0.25), u, s, x, y);
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < Size; j++)
            {
                full[i, j] = (0.5 * full[i, j]) + (2 * u[i] * u[j]) - (3 * ((s[i] * u[j]) + (u[i] * s[j]))) + (0.25 * s[i] * s[j]);
            }
        }

        Assert.Equal(Product(full, x), y, (a, b) => Math.Abs(a - b) < 1e-11);
    }

    /// <summary>
    /// L-BFGS with a history longer than the run is BFGS: on a quadratic of two variables with exact conditions it ends in a few steps, and
    /// its pairs obey the secant equation.
    /// </summary>
    [Fact]
    public void Lbfgs_tolerances_stop_it_where_they_are_set()
    {
        var problem = new Rosenbrock();
        var events = new EventCounts();
        var stopped = Made.Optimizer(problem, Made.Level("lbfgs", ("tolerance_grad", 1e-2)), events);
        var theta = problem.Start;

        for (var step = 0; step < 200; step++)
        {
            problem.Step(stopped, theta);
        }

        var gradient = new double[4];
        problem.Evaluate(theta, gradient);
        Assert.InRange(gradient.Max(Math.Abs), 1e-12, 1e-2);
        Assert.InRange(events.Counts[OptimizerEvents.ToleranceMet], 100, 199);
    }

    // In the valley of Rosenbrock's function the loss falls slowly while θ still moves, and the other way round at its end.
    [Theory]
    [InlineData("both", 1e-3)]
    [InlineData("either", 1e-3)]
    public void It_stops_where_theta_and_loss_or_one_of_them_change_by_less(string rule, double tolerance)
    {
        var problem = new Rosenbrock();
        var events = new EventCounts();
        var optimizer = Made.Optimizer(problem, Made.Level("lbfgs", ("tolerance_change", tolerance), ("tolerance_rule", rule)), events);
        var (theta, last, changes) = (problem.Start, problem.Start, new List<(double Theta, double Loss)>());

        for (var step = 0; step < 100 && !events.Counts.ContainsKey(OptimizerEvents.ToleranceMet); step++)
        {
            problem.Step(optimizer, theta);
            changes.Add((theta.Zip(last, (now, before) => Math.Abs(now - before)).Max(), Math.Abs(problem.Evaluate(last, new double[4]) - problem.Evaluate(theta, new double[4]))));
            last = [.. theta];
        }

        bool IsMet((double Theta, double Loss) change) => rule == "both" ? change.Theta <= tolerance && change.Loss < tolerance : change.Theta <= tolerance || change.Loss < tolerance;

        // The step after that which met it is the first without work.
        Assert.Equal([.. Enumerable.Repeat(false, changes.Count - 2), true, true], changes.Select(IsMet));
        Assert.Equal(1, events.Counts[OptimizerEvents.ToleranceMet]);
    }

    [Theory]
    [InlineData("lbfgs")]
    [InlineData("ssbfgs")]
    [InlineData("ssbroyden")]
    public void A_search_that_found_nothing_is_not_made_again_from_the_same_place_and_counts_as_if_it_were(string kind)
    {
        var events = new EventCounts();
        var flat = new Constant(events);
        var optimizer = Made.Optimizer(new Rosenbrock(), Made.Level(kind), events);
        double[] theta = [1, 2, 3, 4], gradient = [1, 0, 0, 0], other = [0, 1, 0, 0];

        optimizer.Step(theta, gradient, 1, flat);
        var asked = flat.Evaluations;
        Assert.True(optimizer.IsAtRest);
        optimizer.Step(theta, gradient, 1, flat);

        Assert.InRange(asked, 1, 25);
        Assert.Equal((asked, 2 * asked, 2), (flat.Evaluations, events.Counts[OptimizerEvents.Gradients], events.Counts[OptimizerEvents.NoDescent]));
        Assert.Equal([1, 2, 3, 4], theta);

        optimizer.Step(theta, other, 1, flat);
        optimizer.Step(theta, other, 2, flat);
        Assert.Equal(3 * asked, flat.Evaluations);
    }

    /// <summary>Has the same value everywhere, whatever is said of its gradient.</summary>
    private sealed class Constant(EventCounts events) : IObjective
    {
        public int Evaluations { get; private set; }

        public int RowBlocks => 0;

        public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
        {
            events.Count(OptimizerEvents.Gradients);
            Evaluations++;
            gradient.Clear();
            return 5;
        }

        public int Rows(ReadOnlySpan<double> theta, int block, Span<double> residuals, Span<double> rows) => 0;
    }

    [Fact]
    public void A_gradient_that_changed_between_steps_keeps_the_inverse_hessian()
    {
        var problem = new Rosenbrock();
        var events = new EventCounts();
        var optimizer = (DenseQuasiNewton)Made.Optimizer(problem, Made.Level("ssbroyden"), events);
        var theta = problem.Start;
        for (var step = 0; step < 10; step++)
        {
            problem.Step(optimizer, theta);
        }

        var inverse = optimizer.InverseHessian();
        double[] old = [.. theta];
        var gradient = new double[4];
        var loss = 3 * problem.Evaluate(theta, gradient);
        System.Numerics.Tensors.TensorPrimitives.Multiply(gradient, 3, gradient);
        optimizer.Step(theta, gradient, loss, new Tripled(problem));

        // The step is along −H g with the new gradient, whatever its length.
        var (step1, direction) = (Difference(theta, old), Product(inverse, gradient));
        var length = step1[0] / direction[0];
        Assert.True(length < 0);
        Assert.Equal(step1, direction.Select(value => length * value).ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.DoesNotContain(OptimizerEvents.Restart, events.Counts.Keys);
    }

    private static double[,] Dense(string kind, double[,] h, double[] s, double[] y)
    {
        var hy = Product(h, y);
        var (ys, yHy) = (Dot(y, s), Dot(y, hy));
        var sBs = Dot(s, Solve(h, s));
        var (tau, phi) = kind == "ssbfgs" ? SelfScaling.Bfgs(ys, yHy, sBs, s.Length) : SelfScaling.Broyden(ys, yHy, sBs, s.Length);
        double[] v = [.. s.Select((value, i) => Math.Sqrt(yHy) * ((value / ys) - (hy[i] / yHy)))];
        var result = new double[s.Length, s.Length];
        for (var i = 0; i < s.Length; i++)
        {
            for (var j = 0; j < s.Length; j++)
            {
                result[i, j] = ((h[i, j] - (hy[i] * hy[j] / yHy) + (phi * v[i] * v[j])) / tau) + (s[i] * s[j] / ys);
            }
        }

        return result;
    }

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double[] Product(double[,] a, double[] x) =>
        [.. Enumerable.Range(0, x.Length).Select(i => Enumerable.Range(0, x.Length).Sum(j => a[i, j] * x[j]))];

    /// <summary>Gauss elimination with pivots.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var n = right.Length;
        var a = (double[,])matrix.Clone();
        var x = (double[])right.Clone();
        for (var k = 0; k < n; k++)
        {
            var pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(a[i, k]));
            for (var j = 0; j < n; j++)
            {
                (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            }

            (x[k], x[pivot]) = (x[pivot], x[k]);
            for (var i = k + 1; i < n; i++)
            {
                var share = a[i, k] / a[k, k];
                for (var j = k; j < n; j++)
                {
                    a[i, j] -= share * a[k, j];
                }

                x[i] -= share * x[k];
            }
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < n; j++)
            {
                x[i] -= a[i, j] * x[j];
            }

            x[i] /= a[i, i];
        }

        return x;
    }

    private sealed class Tripled(LeastSquares inner) : IObjective
    {
        public int RowBlocks => 0;

        public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
        {
            var value = 3 * inner.Evaluate(theta, gradient);
            System.Numerics.Tensors.TensorPrimitives.Multiply(gradient, 3, gradient);
            return value;
        }

        public int Rows(ReadOnlySpan<double> theta, int block, Span<double> residuals, Span<double> rows) => 0;
    }
}
