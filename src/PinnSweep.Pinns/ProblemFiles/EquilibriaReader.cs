using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Jets;
using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>Reads <c>equilibria</c>: constant states that the equations keep, on which networks like to settle. A state that an equation does not keep is told.</summary>
internal sealed class EquilibriaReader(FileScope scope)
{
    private const int MostStates = 16;
    private const int PointsTried = 32;
    private const double Rounding = 1e-9;

    /// <summary>One value for each output of each state, with the places of the states.</summary>
    public IReadOnlyList<(ImmutableArray<double> Values, Place Place)> Read(SourceNode.Map file)
    {
        const string Expected = "expected a list of states, for instance [{u: 0, v: 1}]";
        if (file.Find("equilibria") is not { } entry || entry.Value is SourceNode.Scalar { IsNull: true })
        {
            return [];
        }

        if (entry.Value is not SourceNode.List { Items: { Count: > 0 and <= MostStates } items })
        {
            scope.Mistakes.Add(entry.Value.Place, "equilibria", $"{Expected}; found {entry.Value.Words}");
            return [];
        }

        var states = new List<(ImmutableArray<double> Values, Place Place)>();
        for (var i = 0; i < items.Count; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"equilibria[{i + 1}]");
            if (scope.MapOf(items[i], key, [.. scope.Symbols.Outputs]) is not { } map)
            {
                continue;
            }

            var values = scope.Symbols.Outputs.Select(output => map.Find(output) is { } given ? scope.NumberOf(given.Value, given.Place, $"{key}.{output}") : Missing(output)).ToList();
            if (values.TrueForAll(value => value is not null))
            {
                states.Add(([.. values.Select(value => value!.Value)], items[i].Place));
            }

            double? Missing(string output)
            {
                scope.Mistakes.Add(map.Place, key, $"'{output}' is missing; a state has a value for every output");
                return null;
            }
        }

        return states;
    }

    /// <summary>Tells states that an equation does not keep; one with trained coefficients may.</summary>
    public void Check(Problem problem, IReadOnlyList<(ImmutableArray<double> Values, Place Place)> states)
    {
        var equations = problem.Terms
            .Where(term => term.Role == TermRole.Residual && !ExprGraph.Order(term.Residual).Any(part => part is Expr.CoefficientOf))
            .Select(term => (term.Name, Formula: new PointFormula(term.Residual)))
            .ToList();
        for (var k = 0; k < states.Count; k++)
        {
            foreach (var (name, formula) in equations)
            {
                if (Largest(problem, formula, states[k].Values) is { } left)
                {
                    scope.Mistakes.Add(states[k].Place, string.Create(CultureInfo.InvariantCulture, $"equilibria[{k + 1}]"), string.Create(CultureInfo.InvariantCulture, $"is no constant state: it leaves {left:G3} in equation '{name}'"));
                    break;
                }
            }
        }
    }

    /// <summary>What a state leaves of an equation, the largest of some points; null where it is no more than rounding of the numbers on the way.</summary>
    private static double? Largest(Problem problem, PointFormula formula, ImmutableArray<double> state)
    {
        var (region, stream) = (Region.Domain(problem), new RandomStream(1, "equilibria"));
        var (unit, point, values) = (new double[region.FreeDimensions], new double[problem.Dimension], new double[formula.Count]);
        double? largest = null;
        for (var i = 0; i < PointsTried; i++)
        {
            stream.FillUniform(unit);
            region.Place(unit, point);
            formula.Evaluate(point, leaf => leaf is Expr.Derivative derivative && derivative.Orders.All(order => order == 0) ? state[derivative.Output] : 0, values);
            var left = Math.Abs(values[^1]);
            if (!(left <= Rounding * values.Max(Math.Abs)))
            {
                largest = Math.Max(largest ?? 0, left);
            }
        }

        return largest;
    }
}
