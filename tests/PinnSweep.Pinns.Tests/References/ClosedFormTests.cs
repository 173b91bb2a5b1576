using PinnSweep.Jets.Expressions;
using PinnSweep.Numerics.Arithmetic;
using PinnSweep.Pinns.Tests.Problems;
using PinnSweep.Problems.References;

namespace PinnSweep.Pinns.Tests.References;

/// <summary>Arithmetic with 31 digits, derivatives of expressions, and floors of closed forms.</summary>
public sealed class ClosedFormTests
{
    [Fact]
    public void Functions_with_31_digits_keep_their_identities()
    {
        foreach (var x in new[] { 0.3, 1.7, -2.9, 11.25, 157.5 })
        {
            DoubleDouble value = x;
            var (sin, cos) = (DoubleDouble.Sin(value), DoubleDouble.Cos(value));

            Assert.Equal(0, (double)((sin * sin) + (cos * cos) - 1), 1e-29);
            Assert.Equal(Math.Sin(x), (double)sin, 1e-15);
            Assert.Equal(Math.Cos(x), (double)cos, 1e-15);
            Assert.Equal(0, (double)(DoubleDouble.Log(DoubleDouble.Exp(value * 0.1)) - (value * 0.1)), 1e-28);
            Assert.Equal(0, (double)((DoubleDouble.Exp(value * 0.1) * DoubleDouble.Exp(value * -0.1)) - 1), 1e-29);
            Assert.Equal(Math.Tanh(x), (double)DoubleDouble.Tanh(value), 1e-15);
            Assert.Equal(0, (double)(DoubleDouble.Power(DoubleDouble.Sqrt(value * value), 2) - (value * value)), 1e-25);
            Assert.Equal(0, (double)((value / 3 * 3) - value), 1e-29);
        }
    }

    [Fact]
    public void Pi_with_31_digits_is_where_the_sine_vanishes()
    {
        // π to 31 digits as the sum of its double and the rest, 1.2246467991473531772e-16 (any table of π).
        var sine = DoubleDouble.Sin(new DoubleDouble(Math.PI, 1.2246467991473532e-16));

        Assert.Equal(0, (double)sine, 1e-31);
    }

    [Fact]
    public void Derivatives_of_expressions_match_differences()
    {
        var (x, y) = (Expr.Coordinate(0), Expr.Coordinate(1));
        var expression = (Expr.Sin(x * y) / (1 + Expr.Exp(-x))) + Expr.Power(y, 3) - Expr.Sqrt(2 + Expr.Tanh(x)) + Expr.Log(3 + Expr.Cos(y)) + Expr.Power(x + 2, -1.5);
        const double Step = 1e-4;

        foreach (var (at, axis) in new[] { (new[] { 0.4, -0.7 }, 0), ([0.4, -0.7], 1), ([1.3, 0.2], 0), ([1.3, 0.2], 1) })
        {
            double[] right = [.. at], left = [.. at];
            right[axis] += Step;
            left[axis] -= Step;
            var difference = (ClosedForm.Evaluate(expression, right) - ClosedForm.Evaluate(expression, left)) / (2 * Step);

            Assert.Equal(difference, ClosedForm.Evaluate(CoordinateCalculus.Derivative(expression, axis), at), 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(ProblemTests.ClosedForms), MemberType = typeof(ProblemTests))]
    public void Closed_forms_are_exact_to_their_floor(string kind)
    {
        foreach (var problem in ProblemTests.AllForms(kind).Where(problem => problem is { Solution: not null, Void: null }))
        {
            Assert.InRange(problem.Floor()!.Value, 0, problem.FloorLimit);
        }
    }

    [Theory]
    [MemberData(nameof(ProblemTests.ClosedForms), MemberType = typeof(ProblemTests))]
    public void A_closed_form_satisfies_its_residuals_by_its_own_derivatives(string kind)
    {
        foreach (var problem in ProblemTests.AllForms(kind).Where(problem => problem is { Solution: not null, Void: null }))
        {
            // Spheres are looked at by the checks of solutions, at points on them.
            foreach (var term in problem.WithoutData().Terms.Where(term => term.Faces.All(face => face.IsOfBox)))
            {
                var residual = problem.Solution!.Insert(term.Residual, [.. problem.Unknowns.Select(unknown => unknown.Truth!.Value)], problem.AcrossOf(term));
                var point = problem.Axes.Select((axis, i) => axis.Lower + (axis.Extent * (0.37 + (0.11 * i)))).ToArray();
                if (!term.Faces.IsEmpty)
                {
                    var face = term.Faces[0];
                    point[face.Axis] = face.Upper ? problem.Axes[face.Axis].Upper : problem.Axes[face.Axis].Lower;
                }

                Assert.Equal(0, ClosedForm.EvaluatePrecisely(residual, point) / term.Scale, 1e-12);
            }
        }
    }
}
