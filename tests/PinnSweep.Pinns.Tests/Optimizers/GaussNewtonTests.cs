using PinnSweep.Methods.Balancers.PerPoint;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Methods.Optimizers.Parts;
using PinnSweep.Numerics.Matrices;
using PinnSweep.Numerics.Streams;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Studies.Values;
using PinnSweep.Training.Steps;

namespace PinnSweep.Pinns.Tests.Optimizers;

public sealed class GaussNewtonTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(31, 7)]
    [InlineData(65, 300)]
    [InlineData(161, 200)]
    public void Normal_equations_follow_plain_sums(int size, int count)
    {
        var rows = Draw(size * count);
        var matrix = new NormalMatrix(size);

        matrix.Add(rows, count);

        for (var i = 0; i < size; i++)
        {
            for (var j = i; j < size; j++)
            {
                Assert.Equal(Enumerable.Range(0, count).Sum(r => rows[(r * size) + i] * rows[(r * size) + j]), matrix[i, j], 1e-11 * count);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(130)]
    [InlineData(300)]
    public void The_solution_solves(int size)
    {
        var matrix = new NormalMatrix(size);
        matrix.Add(Draw(size * size), size);
        var right = Draw(size);
        var x = (double[])right.Clone();

        Assert.True(matrix.TryFactor(0.5));
        matrix.Solve(x);

        for (var i = 0; i < size; i++)
        {
            var sum = (0.5 * x[i]) + Enumerable.Range(0, size).Sum(j => matrix[Math.Min(i, j), Math.Max(i, j)] * x[j]);
            Assert.Equal(right[i], sum, 1e-9 * size);
        }
    }

    [Fact]
    public void A_matrix_without_full_rank_has_no_factor_until_it_is_shifted()
    {
        var matrix = new NormalMatrix(40);
        matrix.Add(Draw(80), 2);

        Assert.False(matrix.TryFactor(-1e-3));
        Assert.True(matrix.TryFactor(1e-3));
    }

    /// <summary>
    /// ρ = (2 (x − 1), x + y): at (0, 0) JᵀJ = [[5, 1], [1, 1]], Jᵀρ = (−4, 0); with λ = 1, [[6, 1], [1, 2]] d = (4, 0) gives d = (8/11,
    /// −4/11).
    /// </summary>
    [Fact]
    public void Levenberg_marquardt_by_hand()
    {
        var problem = new Linear();
        var optimizer = Made.Optimizer(problem, Made.Level("levenberg-marquardt", ("damping", 1.0)));
        double[] theta = [0, 0];

        problem.Step(optimizer, theta);

        Assert.Equal([8.0 / 11, -4.0 / 11], theta, (a, b) => Math.Abs(a - b) < 1e-14);
    }

    /// <summary>
    /// After a success λ is 1/3, so the second step from θ₁ solves [[16/3, 1], [1, 4/3]] d = −Jᵀρ(θ₁) with Jᵀρ = (5x + y − 4, x + y).
    /// </summary>
    [Fact]
    public void Levenberg_marquardt_divides_the_damping_after_a_success()
    {
        var problem = new Linear();
        var optimizer = Made.Optimizer(problem, Made.Level("levenberg-marquardt", ("damping", 1.0)));
        double[] theta = [0, 0];

        problem.Step(optimizer, theta);
        problem.Step(optimizer, theta);

        var (x, y) = (8.0 / 11, -4.0 / 11);
        var (r1, r2) = (-((5 * x) + y - 4), -(x + y));
        var determinant = (16.0 / 3 * 4 / 3) - 1;
        Assert.Equal([x + (((4.0 / 3 * r1) - r2) / determinant), y + (((16.0 / 3 * r2) - r1) / determinant)], theta, (a, b) => Math.Abs(a - b) < 1e-14);
    }

    /// <summary>A linear problem is solved by one natural-gradient step of length 1.</summary>
    [Fact]
    public void The_natural_gradient_of_a_linear_problem_ends_at_its_solution()
    {
        var problem = new Linear();
        var optimizer = Made.Optimizer(problem, Made.Level("natural-gradient"));
        double[] theta = [0, 0];

        problem.Step(optimizer, theta);

        Assert.Equal([1, -1], theta, (a, b) => Math.Abs(a - b) < 1e-10);
        Assert.Equal(31, problem.Values);
    }

    [Fact]
    public void The_rows_of_a_training_make_its_loss_and_gradient()
    {
        var description = Trials.Small();
        description = description with { Levels = description.Levels with { Balancer = MethodLevels.Of(SelfAdaptive.Entry.Method) } };
        using var training = Trials.Begin(description);
        training.Take(5);
        using var passes = new TermPasses(training.Trial.Problem, training.Trial.Engine, training.Theta.Length);
        passes.TakePoints(training.Trial.Sampler, null);
        training.Trial.Engine.SetParameters(training.Theta);
        passes.ForwardAndReverse(training.Theta, training.Trial.Balancer, []);
        var objective = new StepObjective(passes, training.Trial.Engine, new());
        objective.Begin([3, 0.5, 2]);
        var system = new GaussNewton(training.Theta.Length);

        system.Build(objective, training.Theta);

        var (gradient, loss) = (new double[training.Theta.Length], 0.0);
        var value = objective.Evaluate(training.Theta, gradient);
        var (residuals, rows) = (new double[ObjectiveRows.Most], new double[ObjectiveRows.Most * gradient.Length]);
        for (var block = 0; block < objective.RowBlocks; block++)
        {
            loss += residuals.Take(objective.Rows(training.Theta, block, residuals, rows)).Sum(rho => rho * rho);
        }

        Assert.Equal(value, loss, 1e-12 * value);
        Assert.Equal(gradient, system.HalfGradient.Select(half => 2 * half).ToArray(), (a, b) => Math.Abs(a - b) < 1e-10);
    }

    [Fact]
    public void Blocks_of_rows_are_the_rows_of_the_whole_jacobian()
    {
        var description = Trials.Small();
        description = description with { Levels = description.Levels with { Sampler = description.Levels.Sampler.With("interior", new SpecValue.Number(700)) } };
        using var training = Trials.Begin(description);
        using var passes = new TermPasses(training.Trial.Problem, training.Trial.Engine, training.Theta.Length);
        passes.TakePoints(training.Trial.Sampler, null);
        training.Trial.Engine.SetParameters(training.Theta);
        passes.ForwardAndReverse(training.Theta, training.Trial.Balancer, []);
        var objective = new StepObjective(passes, training.Trial.Engine, new());
        objective.Begin([1, 1, 1]);
        var parameters = training.Theta.Length;
        var (whole, residuals) = (new double[700 * parameters], new double[700]);
        passes.Rows(0, 0, residuals, whole);
        var (some, block) = (new double[ObjectiveRows.Most], new double[ObjectiveRows.Most * parameters]);

        var count = objective.Rows(training.Theta, 2, some, block);

        Assert.Equal(700 - 512, count);
        Assert.Equal(5, objective.RowBlocks);
        Assert.Equal(whole.Skip(512 * parameters).Select(entry => entry / Math.Sqrt(700)), block.Take(count * parameters), (a, b) => Math.Abs(a - b) < 1e-13);
    }

    private static double[] Draw(int length)
    {
        var stream = new RandomStream(length, "draw");
        return [.. Enumerable.Range(0, length).Select(_ => stream.NextGaussian())];
    }

    /// <summary>ρ = (2 (x − 1), x + y).</summary>
    private sealed class Linear() : LeastSquares(2, 2)
    {
        public override double[] Start => [0, 0];

        public override double[] Minimum => [1, -1];

        protected override void Fill(ReadOnlySpan<double> theta, Span<double> residuals, Span<double> jacobian)
        {
            (residuals[0], residuals[1]) = (2 * (theta[0] - 1), theta[0] + theta[1]);
            (jacobian[0], jacobian[1], jacobian[2], jacobian[3]) = (2, 0, 1, 1);
        }
    }
}
