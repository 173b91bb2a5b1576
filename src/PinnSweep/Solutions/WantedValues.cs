using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Solutions;

/// <summary>What is asked of a solution at each point: every output, and derivatives by their names in problem files.</summary>
/// <param name="Names">Headings.</param>
/// <param name="Expressions">In terms of the outputs.</param>
internal sealed record WantedValues(ImmutableArray<string> Names, ImmutableArray<Expr> Expressions)
{
    /// <summary>The outputs and these derivatives.</summary>
    /// <param name="problem">Has outputs and coordinates.</param>
    /// <param name="derivatives">Such as <c>u_x,u_xx</c>; null for none.</param>
    /// <exception cref="UserMistakeException">One of them is none.</exception>
    public static WantedValues Of(Problem problem, string? derivatives)
    {
        var symbols = ExpressionSymbols.Empty with { Coordinates = [.. problem.Axes.Select(axis => axis.Name)], Outputs = problem.Outputs };
        var names = ImmutableArray.CreateBuilder<string>();
        names.AddRange(problem.Outputs);
        foreach (var name in (derivatives ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (symbols.Resolve(name) is not Expr.Derivative)
            {
                throw new UserMistakeException($"--derivatives: {symbols.WhyNoDerivative(name) ?? $"{NearestMatch.Quote(name)} is no derivative; write an output, '_' and coordinates ({string.Join(", ", symbols.Coordinates)}), for instance {problem.Outputs[0]}_{symbols.Coordinates[0]}"}");
            }

            if (!names.Contains(name))
            {
                names.Add(name);
            }
        }

        return new(names.ToImmutable(), [.. names.Select(name => symbols.Resolve(name)!)]);
    }
}
