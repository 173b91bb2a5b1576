using System.Numerics;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.References;

namespace PinnSweep.Pinns.Tests.References;

public sealed class HarmonicSeriesTests
{
    /// <summary>Sources inside the discs, off their centres, and beside the square, with the symmetries of the domain: in no basis.</summary>
    private static double Made(Complex z)
    {
        var sum = 0.0;
        for (var turns = 0; turns < 4; turns++)
        {
            var turn = Complex.Pow(Complex.ImaginaryOne, turns);
            sum += Complex.Log(z - (turn * new Complex(0.33, 0.33))).Real + Complex.Log(z - (1.1 * turn)).Real;
        }

        return sum;
    }

    [Fact]
    public void A_known_harmonic_function_is_found_with_geometric_convergence()
    {
        var errors = new[] { 4, 8, 16, 32 }.Select(terms =>
        {
            var series = new HarmonicSeries(0.5, 0.3, 0.1, terms, Made);
            var error = Places().Max(place => Math.Abs(series.At(place.X, place.Y) - Made(new(place.X, place.Y))));
            Assert.True(error <= (1.001 * series.Misfit) + 1e-12, $"{terms}: {error} inside, {series.Misfit} on the boundary");
            return error;
        }).ToArray();

        // Sources 0.042 from the centres of discs of radius 0.1: (0.42)ᵐ, and (0.5/1.1)⁴ᵏ or better from those outside.
        Assert.All(errors[..3].Zip(errors[1..]), pair => Assert.True(pair.Second < 0.1 * pair.First, $"{pair}"));
        Assert.InRange(errors[^1], 0, 1e-11);
    }

    [Fact]
    public void The_floor_of_the_classic_problem_is_rounding_and_its_solver_reaches_it()
    {
        var problem = Poisson2DClassic.Entry.Create(MethodLevels.Of(Poisson2DClassic.Entry.Method));
        var exact = problem.ExactOnTestGrid();

        var errors = problem.Solver!.Resolutions.Select(n => ReferenceGrid.Distance(exact, problem.Solver.Solve(n))).ToList();

        Assert.InRange(problem.Floor()!.Value, 0, problem.FloorLimit);
        Assert.True(errors[0] > errors[1] && errors[1] > errors[2] && errors[^1] <= problem.FloorLimit, string.Join(", ", errors));
        Assert.InRange(exact.Min(), -1e-10, 1);
        Assert.InRange(exact.Max(), 0, 1 + 1e-10);
    }

    private static IEnumerable<(double X, double Y)> Places() =>
        from i in Enumerable.Range(0, 41)
        from j in Enumerable.Range(0, 41)
        let place = (X: (i / 40.0) - 0.5, Y: (j / 40.0) - 0.5)
        where Math.Sqrt(Math.Pow(Math.Abs(place.X) - 0.3, 2) + Math.Pow(Math.Abs(place.Y) - 0.3, 2)) >= 0.1
        select place;
}
