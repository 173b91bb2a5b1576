namespace PinnSweep.Pinns.Tests.Optimizers;

public sealed class AdaptiveRatioTests
{
    /// <summary>
    /// The model of a linear problem is exact, so every λ has its share and each step takes its last. ρ = (2 (x − 1), x + y) at (0, 0) with
    /// λ = 1/4: [[21/4, 1], [1, 5/4]] d = (4, 0).
    /// </summary>
    [Fact]
    public void Where_the_model_is_exact_the_damping_goes_as_low_as_the_tries_allow()
    {
        var problem = new Linear();
        var optimizer = Made.Optimizer(problem, Made.Level("gauss-newton-ratio", ("damping", 1.0), ("tries", 2)));
        double[] theta = [0, 0];

        problem.Step(optimizer, theta);

        const double Determinant = (21.0 / 4 * 5 / 4) - 1;
        Assert.Equal([4 * 5.0 / 4 / Determinant, -4 / Determinant], theta, (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Equal(2, problem.Values);
    }

    /// <summary>ρ = x³ − 8 from x = 1: the λ of each step is found here by its definition, from the λ of the step before.</summary>
    [Theory]
    [InlineData(0.075, 1.0)]
    [InlineData(0.5, 1.0)]
    [InlineData(0.075, 1e5)]
    public void Each_step_has_the_least_damping_whose_share_of_the_predicted_fall_is_reached(double ratio, double first)
    {
        var problem = new Cube();
        var optimizer = Made.Optimizer(problem, Made.Level("gauss-newton-ratio", ("ratio", ratio), ("damping", first), ("factor", 2.0), ("tries", 40), ("least_damping", 0.0)));
        double[] theta = [1];
        var lambda = first;
        for (var step = 0; step < 4; step++)
        {
            var x = theta[0];

            // Up where the share is missed, else down as long as it is reached.
            while (!IsEnough(x, lambda))
            {
                lambda *= 2;
            }

            for (var tries = 1; tries < 40 && IsEnough(x, lambda / 2); tries++)
            {
                lambda /= 2;
            }

            problem.Step(optimizer, theta);

            Assert.Equal(x - Move(x, lambda), theta[0], 1e-12);
        }

        bool IsEnough(double x, double damping)
        {
            var (r, slope, move) = (Residual(x), 3 * x * x, Move(x, damping));
            var predicted = (r * r) - ((r - (slope * move)) * (r - (slope * move)));
            var left = Residual(x - move);
            return (r * r) - (left * left) >= ratio * predicted;
        }

        static double Move(double x, double damping) => 3 * x * x * Residual(x) / ((9 * x * x * x * x) + damping);
    }

    private static double Residual(double x) => (x * x * x) - 8;

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

    private sealed class Cube() : LeastSquares(1, 1)
    {
        public override double[] Start => [1];

        public override double[] Minimum => [2];

        protected override void Fill(ReadOnlySpan<double> theta, Span<double> residuals, Span<double> jacobian) =>
            (residuals[0], jacobian[0]) = (Residual(theta[0]), 3 * theta[0] * theta[0]);
    }
}
