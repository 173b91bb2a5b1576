using PinnSweep.Methods.Events;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Methods.Optimizers.Parts;

namespace PinnSweep.Pinns.Tests.Optimizers;

public sealed class StrongWolfeSearchTests
{
    /// <summary>Functions of one variable that fall at 0 and are hard in one way each.</summary>
    public static TheoryData<string, double> Cases
    {
        get
        {
            var cases = new TheoryData<string, double>();
            foreach (var name in Lines.Keys)
            {
                foreach (var first in new[] { 1e-3, 0.1, 1, 10, 1000 })
                {
                    cases.Add(name, first);
                }
            }

            return cases;
        }
    }

    private static Dictionary<string, Func<double, (double Value, double Slope)>> Lines { get; } = new()
    {
        ["quadratic"] = x => ((x - 2) * (x - 2), 2 * (x - 2)),
        ["quartic"] = x => (Math.Pow(x - 3, 4), 4 * Math.Pow(x - 3, 3)),

        // Moré and Thuente, ACM TOMS 20 (1994) 286, functions 5.1 (β = 2) and 5.2 (β = 0.004).
        ["rational"] = x => (-x / ((x * x) + 2), ((x * x) - 2) / (((x * x) + 2) * ((x * x) + 2))),
        ["flat"] = x => (Math.Pow(x + 0.004, 5) - (2 * Math.Pow(x + 0.004, 4)), (5 * Math.Pow(x + 0.004, 4)) - (8 * Math.Pow(x + 0.004, 3))),
        ["wavy"] = x => ((0.1 * x * x) - (2 * x) + (0.3 * Math.Sin(5 * x)), (0.2 * x) - 2 + (1.5 * Math.Cos(5 * x))),
        ["wall"] = x => x < 4 ? ((x - 3) * (x - 3), 2 * (x - 3)) : (double.NaN, double.NaN),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_accepted_point_meets_both_conditions(string name, double first)
    {
        var line = new Line(Lines[name]);
        var (value, slope) = Lines[name](0);
        var search = new StrongWolfeSearch(1, roundToSingle: false);

        var end = search.Search(line, [0], value, slope, [1], first);

        Assert.Equal(SearchEnd.Wolfe, end);
        Assert.Equal(search.Alpha, search.Theta[0]);
        Assert.Equal(Lines[name](search.Alpha), (search.Value, search.Slope));
        Assert.True(search.Value <= value + (StrongWolfeSearch.Decrease * search.Alpha * slope));
        Assert.True(Math.Abs(search.Slope) <= StrongWolfeSearch.Curvature * Math.Abs(slope));
        Assert.InRange(line.Evaluations, 1, StrongWolfeSearch.MostEvaluations);
    }

    [Fact]
    public void A_function_that_rises_everywhere_ends_without_a_point()
    {
        var search = new StrongWolfeSearch(1, roundToSingle: false);

        // The slope promises a descent that the values do not keep.
        var end = search.Search(new Line(x => (x, 1)), [0], 0, -1, [1], 1);

        Assert.Equal(SearchEnd.None, end);
    }

    [Theory]
    [InlineData("lbfgs")]
    [InlineData("ssbfgs")]
    [InlineData("ssbroyden")]
    public void Every_step_of_a_quasi_newton_method_meets_both_conditions(string kind)
    {
        var problem = new Rosenbrock();
        var events = new EventCounts();
        var optimizer = Made.Optimizer(problem, Made.Level(kind), events);
        var theta = problem.Start;
        for (var step = 0; step < 40; step++)
        {
            double[] old = [.. theta];
            var (g, next) = (new double[4], new double[4]);
            var loss = problem.Evaluate(theta, g);
            problem.Step(optimizer, theta);
            var after = problem.Evaluate(theta, next);
            if (after < 1e-24)
            {
                return;
            }

            // α φ′ = sᵀg, so both conditions can be seen from outside.
            double[] s = [.. theta.Zip(old, (a, b) => a - b)];
            var (before, end) = (s.Zip(g, (a, b) => a * b).Sum(), s.Zip(next, (a, b) => a * b).Sum());
            Assert.True(after <= loss + (StrongWolfeSearch.Decrease * before));
            Assert.True(Math.Abs(end) <= StrongWolfeSearch.Curvature * Math.Abs(before) * (1 + 1e-12));
        }

        Assert.DoesNotContain(OptimizerEvents.WeakStep, events.Counts.Keys);
    }

    private sealed class Line(Func<double, (double Value, double Slope)> function) : IObjective
    {
        public int Evaluations { get; private set; }

        public int RowBlocks => 0;

        public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
        {
            Evaluations++;
            (var value, gradient[0]) = function(theta[0]);
            return value;
        }

        public int Rows(ReadOnlySpan<double> theta, int block, Span<double> residuals, Span<double> rows) => 0;
    }
}
