using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Methods.Samplers;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.HardConstraints;
using PinnSweep.Problems.Scales;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Training.Results;

/// <summary>
/// Looks for the operation that gave a residual its first value that is not finite, at the points and the θ of the step that failed. Parts
/// are looked at in the order of evaluation, so what is found has operands with values: it is the cause, not a consequence.
/// </summary>
internal static class NonFiniteSearch
{
    private const int MostParts = 200;
    private const double FarOff = 100;

    /// <summary>The place; null where every residual is finite, for then a gradient or an update was not.</summary>
    public static NonFinitePlace? Find(Problem problem, IJetEngine engine, ISampler sampler, double[] theta)
    {
        if (!theta.All(double.IsFinite))
        {
            return null;
        }

        engine.SetParameters(theta);
        for (var k = 0; k < problem.Terms.Length; k++)
        {
            var points = sampler.Points(k).ToArray();
            if (Find(problem, engine, problem.Terms[k], points) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static NonFinitePlace? Find(Problem problem, IJetEngine engine, LossTerm term, double[] points)
    {
        // A person knows the expressions of the file, not what they are in own units.
        term = problem.Units?.Physical.Terms.FirstOrDefault(stated => stated.Name == term.Name) ?? term;
        ImmutableArray<Expr> parts = [.. ExprGraph.Order(term.Residual).Where(IsPartial).Take(MostParts), term.Residual];
        var values = Values(problem, engine, term, parts, points, out var count);
        for (var part = 0; part < parts.Length; part++)
        {
            if (Array.FindIndex(values, part * count, count, value => !double.IsFinite(value)) is >= 0 and var first)
            {
                return Place(problem, engine, term, parts[part], first - (part * count), points, "value");
            }
        }

        // A square root of zero has a value and no slope.
        foreach (var root in parts.OfType<Expr.Unary>().Where(part => part.Function == UnaryFunction.Sqrt || part is { Function: UnaryFunction.Power, Exponent: < 1 }))
        {
            if (Array.IndexOf(Values(problem, engine, term, [root.Operand], points, out _), 0.0) is >= 0 and var zero)
            {
                return Place(problem, engine, term, root, zero, points, "derivative");
            }
        }

        return null;
    }

    private static NonFinitePlace Place(Problem problem, IJetEngine engine, LossTerm term, Expr part, int index, double[] points, string lacks)
    {
        var point = points.AsSpan(index * problem.Dimension, problem.Dimension).ToArray();
        var operand = part switch
        {
            Expr.Unary unary when IsPartial(unary) => unary.Operand,
            Expr.Binary { Operation: BinaryOperation.Divide } quotient => quotient.Right,
            _ => part,
        };
        var told = problem.Units?.ToPhysical(point) ?? point;
        return new(term.Name, What(part), ExpressionWords.Of(operand, problem.Physical), Values(problem, engine, term, [operand], point, out _)[0], string.Join(", ", problem.Physical.Axes.Select((axis, i) => Coordinate(axis, told[i]))), lacks);
    }

    private static string Coordinate(Axis axis, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"{axis.Name} = {value.ToString(Math.Abs(value) > FarOff * axis.Extent ? "G12" : "G4", CultureInfo.InvariantCulture)}");

    private static double[] Values(Problem problem, IJetEngine engine, LossTerm term, ImmutableArray<Expr> parts, double[] points, out int count)
    {
        using var pass = engine.CreatePass(problem.Compile(InUnitsOf(problem, term, parts), term));
        pass.SetPoints(points);
        count = pass.PointCount;
        var values = new double[parts.Length * count];
        pass.Run([], new double[parts.Length], new double[parts.Length], values, []);
        return values;
    }

    private static ImmutableArray<Expr> InUnitsOf(Problem problem, LossTerm term, ImmutableArray<Expr> parts)
    {
        if (problem.Units is not { } units)
        {
            return parts;
        }

        ImmutableArray<LossTerm> terms = [.. parts.Select(part => term with { Residual = InOwnUnits.Expression(units, part, term.MeasuredAt) })];
        return [.. (problem.IsInAnsatz ? HardConstraint.Rewritten(problem, terms) : terms).Select(rewritten => rewritten.Residual)];
    }

    private static bool IsPartial(Expr part) => part is
        Expr.Unary { Function: UnaryFunction.Log or UnaryFunction.Sqrt or UnaryFunction.Power or UnaryFunction.Exp } or Expr.Binary { Operation: BinaryOperation.Divide };

    private static string What(Expr part) => part switch
    {
        Expr.Unary { Function: UnaryFunction.Sqrt } => "the square root",
        Expr.Unary { Function: UnaryFunction.Log } => "the logarithm",
        Expr.Unary { Function: UnaryFunction.Exp } => "the exponential",
        Expr.Unary { Function: UnaryFunction.Power } => "the power",
        Expr.Binary { Operation: BinaryOperation.Divide } => "the quotient",
        _ => "the residual",
    };
}
